/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * The kernel around vm/ for its tests.
 */
#include "vm_host.h"

#include <boot/bootinfo.h>
#include <kern/panic.h>
#include <kern/slab.h>
#include <kern/thread.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <vm/vm_kernel.h>
#include <vm/vm_page.h>

#include "../../arch/host/host_mmu.h"

#define ARENA_BASE 0x100000ULL /* physical address of the arena */

struct cpu host_cpu;
bool host_interrupts;
struct bootinfo bootinfo;

static struct thread the_thread;

void
panic(const char *format, ...)
{
	va_list args;

	va_start(args, format);
	printf("Bail out! panic: ");
	vprintf(format, args);
	printf("\n");
	fflush(stdout);
	va_end(args);
	abort();
}

paddr_t
boot_memory_alloc(unsigned pages, paddr_t limit)
{
	struct boot_memory *range = &bootinfo.memory[bootinfo.memory_count - 1];

	(void)limit;
	range->end -= pages * VM_PAGE_SIZE;
	return range->end;
}

void
vm_host_memory(size_t bytes)
{
	void *want = phys_to_virt(ARENA_BASE);
	void *arena = mmap(want, bytes, PROT_READ | PROT_WRITE,
	    MAP_PRIVATE | MAP_ANONYMOUS | MAP_FIXED_NOREPLACE, -1, 0);

	if (arena != want)
		abort();
	host_cpu.thread = &the_thread;
	bootinfo.memory_count = 1;
	bootinfo.memory[0] = (struct boot_memory){
	    ARENA_BASE, ARENA_BASE + bytes, BOOT_MEMORY_USABLE};
	host_kernel_root = boot_memory_alloc(1, 0);
	vm_page_init();
}
