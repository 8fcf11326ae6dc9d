/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * The kernel's final tables: the image page by page, each with the rights it
 * needs and a hole under the boot stack; all memory at DIRECT_MAP_BASE in the
 * biggest blocks that fit, without execute permission, the image's read-only
 * part read-only there too.
 *
 * The tables are pages of bootinfo's memory that nothing maps yet, so they are
 * written through a window: one 2 MiB slot of the early tables, moved on
 * demand.
 */
#include "mmu.h"

#include <arch/pte.h>
#include <arch/tlb.h>

#include <boot/bootinfo.h>
#include <kern/string.h>

#include "sysreg.h"

#define BLOCK_SHIFT        21
#define BLOCK_SIZE         (1UL << BLOCK_SHIFT)
#define EARLY_LEVEL1       (5 * 512) /* the early tables' map of the image */
#define SLOT_ADDRESS(slot) (KERNEL_BASE + (vaddr_t)(slot)*BLOCK_SIZE)

extern void mmu_install(paddr_t root, paddr_t code);
extern char mmu_install_idmap[];

paddr_t mmu_image_base;

static paddr_t kernel_root;
static paddr_t window_block = ~0UL;

paddr_t
mmu_kernel_root(void)
{
	return kernel_root;
}

volatile void *
mmu_fixmap_device(unsigned slot, paddr_t pa)
{
	vaddr_t va = SLOT_ADDRESS(EARLY_SLOT_FIXMAP) + slot * VM_PAGE_SIZE;

	pte_write(&early_tables[EARLY_LEVEL1 + EARLY_SLOT_FIXMAP],
	    pte_table(mmu_image_pa(early_fixmap)));
	pte_write(
	    &early_fixmap[slot], pte_leaf(VM_TRUNC_PAGE(pa), VM_PROT_DEFAULT,
				     false, VM_CACHE_DEVICE, 0));
	return (volatile void *)(va + (pa & VM_PAGE_MASK));
}

/* A table, to read and write until the next call. */
static pte_t *
window(paddr_t table)
{
	const vaddr_t va = SLOT_ADDRESS(EARLY_SLOT_TABLE);
	paddr_t block = table & ~(BLOCK_SIZE - 1);

	if (block != window_block) {
		pte_t *slot = &early_tables[EARLY_LEVEL1 + EARLY_SLOT_TABLE];

		pte_write(slot, 0);
		tlb_flush_page(va, 0);
		pte_write(slot, pte_leaf(block, VM_PROT_DEFAULT, false,
				    VM_CACHE_NORMAL, 1));
		window_block = block;
	}
	return (pte_t *)(va + (table - block));
}

static paddr_t
table_new(void)
{
	paddr_t table = boot_memory_alloc(1, 0);

	memset(window(table), 0, VM_PAGE_SIZE);
	return table;
}

static void
put_entry(vaddr_t va, unsigned level, pte_t entry)
{
	paddr_t table = kernel_root;

	for (unsigned at = PTE_LEVELS - 1; at > level; at--) {
		pte_t next = window(table)[PTE_INDEX(va, at)];

		if (!pte_present(next)) {
			next = pte_table(table_new());
			window(table)[PTE_INDEX(va, at)] = next;
		}
		table = pte_addr(next);
	}
	window(table)[PTE_INDEX(va, level)] = entry;
}

static vaddr_t
level_size(unsigned level)
{
	return 1UL << (VM_PAGE_SHIFT + 9 * level);
}

/* Map with leaves of at most `level`; everything is page aligned. */
static void
map_range(
    vaddr_t va, paddr_t pa, size_t size, vm_prot_t prot, unsigned level_max)
{
	while (size > 0) {
		unsigned level = level_max;

		while (
		    level > 0 && (((va | pa) & (level_size(level) - 1)) != 0 ||
				     size < level_size(level)))
			level--;
		put_entry(va, level,
		    pte_leaf(pa, prot, false, VM_CACHE_NORMAL, level));
		va += level_size(level);
		pa += level_size(level);
		size -= level_size(level);
	}
}

static void
map_image(const char *start, const char *end, vm_prot_t prot)
{
	map_range((vaddr_t)start, mmu_image_pa(start), (size_t)(end - start),
	    prot, 0);
}

/* The kernel's code; with BTI, indirect branches land on landing pads only. */
static void
map_text(void)
{
	bool bti = PFR1_BTI(SYSREG_READ("id_aa64pfr1_el1"));

	for (const char *at = _text_start; at < _text_end; at += VM_PAGE_SIZE) {
		pte_t entry = pte_leaf(mmu_image_pa(at),
		    VM_PROT_READ | VM_PROT_EXECUTE, false, VM_CACHE_NORMAL, 0);

		put_entry((vaddr_t)at, 0, bti ? entry | PTE_GUARDED : entry);
	}
}

static void
map_direct_part(paddr_t start, paddr_t end, vm_prot_t prot)
{
	if (start < end)
		map_range(DIRECT_MAP_BASE + start, start, end - start, prot, 2);
}

static paddr_t
min(paddr_t a, paddr_t b)
{
	return a < b ? a : b;
}

static paddr_t
max(paddr_t a, paddr_t b)
{
	return a > b ? a : b;
}

/* Memory, with the part of the image that nobody writes read-only. */
static void
map_direct(paddr_t start, paddr_t end)
{
	paddr_t read_start = mmu_image_base;
	paddr_t read_end = mmu_image_pa(_rodata_end);

	map_direct_part(start, min(end, read_start), VM_PROT_DEFAULT);
	map_direct_part(
	    max(start, read_start), min(end, read_end), VM_PROT_READ);
	map_direct_part(max(start, read_end), end, VM_PROT_DEFAULT);
}

/*
 * All memory that is ours, neighbouring ranges as one. Allocating tables
 * changes types in bootinfo, but not what is memory: work on a copy.
 */
static void
map_memory(void)
{
	static struct boot_memory memory[BOOT_MEMORY_MAX];
	unsigned count = bootinfo.memory_count;
	paddr_t start = 0;
	paddr_t end = 0;

	memcpy(memory, bootinfo.memory, count * sizeof(memory[0]));
	for (unsigned i = 0; i < count; i++) {
		if (memory[i].type == BOOT_MEMORY_RESERVED)
			continue;
		if (memory[i].start != end) {
			map_direct(start, end);
			start = memory[i].start;
		}
		end = memory[i].end;
	}
	map_direct(start, end);
}

void
mmu_build(void)
{
	kernel_root = boot_memory_alloc(1, 0);
	memset(window(kernel_root), 0, VM_PAGE_SIZE);
	map_image(_image_start, _text_start, VM_PROT_READ);
	map_text();
	map_image(_text_end, _rodata_end, VM_PROT_READ);
	map_image(_rodata_end, boot_stack_guard, VM_PROT_DEFAULT);
	map_image(boot_stack_guard + VM_PAGE_SIZE, _image_end, VM_PROT_DEFAULT);
	put_entry(SLOT_ADDRESS(EARLY_SLOT_FIXMAP), 1,
	    pte_table(mmu_image_pa(early_fixmap)));
	map_memory();
	mmu_install(kernel_root, mmu_image_pa(mmu_install_idmap));
	mmu_switch(kernel_root, 0);
}
