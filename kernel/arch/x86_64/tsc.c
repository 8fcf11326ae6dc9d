/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * The clock is the time-stamp counter, measured once against a clock of known
 * frequency: the ACPI timer, or the PC's interval timer where there is none.
 * The one-shot timer is the local APIC's; its counter is measured in the same
 * window, unless the processor takes deadlines in TSC ticks.
 */
#include <arch/timer.h>
#include <machine/intr.h>
#include <machine/io.h>
#include <machine/regs.h>

#include <kern/panic.h>
#include <kern/printf.h>
#include <lib/acpi.h>

#define NS_PER_SECOND 1000000000ULL
#define SHIFT         24 /* a 32-bit factor for 4 MHz and above */

/* Long enough for one part in 5000, short against the rest of the boot. */
#define WINDOW_NS     2000000ULL
#define SAMPLE_TRIES  8

#define ACPI_TIMER_HZ 3579545ULL
#define PIT_HZ        1193182ULL
#define PIT_COMMAND   0x43
#define PIT_CHANNEL2  0x42
#define PIT_GATE      0x61
#define PIT_LATCH2    0x80
#define PIT_MODE0_2   0xb0

/* A clock of known frequency that counts up and wraps at `mask`. */
struct reference {
	uint32_t (*read)(void);
	uint64_t hz;
	uint32_t mask;
};

/* The reference and the TSC, read as nearly together as the tries gave. */
struct sample {
	uint32_t reference;
	uint64_t tsc;
	uint64_t error;
	uint32_t apic;
};

static uint64_t tsc_base;
static uint32_t tsc_mult; /* ns = ticks * mult >> SHIFT */
static uint64_t tsc_hz;
static uint64_t apic_per_ns; /* APIC ticks a ns, << SHIFT */
static bool use_deadline;
static uint16_t acpi_timer_port;

static uint32_t
read_acpi_timer(void)
{
	return inl(acpi_timer_port);
}

/* The channel counts down; up is what the callers want. */
static uint32_t
read_pit(void)
{
	uint32_t low, high;

	outb(PIT_COMMAND, PIT_LATCH2);
	low = inb(PIT_CHANNEL2);
	high = inb(PIT_CHANNEL2);
	return 0xffff - (low | high << 8);
}

static void
start_pit(void)
{
	outb(PIT_GATE, (inb(PIT_GATE) & 0xfc) | 1);
	outb(PIT_COMMAND, PIT_MODE0_2);
	outb(PIT_CHANNEL2, 0xff);
	outb(PIT_CHANNEL2, 0xff);
}

static struct reference
find_reference(void)
{
	struct acpi_fixed fixed;

	if (acpi_fixed(&fixed) && fixed.pm_timer != 0) {
		acpi_timer_port = (uint16_t)fixed.pm_timer;
		return (struct reference){
		    read_acpi_timer, ACPI_TIMER_HZ, 0xffffff};
	}
	start_pit();
	return (struct reference){read_pit, PIT_HZ, 0xffff};
}

static struct sample
take_sample(const struct reference *reference)
{
	struct sample best = {.error = UINT64_MAX};

	for (unsigned i = 0; i < SAMPLE_TRIES; i++) {
		uint64_t before = read_tsc();
		uint32_t value = reference->read();
		uint32_t apic = apic_timer_left();
		uint64_t after = read_tsc();

		if (after - before < best.error)
			best = (struct sample){value,
			    before + (after - before) / 2, after - before,
			    apic};
	}
	return best;
}

/* Measure the TSC and, as `apic_hz`, the APIC timer. */
static void
calibrate(uint64_t *apic_hz)
{
	struct reference reference = find_reference();
	uint64_t window = WINDOW_NS * reference.hz / NS_PER_SECOND;
	struct sample start, end;
	uint64_t elapsed;

	apic_timer_start(UINT32_MAX);
	start = take_sample(&reference);
	while (((reference.read() - start.reference) & reference.mask) < window)
		__asm__ volatile("pause");
	end = take_sample(&reference);
	apic_timer_start(0);
	elapsed = (end.reference - start.reference) & reference.mask;
	tsc_hz = (end.tsc - start.tsc) * reference.hz / elapsed;
	*apic_hz = (start.apic - end.apic) * reference.hz / elapsed;
}

void
arch_timer_init(void)
{
	uint64_t apic_hz;

	calibrate(&apic_hz);
	if (tsc_hz < 4000000 || apic_hz == 0)
		panic("the clocks do not run: TSC %lu Hz, APIC %lu Hz", tsc_hz,
		    apic_hz);
	tsc_mult = (uint32_t)((NS_PER_SECOND << SHIFT) / tsc_hz);
	apic_per_ns = (apic_hz << SHIFT) / NS_PER_SECOND;
	tsc_base = read_tsc();
	use_deadline = apic_timer_use_deadline();
	printf("clock: TSC %lu kHz, timer %s\n", tsc_hz / 1000,
	    use_deadline ? "TSC deadline" : "local APIC");
}

static uint64_t
scale(uint64_t value, uint64_t mult)
{
	return (uint64_t)((unsigned __int128)value * mult >> SHIFT);
}

uint64_t
clock_uptime_ns(void)
{
	return scale(read_tsc() - tsc_base, tsc_mult);
}

void
clock_parameters(uint32_t *mult, uint32_t *shift, uint64_t *base)
{
	*mult = tsc_mult;
	*shift = SHIFT;
	*base = tsc_base;
}

/* Not later than asked for, where the counter is too short for that. */
void
timer_set_deadline(uint64_t deadline)
{
	uint64_t now, ticks;

	if (deadline == UINT64_MAX) {
		if (use_deadline)
			write_msr(MSR_TSC_DEADLINE, 0);
		else
			apic_timer_start(0);
		return;
	}
	now = clock_uptime_ns();
	deadline = deadline > now ? deadline - now : 0;
	if (deadline > 1000 * NS_PER_SECOND)
		deadline = 1000 * NS_PER_SECOND;
	if (use_deadline) {
		ticks = deadline * (tsc_hz / 1000) / 1000000;
		write_msr(MSR_TSC_DEADLINE, read_tsc() + ticks + 1);
		return;
	}
	ticks = scale(deadline, apic_per_ns) + 1;
	apic_timer_start(ticks > UINT32_MAX ? UINT32_MAX : (uint32_t)ticks);
}
