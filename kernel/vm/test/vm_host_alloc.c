/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * The allocators with failures put in: vm_phys.c and slab.c under other names,
 * each of their functions behind one that may say no.
 */
#define slab_alloc         real_slab_alloc
#define slab_alloc_zero    real_slab_alloc_zero
#define kalloc             real_kalloc
#define vm_phys_alloc      real_vm_phys_alloc
#define vm_page_alloc      real_vm_page_alloc
#define vm_page_alloc_zero real_vm_page_alloc_zero
#define vm_page_alloc_run  real_vm_page_alloc_run
#include "../../kern/slab.c"
#include "../vm_phys.c"
#undef slab_alloc
#undef slab_alloc_zero
#undef kalloc
#undef vm_phys_alloc
#undef vm_page_alloc
#undef vm_page_alloc_zero
#undef vm_page_alloc_run

#include "../pmap.h"
#include "vm_host.h"

extern void *slab_alloc(struct slab_cache *cache);
extern void *slab_alloc_zero(struct slab_cache *cache);
extern void *kalloc(size_t size);
extern paddr_t vm_phys_alloc(unsigned order);
extern struct vm_page *vm_page_alloc(void);
extern struct vm_page *vm_page_alloc_zero(void);
extern struct vm_page *vm_page_alloc_run(unsigned order);

int vm_host_fail_in = -1;

static bool
fails(void)
{
	return vm_host_fail_in >= 0 && vm_host_fail_in-- == 0;
}

void *
slab_alloc(struct slab_cache *cache)
{
	return fails() ? NULL : real_slab_alloc(cache);
}

void *
slab_alloc_zero(struct slab_cache *cache)
{
	return fails() ? NULL : real_slab_alloc_zero(cache);
}

void *
kalloc(size_t size)
{
	return fails() ? NULL : real_kalloc(size);
}

paddr_t
vm_phys_alloc(unsigned order)
{
	return fails() ? 0 : real_vm_phys_alloc(order);
}

struct vm_page *
vm_page_alloc(void)
{
	return fails() ? NULL : real_vm_page_alloc();
}

struct vm_page *
vm_page_alloc_zero(void)
{
	return fails() ? NULL : real_vm_page_alloc_zero();
}

struct vm_page *
vm_page_alloc_run(unsigned order)
{
	return fails() ? NULL : real_vm_page_alloc_run(order);
}

static uint64_t
slab_frames(const struct list *slabs, unsigned order)
{
	uint64_t frames = 0;

	list_for_each (link, slabs)
		frames += 1UL << order;
	return frames;
}

struct vm_host_usage
vm_host_usage(void)
{
	struct vm_host_usage usage = {0, 0};

	pmap_free_spares();
	usage.frames = vm_phys_free_count;

	list_for_each (link, &caches) {
		struct slab_cache *cache =
		    list_entry(link, struct slab_cache, link);

		usage.objects += cache->in_use;
		usage.frames += slab_frames(&cache->partial, cache->slab_order);
		usage.frames += slab_frames(&cache->full, cache->slab_order);
	}
	return usage;
}
