/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * The first C code: what the loader left becomes bootinfo, the tables of
 * start.S give way to the kernel's own, the firmware's tables are found.
 */
#include <arch/boot.h>
#include <arch/timer.h>
#include <arch/vm_param.h>
#include <machine/clock.h>
#include <machine/console.h>
#include <machine/fpu.h>
#include <machine/intr.h>
#include <machine/io.h>
#include <machine/mmu.h>
#include <machine/regs.h>
#include <machine/segments.h>

#include <boot/loader.h>
#include <kern/cpu.h>
#include <kern/printf.h>
#include <lib/acpi.h>

extern char kernel_start[], kernel_end[], boot_bss_end[];

/* What -fstack-protector compares with (kern/panic.c). */
extern uintptr_t __stack_chk_guard;

/* Called from start.S. */
extern _Noreturn void head(uint32_t protocol, uint32_t info);

/*
 * A guess at randomness, better where the processor has some. The lowest byte
 * is zero, so that no string function can write the guard.
 */
static void
seed_stack_guard(void)
{
	uint64_t value = read_tsc() * 0x9e3779b97f4a7c15ULL;

	if ((cpuid(1, 0).ecx & 1U << 30) != 0)
		value ^= read_random();
	__stack_chk_guard = (__stack_chk_guard ^ value) & ~0xffULL;
}

static paddr_t
image_pa(const char *address)
{
	return (vaddr_t)address - KERNEL_BASE;
}

/* So that a panic before arch_cpu_init() finds no current thread. */
static void
install_early_cpu(void)
{
	static struct cpu early_cpu;

	early_cpu.arch.self = &early_cpu;
	write_msr(MSR_GS_BASE, (vaddr_t)&early_cpu);
}

/* Page 0 stays unused: its handle and its address mean "none". */
static void
read_loader(uint32_t protocol, paddr_t info)
{
	if (protocol == MULTIBOOT2_MAGIC)
		boot_multiboot2(info);
	else
		boot_pvh(info);
	boot_memory_reserve(0, VM_PAGE_SIZE, BOOT_MEMORY_RESERVED);
	boot_memory_reserve(
	    (paddr_t)kernel_start, image_pa(boot_bss_end), BOOT_MEMORY_KERNEL);
}

static const void *
map_table(paddr_t pa, size_t size)
{
	if (pa >= DIRECT_MAP_END - DIRECT_MAP_BASE - size)
		return NULL;
	mmu_map_tables(pa, size);
	return phys_to_virt(pa);
}

_Noreturn void
head(uint32_t protocol, uint32_t info)
{
	seed_stack_guard();
	install_early_cpu();
	console_early_init();
	idt_init();
	idt_install();
	read_loader(protocol, info);
	console_choose();
	cpu_patch_smap();
	mmu_init();
	boot_memory_reserve(
	    image_pa(kernel_end), image_pa(boot_bss_end), BOOT_MEMORY_USABLE);
	if (!acpi_init(bootinfo.acpi_rsdp, map_table))
		printf("acpi: no tables\n");
	console_ask_firmware();
	tsc_first_sample();
	kernel_main();
}

void
arch_init(void)
{
	fpu_init();
	irq_init();
	arch_timer_init();
}
