/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * The clock is the time-stamp counter, measured once against a clock of known
 * frequency: the ACPI timer, or the PC's interval timer where there is none.
 * The one-shot timer is the local APIC's, measured against the TSC unless the
 * processor takes deadlines in TSC ticks.
 */
#include <arch/timer.h>
#include <machine/clock.h>
#include <machine/intr.h>
#include <machine/io.h>
#include <machine/regs.h>

#include <kern/panic.h>
#include <kern/printf.h>
#include <lib/acpi.h>

#define NS_PER_SECOND 1000000000ULL
#define SHIFT         24
#define TSC_HZ_MIN    4000000U /* below, the factor has over 32 bits */

/*
 * From the first sample, early in the boot, to the second: long enough for one
 * part in 5000 even where reading the reference takes long.
 */
#define WINDOW_NS      1000000ULL
#define APIC_WINDOW_NS 50000ULL
#define DEADLINE_MAX   (1000 * NS_PER_SECOND)
#define SAMPLE_TRIES   8

#define ACPI_TIMER_HZ  3579545ULL
#define PIT_HZ         1193182ULL
#define PIT_COMMAND    0x43
#define PIT_CHANNEL2   0x42
#define PIT_GATE       0x61
#define PIT_LATCH2     0x80
#define PIT_MODE0_2    0xb0

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
};

static uint64_t tsc_base;
static uint32_t tsc_mult; /* ns = ticks * mult >> SHIFT */
static uint64_t tsc_hz;
static uint64_t ticks_per_ns; /* of the timer, << SHIFT */
static bool use_deadline;
static uint16_t acpi_timer_port;
static struct reference reference;
static struct sample first;

static uint64_t
scale(uint64_t value, uint64_t mult)
{
	return (uint64_t)((unsigned __int128)value * mult >> SHIFT);
}

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

static void
find_reference(void)
{
	struct acpi_fixed fixed;

	if (acpi_fixed(&fixed) && fixed.pm_timer != 0) {
		acpi_timer_port = (uint16_t)fixed.pm_timer;
		reference = (struct reference){
		    read_acpi_timer, ACPI_TIMER_HZ, 0xffffff};
		return;
	}
	start_pit();
	reference = (struct reference){read_pit, PIT_HZ, 0xffff};
}

/* Just after the reference has changed. */
static struct sample
take_sample(void)
{
	struct sample best = {.error = UINT64_MAX};

	for (unsigned i = 0; i < SAMPLE_TRIES; i++) {
		uint32_t value, was = reference.read();
		uint64_t before, after;

		do {
			before = read_tsc();
			value = reference.read();
		} while (value == was);
		after = read_tsc();
		if (after - before < best.error)
			best = (struct sample){value,
			    before + (after - before) / 2, after - before};
	}
	return best;
}

void
tsc_first_sample(void)
{
	find_reference();
	first = take_sample();
}

/* The interval timer may wrap around during the boot: begin again for it. */
static void
calibrate_tsc(void)
{
	uint64_t window = WINDOW_NS * reference.hz / NS_PER_SECOND;
	struct sample last;

	if (reference.read == read_pit)
		first = take_sample();
	while (((reference.read() - first.reference) & reference.mask) < window)
		__asm__ volatile("pause");
	last = take_sample();
	tsc_hz = (last.tsc - first.tsc) * reference.hz /
		 ((last.reference - first.reference) & reference.mask);
}

/* Against the TSC, whose frequency is known. */
static void
calibrate_apic_timer(void)
{
	uint64_t start, end;
	uint32_t left;

	apic_timer_start(UINT32_MAX);
	start = read_tsc();
	do {
		end = read_tsc();
		left = apic_timer_left();
	} while (end - start < APIC_WINDOW_NS * (tsc_hz / 1000) / 1000000);
	apic_timer_start(0);
	ticks_per_ns = ((uint64_t)(UINT32_MAX - left) << SHIFT) /
		       scale(end - start, tsc_mult);
}

void
arch_timer_init(void)
{
	calibrate_tsc();
	if (tsc_hz < TSC_HZ_MIN)
		panic("the time-stamp counter runs at %lu Hz", tsc_hz);
	tsc_mult = (uint32_t)((NS_PER_SECOND << SHIFT) / tsc_hz);
	tsc_base = read_tsc();
	use_deadline = apic_timer_use_deadline();
	if (use_deadline)
		ticks_per_ns = (tsc_hz << SHIFT) / NS_PER_SECOND;
	else
		calibrate_apic_timer();
	printf("clock: TSC %lu kHz, timer %s\n", tsc_hz / 1000,
	    use_deadline ? "TSC deadline" : "local APIC");
}

uint64_t
clock_ticks_to_ns(uint64_t ticks)
{
	return scale(ticks, tsc_mult);
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

/* Earlier than asked for where the counter is too short for it. */
void
timer_set_deadline(uint64_t deadline)
{
	uint64_t now = clock_uptime_ns();
	uint64_t ticks = 0;

	if (deadline != UINT64_MAX) {
		deadline = deadline > now ? deadline - now : 0;
		if (deadline > DEADLINE_MAX)
			deadline = DEADLINE_MAX;
		ticks = scale(deadline, ticks_per_ns) + 1;
	}
	if (use_deadline)
		write_msr(
		    MSR_TSC_DEADLINE, ticks != 0 ? read_tsc() + ticks : 0);
	else
		apic_timer_start(
		    ticks > UINT32_MAX ? UINT32_MAX : (uint32_t)ticks);
}
