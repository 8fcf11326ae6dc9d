/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Object caches. A slab is 2^slab_order pages, aligned to its size, that begin
 * with a struct slab; so the slab of an object is found by masking. Objects
 * that were never handed out are counted, not linked: a new slab is not
 * touched.
 *
 * Slabs with free objects stand in `partial`, wholly free ones at its end; one
 * of those is kept, the others give their pages back.
 */
#include <mach/types.h>

#include <arch/vm_param.h>

#include <kern/panic.h>
#include <kern/slab.h>
#include <kern/string.h>
#include <kern/task.h>
#include <kern/thread.h>
#include <vm/vm_kernel.h>
#include <vm/vm_kmem.h>

#define SLAB_ORDER_MAX   3
#define SLAB_OBJECTS_MIN 8

#define KALLOC_STEP      16
#define KALLOC_MAX       2048 /* above: page runs */
#define KALLOC_RUN_ORDER 10
#define KALLOC_LIMIT     (1UL << 30) /* more is nobody's honest wish */

struct slab {
	struct list link;
	struct slab_cache *cache;
	void *free;     /* objects given back, linked by their first word */
	unsigned fresh; /* objects never handed out */
	unsigned in_use;
};

#define POISON 0x6b

#ifdef CONFIG_CHECKED
unsigned slab_fail_every;
unsigned slab_fail_in;

/* Is this one of the allocations that shall fail? Root's do not, every n-th. */
static bool
must_fail(void)
{
	static unsigned count;

	if (slab_fail_in != 0 && --slab_fail_in == 0)
		return true;
	return slab_fail_every != 0 && current_task() != NULL &&
	       current_task()->token.val[0] != 0 &&
	       ++count % slab_fail_every == 0;
}

/* Fill a freed object behind its link; a later write shows at allocation. */
static void
poison(void *object, size_t size)
{
	memset((char *)object + sizeof(void *), POISON, size - sizeof(void *));
}

static void
check_poison(const struct slab_cache *cache, const void *object)
{
	const unsigned char *bytes = object;

	for (size_t i = sizeof(void *); i < cache->size; i++)
		if (bytes[i] != POISON)
			panic("%s %p: byte %zu written after free", cache->name,
			    object, i);
}

static void
check_free(const struct slab *slab, const void *object)
{
	for (void *free = slab->free; free != NULL; free = *(void **)free)
		if (free == object)
			panic("%s %p: freed twice", slab->cache->name, object);
}
#else
static inline bool
must_fail(void)
{
	return false;
}

static inline void
poison(void *object, size_t size)
{
	(void)object;
	(void)size;
}

static inline void
check_poison(const struct slab_cache *cache, const void *object)
{
	(void)cache;
	(void)object;
}

static inline void
check_free(const struct slab *slab, const void *object)
{
	(void)slab;
	(void)object;
}
#endif

static struct list caches = LIST_INITIALIZER(caches);

static const struct {
	const char *name;
	unsigned size;
} general[] = {
    {"kalloc 16", 16},
    {"kalloc 32", 32},
    {"kalloc 64", 64},
    {"kalloc 96", 96},
    {"kalloc 128", 128},
    {"kalloc 192", 192},
    {"kalloc 256", 256},
    {"kalloc 384", 384},
    {"kalloc 512", 512},
    {"kalloc 768", 768},
    {"kalloc 1024", 1024},
    {"kalloc 1536", 1536},
    {"kalloc 2048", 2048},
};
#define GENERAL_COUNT (sizeof(general) / sizeof(general[0]))

static struct slab_cache general_caches[GENERAL_COUNT];

/* For each size in steps of KALLOC_STEP, the index of its general cache. */
static uint8_t general_index[KALLOC_MAX / KALLOC_STEP + 1];

const struct list *
slab_cache_list(void)
{
	return &caches;
}

static size_t
slab_bytes(const struct slab_cache *cache)
{
	return VM_PAGE_SIZE << cache->slab_order;
}

static size_t
first_offset(const struct slab_cache *cache)
{
	return (sizeof(struct slab) + cache->align - 1) & ~(cache->align - 1);
}

static struct slab *
slab_of(const struct slab_cache *cache, void *object)
{
	return (
	    struct slab *)((vaddr_t)object & ~(vaddr_t)(slab_bytes(cache) - 1));
}

void
slab_cache_init(
    struct slab_cache *cache, const char *name, size_t size, size_t align)
{
	if (align < sizeof(void *))
		align = sizeof(void *);
	assert((align & (align - 1)) == 0 && align <= VM_PAGE_SIZE);
	*cache = (struct slab_cache){.name = name, .align = align};
	cache->size = (size + align - 1) & ~(align - 1);
	list_init(&cache->partial);
	list_init(&cache->full);
	list_append(&caches, &cache->link);
	for (;; cache->slab_order++) {
		size_t room = slab_bytes(cache) - first_offset(cache);

		cache->per_slab = (unsigned)(room / cache->size);
		if (cache->per_slab >= SLAB_OBJECTS_MIN ||
		    (cache->slab_order == SLAB_ORDER_MAX &&
			cache->per_slab > 0))
			break;
		assert(cache->slab_order < SLAB_ORDER_MAX);
	}
}

static struct slab *
slab_create(struct slab_cache *cache)
{
	paddr_t pa = vm_phys_alloc(cache->slab_order);
	struct slab *slab;

	if (pa == 0)
		return NULL;
	slab = phys_to_virt(pa);
	slab->cache = cache;
	slab->free = NULL;
	slab->fresh = cache->per_slab;
	slab->in_use = 0;
	list_append(&cache->partial, &slab->link);
	cache->empty++;
	return slab;
}

void *
slab_alloc(struct slab_cache *cache)
{
	struct list *link = list_first(&cache->partial);
	struct slab *slab;
	void *object;

	if (must_fail())
		return NULL;
	if (link != NULL) {
		slab = list_entry(link, struct slab, link);
	} else {
		slab = slab_create(cache);
		if (slab == NULL)
			return NULL;
	}
	object = slab->free;
	if (object != NULL) {
		slab->free = *(void **)object;
		check_poison(cache, object);
	} else {
		slab->fresh--;
		object = (char *)slab + first_offset(cache) +
			 slab->fresh * cache->size;
	}
	if (slab->in_use++ == 0)
		cache->empty--;
	if (slab->in_use == cache->per_slab) {
		list_remove(&slab->link);
		list_append(&cache->full, &slab->link);
	}
	cache->in_use++;
	return object;
}

void *
slab_alloc_zero(struct slab_cache *cache)
{
	void *object = slab_alloc(cache);

	if (object != NULL)
		memset(object, 0, cache->size);
	return object;
}

void
slab_free(struct slab_cache *cache, void *object)
{
	struct slab *slab = slab_of(cache, object);

	assert(slab->cache == cache && slab->in_use > 0);
	check_free(slab, object);
	poison(object, cache->size);
	*(void **)object = slab->free;
	slab->free = object;
	cache->in_use--;
	if (slab->in_use-- == cache->per_slab) {
		list_remove(&slab->link);
		list_prepend(&cache->partial, &slab->link);
	}
	if (slab->in_use > 0)
		return;
	list_remove(&slab->link);
	if (cache->empty > 0) {
		vm_phys_free(virt_to_phys(slab), cache->slab_order);
		return;
	}
	cache->empty++;
	list_append(&cache->partial, &slab->link);
}

/* Pages that are contiguous in the direct map, or in KMEM when none are. */
static void *
run_alloc(size_t size)
{
	size_t pages = VM_ROUND_PAGE(size) >> VM_PAGE_SHIFT;
	unsigned order = 0;
	paddr_t pa;

	if (size > KALLOC_LIMIT || must_fail())
		return NULL;
	while ((1UL << order) < pages)
		order++;
	pa = order <= KALLOC_RUN_ORDER ? vm_phys_alloc(order) : 0;
	if (pa == 0)
		return order > 0 ? vm_kmem_alloc(size) : NULL;
	for (size_t rest = pages; rest < 1UL << order; rest++)
		vm_phys_free(pa + (rest << VM_PAGE_SHIFT), 0);
	return phys_to_virt(pa);
}

static void
run_free(void *memory, size_t size)
{
	paddr_t pa;

	if (vm_kmem_contains(memory)) {
		vm_kmem_free(memory, size);
		return;
	}
	pa = virt_to_phys(memory);
	for (paddr_t end = pa + VM_ROUND_PAGE(size); pa < end;
	     pa += VM_PAGE_SIZE)
		vm_phys_free(pa, 0);
}

static struct slab_cache *
general_cache(size_t size)
{
	size_t step = (size + KALLOC_STEP - 1) / KALLOC_STEP;

	return &general_caches[general_index[step]];
}

void *
kalloc(size_t size)
{
	if (size > KALLOC_MAX)
		return run_alloc(size);
	return slab_alloc(general_cache(size));
}

void *
kalloc_zero(size_t size)
{
	void *memory = kalloc(size);

	if (memory != NULL)
		memset(memory, 0, size);
	return memory;
}

void
kfree(void *memory, size_t size)
{
	if (memory == NULL)
		return;
	if (size > KALLOC_MAX)
		run_free(memory, size);
	else
		slab_free(general_cache(size), memory);
}

void
slab_init(void)
{
	size_t step = 0;

	for (size_t i = 0; i < GENERAL_COUNT; i++) {
		unsigned size = general[i].size;

		slab_cache_init(&general_caches[i], general[i].name, size,
		    size % 64 == 0 ? 64 : KALLOC_STEP);
		for (; step * KALLOC_STEP <= size; step++)
			general_index[step] = (uint8_t)i;
	}
}
