/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * The walk: four levels of 512 entries, machine encoding in arch/pte.h. Tables
 * come one page at a time and stay when they get empty; when a pmap holds many
 * more than it held after the last look, the empty ones are collected.
 *
 * In a pmap's list a table stands behind the one it hangs in. All are empty
 * when they are freed, so a few are kept as spares for the next pmap.
 */
#include <arch/cpu.h>
#include <arch/tlb.h>
#include <arch/vm_param.h>

#include <kern/cpu.h>
#include <kern/panic.h>
#include <kern/slab.h>
#include <kern/string.h>
#include <vm/pmap.h>
#include <vm/vm_kernel.h>
#include <vm/vm_page.h>

#define FLUSH_BATCH   16U
#define TAKEN_LEAST   16U /* what a leaf maps that is worth to be moved */
#define COLLECT_SLACK 32
#define SPARES_MOST   16U

/* Translations to drop once the tables have been changed. */
struct flush {
	struct pmap *pmap;
	unsigned count;
	vaddr_t va[FLUSH_BATCH];
};

struct pmap kernel_pmap;

static struct slab_cache pmap_cache;
static struct slab_cache pv_cache;
uint64_t pmap_asid_generation = 1;
static unsigned asid_next = 1;
static struct list spares;
static struct list spare_roots;
unsigned pmap_spares;
static uint64_t *idle_root; /* no user mappings: for when a pmap goes */

static vaddr_t
level_size(unsigned level)
{
	return 1ULL << (VM_PAGE_SHIFT + 9 * level);
}

static pte_t *
table_at(pte_t entry)
{
	return phys_to_virt(pte_addr(entry));
}

static inline void *
zero_frame(void)
{
	paddr_t pa = vm_phys_alloc(0);

	return pa != 0 ? memset(phys_to_virt(pa), 0, VM_PAGE_SIZE) : NULL;
}

static void
free_into(struct list *list, struct vm_page *table)
{
	if (pmap_spares < SPARES_MOST && vm_phys_free_count >= vm_phys_low) {
		list_prepend(list, &table->queue);
		pmap_spares++;
	} else {
		vm_phys_free(vm_page_pa(table), 0);
	}
}

/* One that is in no pmap and all zero. */
static void
table_free(struct vm_page *table)
{
	free_into(&spares, table);
}

/* The last one of a list of them; NULL: there is none. */
static void *
take_spare(struct list *list)
{
	struct list *link = list_first(list);

	if (link == NULL)
		return NULL;
	list_remove(link);
	pmap_spares--;
	return vm_page_data(list_entry(link, struct vm_page, queue));
}

static void *
table_alloc(void)
{
	void *table = take_spare(&spares);

	if (table != NULL)
		return table;
	table = zero_frame();
	if (table != NULL)
		vm_phys_frame(virt_to_phys(table))->used = 0;
	return table;
}

/* With the kernel's entries, which never change, and no user's. */
static void *
root_alloc(void)
{
	void *root = take_spare(&spare_roots);

	if (root != NULL)
		return root;
	root = zero_frame();
	if (root != NULL)
		mmu_init_user_root(root);
	return root;
}

void
pmap_free_spares(void)
{
	void *table;

	while ((table = take_spare(&spares)) != NULL ||
	       (table = take_spare(&spare_roots)) != NULL)
		vm_phys_free(virt_to_phys(table), 0);
}

/* The table that a slot is in. */
static inline struct vm_page *
slot_table(const pte_t *slot)
{
	return vm_phys_frame(virt_to_phys(slot));
}

/* What a slot of a leaf in a pmap is for. */
static inline vaddr_t
slot_va(const struct vm_page *leaf, const pte_t *slot)
{
	return leaf->base +
	       ((vaddr_t)((uintptr_t)slot & VM_PAGE_MASK) / sizeof(*slot)
		   << VM_PAGE_SHIFT);
}

/* The slot for `va` at a level, or NULL where there is no table for it. */
static inline pte_t *
walk(struct pmap *pmap, vaddr_t va, unsigned to)
{
	pte_t *table = pmap->table;

	for (unsigned level = PTE_LEVELS - 1; level > to; level--) {
		pte_t entry = table[PTE_INDEX(va, level)];

		if (!pte_present(entry) || pte_is_leaf(entry, level))
			return NULL;
		table = table_at(entry);
	}
	return &table[PTE_INDEX(va, to)];
}

/* The slot of a page, or NULL where there is no table. */
static inline pte_t *
slot_find(struct pmap *pmap, vaddr_t va)
{
	pte_t *slot;

	if (va >> PMAP_LEAF_SHIFT == pmap->leaf_tag)
		return &pmap->leaf_table[PTE_INDEX(va, 0)];
	slot = walk(pmap, va, 0);
	if (slot != NULL) {
		pmap->leaf_tag = va >> PMAP_LEAF_SHIFT;
		pmap->leaf_table = slot - PTE_INDEX(va, 0);
	}
	return slot;
}

/* A table into its pmap, by the slot of another. */
static inline void
table_join(struct pmap *pmap, struct vm_page *table, vaddr_t base, pte_t *slot)
{
	table->pmap = pmap;
	table->base = base;
	table->pv.slot = slot;
	list_append(&pmap->table_list, &table->queue);
	pmap->tables++;
	pte_write(slot, pte_table(vm_page_pa(table)));
}

/* Out of it. */
static inline void
table_leave(struct pmap *pmap, struct vm_page *table)
{
	list_remove(&table->queue);
	pmap->tables--;
	pte_write(table->pv.slot, 0);
}

/* The slot for `va` at a level, making tables; NULL: no memory. */
static pte_t *
create(struct pmap *pmap, vaddr_t va, unsigned to)
{
	pte_t *table = pmap->table;

	for (unsigned level = PTE_LEVELS - 1; level > to; level--) {
		pte_t *slot = &table[PTE_INDEX(va, level)];

		if (!pte_present(*slot)) {
			table = table_alloc();
			if (table == NULL)
				return NULL;
			table_join(pmap, slot_table(table),
			    va & ~(level_size(level) - 1), slot);
		} else {
			assert(!pte_is_leaf(*slot, level));
			table = table_at(*slot);
		}
	}
	return &table[PTE_INDEX(va, to)];
}

/*
 * The first slot at or above *va, below `end`, in a table that exists; *va
 * moves over the rest. NULL: none.
 */
static pte_t *
slot_next(struct pmap *pmap, vaddr_t *va, vaddr_t end)
{
	while (*va < end) {
		pte_t *table = pmap->table;
		unsigned level = PTE_LEVELS - 1;
		vaddr_t size;

		while (level > 0 && pte_present(table[PTE_INDEX(*va, level)])) {
			table = table_at(table[PTE_INDEX(*va, level)]);
			level--;
		}
		if (level == 0)
			return &table[PTE_INDEX(*va, 0)];
		size = level_size(level);
		*va = (*va & ~(size - 1)) + size;
	}
	return NULL;
}

/* From an aligned slot on, is there nothing in eight of them? */
static inline bool
slots_empty(const pte_t *slot)
{
	return ((uintptr_t)slot & (8 * sizeof(*slot) - 1)) == 0 &&
	       (slot[0] | slot[1] | slot[2] | slot[3] | slot[4] | slot[5] |
		   slot[6] | slot[7]) == 0;
}

static bool
is_loaded(const struct pmap *pmap)
{
	return pmap == &kernel_pmap || cpu_self()->pmap == pmap;
}

static void
flush_all(struct pmap *pmap)
{
	if (pmap == &kernel_pmap)
		tlb_flush_all();
	else if (is_loaded(pmap))
		tlb_flush_asid(pmap->asid);
	else
		pmap->generation = 0;
}

static inline void
flush_page(struct pmap *pmap, vaddr_t va)
{
	if (is_loaded(pmap))
		tlb_flush_page(va, pmap->asid);
	else
		pmap->generation = 0;
}

/* The addresses are not worth clearing. */
static void
flush_begin(struct flush *flush, struct pmap *pmap)
{
	flush->pmap = pmap;
	flush->count = 0;
}

static void
flush_add(struct flush *flush, vaddr_t va)
{
	if (flush->count < FLUSH_BATCH)
		flush->va[flush->count] = va;
	flush->count++;
}

static void
flush_end(struct flush *flush)
{
	if (flush->count > FLUSH_BATCH) {
		flush_all(flush->pmap);
		return;
	}
	for (unsigned i = 0; i < flush->count; i++)
		flush_page(flush->pmap, flush->va[i]);
}

/* Note that `page` is mapped by a slot. False: no memory. */
static inline bool
pv_add(struct vm_page *page, pte_t *slot)
{
	struct pv_entry *pv = &page->pv;

	if (pv->slot != NULL) {
		pv = slab_alloc(&pv_cache);
		if (pv == NULL)
			return false;
		pv->next = page->pv.next;
		page->pv.next = pv;
	}
	pv->slot = slot;
	return true;
}

static void
pv_remove(struct vm_page *page, const pte_t *slot)
{
	struct pv_entry *pv = &page->pv, **link, *rest;

	if (pv->slot == slot) {
		rest = pv->next;
		if (rest == NULL) {
			pv->slot = NULL;
			return;
		}
		*pv = *rest;
		slab_free(&pv_cache, rest);
		return;
	}
	for (link = &pv->next; *link != NULL; link = &(*link)->next) {
		pv = *link;
		if (pv->slot != slot)
			continue;
		*link = pv->next;
		slab_free(&pv_cache, pv);
		return;
	}
	panic("page %p is not mapped by %p", (void *)page, (const void *)slot);
}

/* Clear a slot and its reverse entry; the caller counts and flushes. */
static inline void
slot_clear(pte_t *slot)
{
	struct vm_page *page = vm_phys_page(pte_addr(*slot));

	if (page != NULL && page->pv.next == NULL)
		page->pv.slot = NULL; /* nearly all are mapped once */
	else if (page != NULL)
		pv_remove(page, slot);
	pte_write(slot, 0);
}

/* The same for one, which is counted and flushed. */
static void
slot_remove(pte_t *slot)
{
	struct vm_page *leaf = slot_table(slot);

	leaf->used--;
	slot_clear(slot);
	if (leaf->pmap != NULL) {
		leaf->pmap->resident--;
		flush_page(leaf->pmap, slot_va(leaf, slot));
	}
}

static void
make_executable(struct vm_page *page)
{
	cache_sync_code(vm_page_data(page), VM_PAGE_SIZE);
	page->synced = true;
}

/* A page about to be executed must be what was written to memory. */
static inline void
sync_code(struct vm_page *page, vm_prot_t prot)
{
	if ((prot & VM_PROT_EXECUTE) != 0 && !page->synced)
		make_executable(page);
	if ((prot & VM_PROT_WRITE) != 0)
		page->synced = false;
}

/* A slot to enter something into; NULL: no memory. */
static inline pte_t *
slot_get(struct pmap *pmap, vaddr_t va)
{
	pte_t *slot = slot_find(pmap, va);

	return slot != NULL ? slot : create(pmap, va, 0);
}

/* The same page with other rights? Another one is taken out. */
static bool
slot_renew(
    struct pmap *pmap, pte_t *slot, vaddr_t va, paddr_t pa, vm_prot_t prot)
{
	pte_t entry = *slot;

	if (pte_addr(entry) != pa) {
		slot_remove(slot);
		return false;
	}
	pte_write(slot, pte_set_prot(entry, prot));
	if (pte_needs_flush(entry, *slot))
		flush_page(pmap, va);
	return true;
}

static inline void
slot_fill(struct pmap *pmap, pte_t *slot, pte_t entry)
{
	pte_write(slot, entry);
	slot_table(slot)->used++;
	pmap->resident++;
}

/* Pages are ours even where they are mapped as physical memory. */
kern_return_t
pmap_enter(
    struct pmap *pmap, vaddr_t va, paddr_t pa, vm_prot_t prot, vm_cache_t cache)
{
	struct vm_page *page = vm_phys_page(pa);
	pte_t *slot = slot_get(pmap, va);

	assert((prot & VM_PROT_ALL) != 0); /* an entry nobody would find */
	if (slot == NULL)
		return KERN_RESOURCE_SHORTAGE;
	if (page != NULL)
		sync_code(page, prot);
	if (pte_present(*slot) && slot_renew(pmap, slot, va, pa, prot))
		return KERN_SUCCESS;
	if (page != NULL && !pv_add(page, slot))
		return KERN_RESOURCE_SHORTAGE;
	slot_fill(
	    pmap, slot, pte_leaf(pa, prot, pmap != &kernel_pmap, cache, 0));
	return KERN_SUCCESS;
}

kern_return_t
pmap_enter_page(
    struct pmap *pmap, vaddr_t va, struct vm_page *page, vm_prot_t prot)
{
	pte_t *slot = slot_get(pmap, va);
	paddr_t pa = vm_page_pa(page);

	assert((prot & VM_PROT_ALL) != 0);
	if (slot == NULL)
		return KERN_RESOURCE_SHORTAGE;
	sync_code(page, prot);
	if (pte_present(*slot) && slot_renew(pmap, slot, va, pa, prot))
		return KERN_SUCCESS;
	if (!pv_add(page, slot))
		return KERN_RESOURCE_SHORTAGE;
	slot_fill(pmap, slot, pte_leaf(pa, prot, true, VM_CACHE_NORMAL, 0));
	return KERN_SUCCESS;
}

/* Those of pmap_enter_pages() in one leaf. False: no memory. */
static bool
fill_slots(struct pmap *pmap, pte_t *slot, struct vm_page *const *pages,
    unsigned count, vm_prot_t prot)
{
	const pte_t bits = pte_leaf(0, prot, true, VM_CACHE_NORMAL, 0);
	unsigned i, entered = 0;

	for (i = 0; i < count; i++) {
		struct vm_page *page = pages[i];

		if (page == NULL || pte_present(slot[i]))
			continue;
		sync_code(page, prot);
		if (!pv_add(page, &slot[i]))
			break;
		pte_write(&slot[i], vm_page_pa(page) | bits);
		entered++;
	}
	slot_table(slot)->used += (uint16_t)entered;
	pmap->resident += entered;
	return i == count;
}

void
pmap_enter_pages(struct pmap *pmap, vaddr_t va, struct vm_page *const *pages,
    unsigned count, vm_prot_t prot)
{
	while (count > 0) {
		unsigned part = 512 - PTE_INDEX(va, 0);
		pte_t *slot = slot_get(pmap, va);

		if (part > count)
			part = count;
		if (slot == NULL || !fill_slots(pmap, slot, pages, part, prot))
			return;
		va += part * VM_PAGE_SIZE;
		pages += part;
		count -= part;
	}
}

/* Free the tables below `table` that hold nothing. True: so does `table`. */
static bool
collect_below(struct pmap *pmap, pte_t *table, unsigned level, unsigned slots)
{
	bool empty = true;

	if (level == 0)
		return slot_table(table)->used == 0;
	for (unsigned i = 0; i < slots; i++) {
		void *below;

		if (!pte_present(table[i]))
			continue;
		below = table_at(table[i]);
		if (collect_below(pmap, below, level - 1, 512)) {
			table_leave(pmap, slot_table(below));
			table_free(slot_table(below));
		} else {
			empty = false;
		}
	}
	return empty;
}

static unsigned
user_slots(void)
{
	return PTE_INDEX(VM_MAX_ADDRESS - 1, PTE_LEVELS - 1) + 1;
}

/* No translation can use a freed table after the flush: nothing ran since. */
static void
collect(struct pmap *pmap)
{
	collect_below(pmap, pmap->table, PTE_LEVELS - 1, user_slots());
	pmap->leaf_tag = UINT64_MAX;
	pmap->collect_at = 2 * pmap->tables + COLLECT_SLACK;
	flush_all(pmap);
}

/* Those of one leaf, from `slot` for `va` on, up to `end`; where it ended. */
static vaddr_t
remove_slots(pte_t *slot, vaddr_t va, vaddr_t end, struct flush *flush)
{
	struct vm_page *leaf = slot_table(slot);
	vaddr_t stop = (va | PMAP_LEAF_MASK) + 1;
	unsigned left = leaf->used;

	if (stop > end)
		stop = end;
	while (left > 0 && va < stop) {
		if (slots_empty(slot)) {
			slot += 8;
			va += 8 * VM_PAGE_SIZE;
			continue;
		}
		if (pte_present(*slot)) {
			slot_clear(slot);
			left--;
			flush_add(flush, va);
		}
		slot++;
		va += VM_PAGE_SIZE;
	}
	flush->pmap->resident -= leaf->used - left;
	leaf->used = (uint16_t)left;
	return stop;
}

void
pmap_remove(struct pmap *pmap, vaddr_t start, vaddr_t end)
{
	struct flush flush;
	vaddr_t va = start;

	flush_begin(&flush, pmap);
	if (pmap->resident == 0)
		return;
	if (end - start == VM_PAGE_SIZE) {
		pte_t *slot = slot_find(pmap, va);

		if (slot != NULL && pte_present(*slot))
			slot_remove(slot);
		va = end;
	}
	while (va < end) {
		pte_t *slot = slot_next(pmap, &va, end);

		if (slot == NULL)
			break;
		va = remove_slots(slot, va, end, &flush);
	}
	flush_end(&flush);
	if (pmap->tables > pmap->collect_at && pmap != &kernel_pmap)
		collect(pmap);
}

void
pmap_take_leaves(
    struct pmap *pmap, vaddr_t start, vaddr_t end, struct list *leaves)
{
	bool taken = false;

	for (vaddr_t va = start; va < end; va += PMAP_LEAF_SIZE) {
		pte_t *slot = walk(pmap, va, 1);
		struct vm_page *leaf;

		if (slot == NULL || !pte_present(*slot))
			continue;
		leaf = slot_table(table_at(*slot));
		if (leaf->used < TAKEN_LEAST) {
			pmap_remove(pmap, va, va + PMAP_LEAF_SIZE);
			continue;
		}
		table_leave(pmap, leaf);
		pmap->resident -= leaf->used;
		leaf->pmap = NULL;
		leaf->base -= start;
		list_append(leaves, &leaf->queue);
		taken = true;
	}
	if (taken) {
		pmap->leaf_tag = UINT64_MAX;
		flush_all(pmap);
	}
}

/* In place of an empty leaf, whose translation the processor may have. */
static bool
give_leaf(struct pmap *pmap, struct vm_page *leaf, vaddr_t base)
{
	pte_t *slot = create(pmap, base, 1);
	struct vm_page *old;

	if (slot == NULL)
		return false;
	if (pte_present(*slot)) {
		old = slot_table(table_at(*slot));
		assert(old->used == 0);
		table_leave(pmap, old);
		flush_page(pmap, base);
		table_free(old);
	}
	list_remove(&leaf->queue);
	table_join(pmap, leaf, base, slot);
	pmap->resident += leaf->used;
	pmap->leaf_tag = UINT64_MAX;
	return true;
}

void
pmap_give_leaves(struct pmap *pmap, vaddr_t start, struct list *leaves)
{
	list_for_each_safe (node, next, leaves) {
		struct vm_page *leaf = list_entry(node, struct vm_page, queue);

		if (!give_leaf(pmap, leaf, start + leaf->base))
			return;
	}
}

bool
pmap_drop_leaf(struct list *leaves)
{
	struct list *link = list_first(leaves);
	struct vm_page *leaf;
	pte_t *slot;

	if (link == NULL)
		return false;
	list_remove(link);
	leaf = list_entry(link, struct vm_page, queue);
	slot = vm_page_data(leaf);
	for (; leaf->used > 0; slot++) {
		if (!pte_present(*slot))
			continue;
		slot_clear(slot);
		leaf->used--;
	}
	table_free(leaf);
	return true;
}

void
pmap_protect(struct pmap *pmap, vaddr_t start, vaddr_t end, vm_prot_t prot)
{
	struct flush flush;
	vaddr_t va = start;

	/* Every entry can be read; who may not read faults for the rest. */
	if ((prot & VM_PROT_READ) == 0) {
		pmap_remove(pmap, start, end);
		return;
	}
	flush_begin(&flush, pmap);
	for (;;) {
		pte_t *slot = slot_next(pmap, &va, end);

		if (slot == NULL)
			break;
		do {
			vm_prot_t old = pte_prot(*slot);

			if (slots_empty(slot)) {
				slot += 8;
				va += 8 * VM_PAGE_SIZE;
				continue;
			}
			if (pte_present(*slot) && (old & ~prot) != 0) {
				pte_write(
				    slot, pte_set_prot(*slot, old & prot));
				flush_add(&flush, va);
			}
			slot++;
			va += VM_PAGE_SIZE;
		} while (va < end && PTE_INDEX(va, 0) != 0);
	}
	flush_end(&flush);
}

paddr_t
pmap_extract(struct pmap *pmap, vaddr_t va)
{
	pte_t *slot = slot_find(pmap, va);

	if (slot == NULL || !pte_present(*slot))
		return 0;
	return pte_addr(*slot) + (va & VM_PAGE_MASK);
}

void
pmap_page_remove(struct vm_page *page)
{
	while (page->pv.slot != NULL)
		slot_remove(page->pv.slot);
}

void
pmap_page_protect(struct vm_page *page, vm_prot_t prot)
{
	if (page->pv.slot == NULL)
		return;
	if ((prot & VM_PROT_READ) == 0) {
		pmap_page_remove(page);
		return;
	}
	for (struct pv_entry *pv = &page->pv; pv != NULL; pv = pv->next) {
		pte_t *slot = pv->slot;
		struct vm_page *leaf = slot_table(slot);
		vm_prot_t old = pte_prot(*slot);

		if ((old & ~prot) == 0)
			continue;
		pte_write(slot, pte_set_prot(*slot, old & prot));
		if (leaf->pmap != NULL)
			flush_page(leaf->pmap, slot_va(leaf, slot));
	}
}

/* Without tags, all have tag 0, and every switch flushes. */
void
pmap_assign_asid(struct pmap *pmap)
{
	unsigned max = mmu_asid_max();

	if (asid_next > max && max > 0) {
		asid_next = 1;
		pmap_asid_generation++;
		tlb_flush_all();
	}
	pmap->asid = max > 0 ? asid_next++ : 0;
	pmap->token = mmu_token(pmap->root, pmap->asid);
	pmap->generation = pmap_asid_generation;
}

struct pmap *
pmap_create(void)
{
	struct pmap *pmap = slab_alloc_zero(&pmap_cache);

	if (pmap == NULL)
		return NULL;
	pmap->table = root_alloc();
	if (pmap->table == NULL) {
		slab_free(&pmap_cache, pmap);
		return NULL;
	}
	list_init(&pmap->table_list);
	pmap->root = virt_to_phys(pmap->table);
	pmap->leaf_tag = UINT64_MAX;
	pmap->collect_at = COLLECT_SLACK;
	return pmap;
}

inline void
pmap_retire(struct pmap *pmap)
{
	if (cpu_self()->pmap == pmap) {
		cpu_self()->pmap = NULL;
		mmu_switch(virt_to_phys(idle_root), 0);
	}
}

void
pmap_destroy(struct pmap *pmap)
{
	pmap_remove(pmap, VM_MIN_ADDRESS, VM_MAX_ADDRESS);
	assert(pmap->resident == 0);
	pmap_retire(pmap);
	while (!list_empty(&pmap->table_list)) {
		struct vm_page *table =
		    list_entry(pmap->table_list.prev, struct vm_page, queue);

		table_leave(pmap, table);
		table_free(table);
	}
	free_into(&spare_roots, slot_table(pmap->table));
	slab_free(&pmap_cache, pmap);
}

/*
 * Kernel tables below the root are made now for all of KMEM, so that user
 * roots may copy the root's entries and never see a new one.
 */
void
pmap_init(void)
{
	slab_cache_init(&pmap_cache, "pmap", sizeof(struct pmap), 64);
	slab_cache_init(&pv_cache, "pv", sizeof(struct pv_entry), 8);
	list_init(&spares);
	list_init(&spare_roots);
	list_init(&kernel_pmap.table_list);
	kernel_pmap.root = mmu_kernel_root();
	kernel_pmap.table = phys_to_virt(kernel_pmap.root);
	kernel_pmap.leaf_tag = UINT64_MAX;
	for (vaddr_t va = KMEM_BASE; va < KMEM_END;
	     va += level_size(PTE_LEVELS - 1)) {
		pte_t *slot = &kernel_pmap.table[PTE_INDEX(va, PTE_LEVELS - 1)];
		void *table;

		if (pte_present(*slot))
			continue;
		table = zero_frame();
		if (table == NULL)
			panic("no memory for the kernel's page tables");
		pte_write(slot, pte_table(virt_to_phys(table)));
	}
	idle_root = zero_frame();
	if (idle_root == NULL)
		panic("no memory for the kernel's page tables");
	mmu_init_user_root(idle_root);
}
