/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Object caches ("zones"). Memory comes from the direct map, so an object whose
 * size and alignment are multiples of 64 has a 32-bit handle. Freed objects are
 * poisoned in checked builds. None of these block; NULL when memory is gone.
 */
#ifndef KERN_SLAB_H
#define KERN_SLAB_H

#include <kern/list.h>

struct slab_cache {
	const char *name;
	size_t size;
	size_t align;
	unsigned per_slab;   /* objects in one slab */
	unsigned slab_order; /* pages in one slab, as a power of two */
	struct list partial; /* slabs with free objects */
	struct list full;
	unsigned empty;   /* wholly free slabs kept in `partial` */
	size_t in_use;    /* objects handed out */
	struct list link; /* all caches */
};

extern void slab_cache_init(
    struct slab_cache *cache, const char *name, size_t size, size_t align);
extern void *slab_alloc(struct slab_cache *cache);
extern void *slab_alloc_zero(struct slab_cache *cache);
extern void slab_free(struct slab_cache *cache, void *object);

/* Memory of any size; big ones are page runs. kfree wants the same size. */
extern void *kalloc(size_t size);
extern void *kalloc_zero(size_t size);
extern void kfree(void *memory, size_t size);

/* All caches, by struct slab_cache.link; to look at. */
extern const struct list *slab_cache_list(void);

/*
 * In checked kernels every n-th allocation for a task that is not root's fails;
 * 0: none. "failalloc=" on the command line.
 */
extern unsigned slab_fail_every;

/* Likewise: the n-th from now; 0: none. It is 0 afterwards. */
extern unsigned slab_fail_in;

/* Set up the general caches; after vm_page_init(). */
extern void slab_init(void);

#endif
