/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * The local APIC: end of interrupt and the timer. Its registers are MSRs
 * (x2APIC) where the firmware left it in that mode or the processor can, and
 * memory elsewhere.
 */
#include <machine/intr.h>
#include <machine/io.h>
#include <machine/regs.h>

#include <kern/panic.h>
#include <vm/vm_kernel.h>

enum {
	APIC_ID = 0x02,
	APIC_TASK_PRIORITY = 0x08,
	APIC_EOI = 0x0b,
	APIC_SPURIOUS = 0x0f,
	APIC_TIMER = 0x32,
	APIC_LINT0 = 0x35,
	APIC_LINT1 = 0x36,
	APIC_ERROR = 0x37,
	APIC_TIMER_INITIAL = 0x38,
	APIC_TIMER_CURRENT = 0x39,
	APIC_TIMER_DIVIDE = 0x3e,
};

#define APIC_BASE_ENABLE (1U << 11)
#define APIC_BASE_X2APIC (1U << 10)
#define APIC_SOFT_ENABLE 0x100U
#define APIC_MASKED      0x10000U
#define APIC_NMI         0x400U
#define TIMER_DEADLINE   0x40000U
#define DIVIDE_BY_1      0x0bU
#define APIC_SIZE        0x1000

/* 16 bytes apart; NULL: x2APIC. */
static volatile uint32_t *registers;

static uint32_t
read_apic(unsigned reg)
{
	if (registers == NULL)
		return (uint32_t)read_msr(MSR_X2APIC + reg);
	return registers[4UL * reg];
}

static void
write_apic(unsigned reg, uint32_t value)
{
	if (registers == NULL)
		write_msr(MSR_X2APIC + reg, value);
	else
		registers[4UL * reg] = value;
}

void
apic_init(paddr_t base)
{
	bool x2apic = (cpuid(1, 0).ecx & 1U << 21) != 0;

	if (x2apic) {
		write_msr(MSR_APIC_BASE, read_msr(MSR_APIC_BASE) |
					     APIC_BASE_ENABLE |
					     APIC_BASE_X2APIC);
	} else {
		write_msr(
		    MSR_APIC_BASE, read_msr(MSR_APIC_BASE) | APIC_BASE_ENABLE);
		registers = vm_kmem_map_device(base, APIC_SIZE);
		if (registers == NULL)
			panic("no memory to map the local APIC");
	}
	write_apic(APIC_TASK_PRIORITY, 0);
	write_apic(APIC_LINT0, APIC_MASKED);
	write_apic(APIC_LINT1, APIC_NMI);
	write_apic(APIC_ERROR, APIC_MASKED);
	write_apic(APIC_TIMER_DIVIDE, DIVIDE_BY_1);
	write_apic(APIC_TIMER, VECTOR_TIMER);
	write_apic(APIC_SPURIOUS, APIC_SOFT_ENABLE | VECTOR_SPURIOUS);
}

void
apic_end_of_interrupt(void)
{
	write_apic(APIC_EOI, 0);
}

uint32_t
apic_id(void)
{
	uint32_t id = read_apic(APIC_ID);

	return registers == NULL ? id : id >> 24;
}

void
apic_timer_start(uint32_t ticks)
{
	write_apic(APIC_TIMER_INITIAL, ticks);
}

uint32_t
apic_timer_left(void)
{
	return read_apic(APIC_TIMER_CURRENT);
}

bool
apic_timer_use_deadline(void)
{
	if ((cpuid(1, 0).ecx & 1U << 24) == 0)
		return false;
	apic_timer_start(0);
	write_apic(APIC_TIMER, TIMER_DEADLINE | VECTOR_TIMER);
	/* Or the first deadline may overtake the mode and be ignored. */
	__asm__ volatile("mfence" : : : "memory");
	return true;
}
