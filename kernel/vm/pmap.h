/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Page tables, walked by portable code over arch/pte.h, and the reverse: where
 * a page is mapped. Mappings are a cache of what maps and objects say: any of
 * them may be dropped at any time, a fault brings it back.
 *
 * A pmap that is not loaded needs no flush when it changes: it gives its tag
 * up and gets a fresh one when it is loaded again. Tags are handed out in
 * order; when they run out everything is flushed and a new generation begins.
 *
 * A page knows the slots that map it, and a table, in the page structure of its
 * frame, its pmap and what it maps there. So a table of 2 MiB of pages (a leaf)
 * moves between pmaps by one entry of each, and may be in none meanwhile: what
 * it maps then nobody can reach, but a page that goes is still taken out of it.
 * Who moves one answers for it that everything in it belongs to what moves.
 *
 * Nothing here blocks.
 */
#ifndef VM_PMAP_H
#define VM_PMAP_H

#include <mach/vm_types.h>

#include <arch/pte.h>
#include <arch/tlb.h>

#include <kern/cpu.h>
#include <kern/list.h>

struct vm_page;

/* What a table of pages (a leaf) maps: it can move to another pmap. */
#define PMAP_LEAF_SHIFT 21
#define PMAP_LEAF_SIZE  (1UL << PMAP_LEAF_SHIFT)
#define PMAP_LEAF_MASK  (PMAP_LEAF_SIZE - 1)

struct pmap {
	pte_t *table; /* root */
	paddr_t root;
	vaddr_t leaf_tag; /* va >> 21 of the leaf used last */
	pte_t *leaf_table;
	uint64_t resident;      /* pages mapped */
	struct list table_list; /* page-table pages, without the root */
	uint64_t tables;        /* their number */
	uint64_t collect_at;
	uint64_t generation; /* of asid; 0: has none */
	unsigned asid;
	uint64_t token; /* of root and asid, for the processor */
};

extern struct pmap kernel_pmap;

extern void pmap_init(void);

/* Empty tables kept for the next user, and their end. */
extern unsigned pmap_spares;
extern void pmap_free_spares(void);

/* An empty user address space; NULL: no memory. */
extern struct pmap *pmap_create(void);
extern void pmap_destroy(struct pmap *pmap);

/* Nobody will use it again, but to empty it: it need not be flushed. */
extern void pmap_retire(struct pmap *pmap);

extern uint64_t pmap_asid_generation;
extern void pmap_assign_asid(struct pmap *pmap);

/* Load it on this processor. */
static inline __attribute__((always_inline)) void
pmap_load(struct cpu *cpu, struct pmap *pmap)
{
	if (pmap->generation != pmap_asid_generation)
		pmap_assign_asid(pmap);
	cpu->pmap = pmap;
	mmu_load(pmap->token);
}

static inline void
pmap_activate(struct pmap *pmap)
{
	struct cpu *cpu = cpu_self();

	if (cpu->pmap != pmap)
		pmap_load(cpu, pmap);
}

/*
 * Map a page, in place of what is mapped there. KERN_RESOURCE_SHORTAGE: no
 * memory for tables; what was mapped there is gone or as before.
 */
extern kern_return_t pmap_enter(struct pmap *pmap, vaddr_t va, paddr_t pa,
    vm_prot_t prot, vm_cache_t cache);

/* The same for a page of an object and a user. */
extern kern_return_t pmap_enter_page(
    struct pmap *pmap, vaddr_t va, struct vm_page *page, vm_prot_t prot);

/*
 * The same for pages in a row, but for those that are NULL and those in whose
 * places something is mapped. What there is no memory for is not.
 */
extern void pmap_enter_pages(struct pmap *pmap, vaddr_t va,
    struct vm_page *const *pages, unsigned count, vm_prot_t prot);

extern void pmap_remove(struct pmap *pmap, vaddr_t start, vaddr_t end);

/* Take away every right that is not in `prot`; never adds any. */
extern void pmap_protect(
    struct pmap *pmap, vaddr_t start, vaddr_t end, vm_prot_t prot);

/*
 * Take the leaves of [start, end), whole ones, out of the pmap, with all they
 * map, and append them to the list. Those with little in them stay, emptied.
 */
extern void pmap_take_leaves(
    struct pmap *pmap, vaddr_t start, vaddr_t end, struct list *leaves);

/*
 * Put them where the range that was taken is to begin. Nothing is mapped in
 * the places of the leaves. Without memory for tables some stay in the list.
 */
extern void pmap_give_leaves(
    struct pmap *pmap, vaddr_t start, struct list *leaves);

/* Free one of the list, with what it maps. False: there was none. */
extern bool pmap_drop_leaf(struct list *leaves);

/* What is mapped at `va`: physical address, 0 for nothing. */
extern paddr_t pmap_extract(struct pmap *pmap, vaddr_t va);

static inline bool
pmap_maps(struct pmap *pmap, vaddr_t va)
{
	if (va >> PMAP_LEAF_SHIFT == pmap->leaf_tag)
		return pte_present(pmap->leaf_table[PTE_INDEX(va, 0)]);
	return pmap_extract(pmap, va) != 0;
}

/* All mappings of a page. */
extern void pmap_page_remove(struct vm_page *page);
extern void pmap_page_protect(struct vm_page *page, vm_prot_t prot);

#endif
