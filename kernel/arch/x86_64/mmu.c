/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * The kernel's page tables. The image is mapped by its sections' protections
 * in small pages, physical memory by the largest pages that fit, never
 * executable; where memory holds kernel text or constants the direct map is
 * read-only too. User roots share the upper half: its top-level entries exist
 * from here on and never change.
 */
#include <arch/pte.h>
#include <arch/tlb.h>
#include <arch/vm_param.h>
#include <machine/io.h>
#include <machine/mmu.h>

#include <boot/bootinfo.h>
#include <kern/panic.h>
#include <kern/string.h>

extern char kernel_start[], text_start[], text_end[], rodata_end[];
extern char kernel_end[], boot_stack_guard[];

static paddr_t kernel_root;
static unsigned largest_level;

/* Upper-half slots of the root in use, copied into every user root. */
static uint16_t shared_slot[256];
static unsigned shared_count;

/* The boot tables reach 4 GiB; so must everything allocated before. */
#define EARLY_LIMIT 0x100000000ULL

static paddr_t
table_alloc(void)
{
	paddr_t pa = boot_memory_alloc(1, EARLY_LIMIT);

	memset(phys_to_virt(pa), 0, VM_PAGE_SIZE);
	return pa;
}

/* The slot for `va` at `level`, its tables made; NULL: a larger page maps it.
 */
static pte_t *
slot_for(vaddr_t va, unsigned level)
{
	pte_t *table = phys_to_virt(kernel_root);

	for (unsigned l = PTE_LEVELS - 1; l > level; l--) {
		pte_t *slot = &table[PTE_INDEX(va, l)];

		if (!pte_present(*slot))
			*slot = pte_table(table_alloc());
		else if (pte_is_leaf(*slot, l))
			return NULL;
		table = phys_to_virt(pte_addr(*slot));
	}
	return &table[PTE_INDEX(va, level)];
}

static uint64_t
level_size(unsigned level)
{
	return VM_PAGE_SIZE << (9 * level);
}

/* The largest page that maps the start of [pa, pa + size) at va. */
static unsigned
best_level(vaddr_t va, paddr_t pa, uint64_t size)
{
	unsigned level = largest_level;

	while (level > 0 && (((va | pa) & (level_size(level) - 1)) != 0 ||
				size < level_size(level)))
		level--;
	return level;
}

/* Map what is not mapped yet: a run of entries of one table at a time. */
static void
map(vaddr_t va, paddr_t pa, uint64_t size, vm_prot_t prot)
{
	while (size > 0) {
		unsigned level = best_level(va, pa, size);
		uint64_t page = level_size(level);
		uint64_t count = 512 - PTE_INDEX(va, level);
		pte_t *slot = slot_for(va, level);
		pte_t pte = pte_leaf(pa, prot, false, VM_CACHE_NORMAL, level);

		if (count > size / page)
			count = size / page;
		va += count * page;
		pa += count * page;
		size -= count * page;
		for (; slot != NULL && count > 0; count--, slot++, pte += page)
			if (!pte_present(*slot))
				*slot = pte;
	}
}

static void
map_image(const char *start, const char *end, vm_prot_t prot)
{
	vaddr_t va = (vaddr_t)start;

	map(va, va - KERNEL_BASE, (uint64_t)(end - start), prot);
}

static void
map_direct(paddr_t start, paddr_t end, vm_prot_t prot)
{
	if (start < end)
		map(DIRECT_MAP_BASE + start, start, end - start, prot);
}

/* The first range that ends above `pa`, by value; false: none. */
static bool
next_range(paddr_t pa, struct boot_memory *range)
{
	for (unsigned i = 0; i < bootinfo.memory_count; i++) {
		*range = bootinfo.memory[i];
		if (range->end > pa)
			return true;
	}
	return false;
}

/* By address, not by index: tables come out of the map that is walked. */
static void
map_memory(void)
{
	paddr_t constant = (vaddr_t)rodata_end - KERNEL_BASE;
	struct boot_memory m;

	map_direct((paddr_t)kernel_start, constant, VM_PROT_READ);
	for (paddr_t pa = 0; next_range(pa, &m); pa = m.end)
		if (m.type != BOOT_MEMORY_RESERVED)
			map_direct(m.start, m.end, VM_PROT_DEFAULT);
}

static void
note_shared_slots(void)
{
	const pte_t *root = phys_to_virt(kernel_root);

	for (unsigned i = 256; i < 512; i++)
		if (pte_present(root[i]))
			shared_slot[shared_count++] = (uint16_t)i;
}

void
mmu_init(void)
{
	bool giant = (cpuid(0x80000001, 0).edx & 1U << 26) != 0;

	largest_level = giant ? 2 : 1;
	kernel_root = table_alloc();
	map_image(text_start, text_end, VM_PROT_READ | VM_PROT_EXECUTE);
	map_image(text_end, rodata_end, VM_PROT_READ);
	map_image(rodata_end, boot_stack_guard, VM_PROT_DEFAULT);
	map_image(boot_stack_guard + VM_PAGE_SIZE, kernel_end, VM_PROT_DEFAULT);
	map_memory();
	slot_for(KMEM_BASE, 2);
	note_shared_slots();
	write_cr3(kernel_root);
}

void
mmu_map_tables(paddr_t pa, size_t size)
{
	paddr_t start = VM_TRUNC_PAGE(pa);
	paddr_t end = VM_ROUND_PAGE(pa + size);

	if (pa > DIRECT_MAP_END - DIRECT_MAP_BASE - size - VM_PAGE_SIZE)
		return;
	map_direct(start, end, VM_PROT_READ);
}

bool
mmu_is_mapped(vaddr_t va)
{
	const pte_t *table = phys_to_virt(read_cr3() & PTE_ADDRESS);

	if (va < DIRECT_MAP_BASE)
		return false;
	for (unsigned level = PTE_LEVELS - 1;; level--) {
		pte_t pte = table[PTE_INDEX(va, level)];

		if (!pte_present(pte))
			return false;
		if (pte_is_leaf(pte, level))
			return true;
		table = phys_to_virt(pte_addr(pte));
	}
}

paddr_t
mmu_kernel_root(void)
{
	return kernel_root;
}

/* The page is zero, as every new table. */
void
mmu_init_user_root(uint64_t *root_table)
{
	const pte_t *root = phys_to_virt(kernel_root);

	for (unsigned i = 0; i < shared_count; i++)
		root_table[shared_slot[i]] = root[shared_slot[i]];
}
