/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Segments, of which long mode has little left: a code and a data segment for
 * each mode in the order SYSCALL and SYSRET want, and the task state segment,
 * which says where traps from user mode push (behind the current thread's
 * frame) and where the three that may come anywhere do.
 */
#include <machine/io.h>
#include <machine/regs.h>
#include <machine/segments.h>

#include <kern/cpu.h>
#include <kern/panic.h>

#define KERNEL_CODE 0x00af9b000000ffffULL
#define KERNEL_DATA 0x00cf93000000ffffULL
#define USER_DATA   0x00cff3000000ffffULL
#define USER_CODE   0x00affb000000ffffULL
#define TSS_TYPE    0x0000890000000000ULL

/* The boot processor's; others get theirs with their struct cpu. */
static uint8_t boot_ist[IST_COUNT][IST_STACK_SIZE] __attribute__((aligned(16)));

struct table_pointer {
	uint16_t limit;
	uint64_t base;
} __attribute__((packed));

static void
fill_tss(struct tss *tss)
{
	for (unsigned i = 0; i < IST_COUNT; i++)
		tss->ist[i] = (vaddr_t)boot_ist[i] + IST_STACK_SIZE;
	tss->io_map = sizeof(*tss);
}

static void
fill_gdt(uint64_t *gdt, const struct tss *tss)
{
	uint64_t base = (vaddr_t)tss;

	gdt[SEL_KERNEL_CODE >> 3] = KERNEL_CODE;
	gdt[SEL_KERNEL_DATA >> 3] = KERNEL_DATA;
	gdt[SEL_USER_DATA >> 3] = USER_DATA;
	gdt[SEL_USER_CODE >> 3] = USER_CODE;
	gdt[SEL_TSS >> 3] = TSS_TYPE | (sizeof(*tss) - 1) |
			    (base & 0xffffff) << 16 | (base >> 24 & 0xff) << 56;
	gdt[(SEL_TSS >> 3) + 1] = base >> 32;
}

static void
load_gdt(const uint64_t *gdt)
{
	const struct table_pointer pointer = {
	    GDT_COUNT * sizeof(*gdt) - 1, (vaddr_t)gdt};

	__asm__ volatile("lgdt %0\n\t"
			 "ltr %w1"
			 :
			 : "m"(pointer), "r"(SEL_TSS)
			 : "memory");
}

void
gdt_install(struct cpu *cpu)
{
	assert(cpu->id == 0);
	fill_tss(&cpu->arch.tss);
	fill_gdt(cpu->arch.gdt, &cpu->arch.tss);
	load_gdt(cpu->arch.gdt);
	write_msr(MSR_GS_BASE, (vaddr_t)cpu);
	write_msr(MSR_KERNEL_GS_BASE, 0);
	write_msr(MSR_FS_BASE, 0);
}
