/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * The interrupt table: every vector leads to its stub in entry.S with
 * interrupts off. INT3 and INTO alone may be used by user code.
 */
#include <arch/types.h>
#include <machine/regs.h>
#include <machine/segments.h>

struct gate {
	uint16_t offset_low;
	uint16_t selector;
	uint8_t ist;
	uint8_t type;
	uint16_t offset_mid;
	uint32_t offset_high;
	uint32_t reserved;
};

#define GATE_INTERRUPT 0x8e
#define GATE_USER      0x60 /* descriptor privilege level 3 */

extern const char trap_stubs[];

static struct gate idt[VECTOR_COUNT] __attribute__((aligned(16)));

void
idt_init(void)
{
	for (unsigned i = 0; i < VECTOR_COUNT; i++) {
		vaddr_t stub =
		    (vaddr_t)trap_stubs + (vaddr_t)i * TRAP_STUB_SIZE;

		idt[i].offset_low = (uint16_t)stub;
		idt[i].offset_mid = (uint16_t)(stub >> 16);
		idt[i].offset_high = (uint32_t)(stub >> 32);
		idt[i].selector = SEL_KERNEL_CODE;
		idt[i].type = GATE_INTERRUPT;
	}
	idt[TRAP_BREAKPOINT].type |= GATE_USER;
	idt[TRAP_OVERFLOW].type |= GATE_USER;
	idt[TRAP_NMI].ist = IST_NMI;
	idt[TRAP_DOUBLE_FAULT].ist = IST_DOUBLE_FAULT;
	idt[TRAP_MACHINE_CHECK].ist = IST_MACHINE_CHECK;
}

void
idt_install(void)
{
	const struct {
		uint16_t limit;
		uint64_t base;
	} __attribute__((packed)) pointer = {sizeof(idt) - 1, (vaddr_t)idt};

	__asm__ volatile("lidt %0" : : "m"(pointer));
}
