/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Memory for the tests of ipc/: an arena where the direct map is, freed pieces
 * poisoned for the address sanitizer; out-of-line copies as plain buffers.
 */
#include <arch/copy.h>

#include <kern/panic.h>
#include <kern/slab.h>
#include <sanitizer/asan_interface.h>
#include <stdarg.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <vm/vm_kernel.h>

#include "../../arch/host/user.h"
#include "ipc_host.h"

#define CLASS_SHIFT 6
#define CLASS_COUNT 8192U

struct piece {
	struct piece *next;
};

static struct piece *free_pieces[CLASS_COUNT];
static char *arena_next;
static size_t in_use;
static unsigned fail_in;
static bool failed;

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

size_t
host_in_use(void)
{
	ipc_kmsg_drain();
	ipc_port_drain();
	return in_use;
}

void
host_fail_allocation(unsigned n)
{
	ipc_kmsg_drain();
	ipc_port_drain();
	fail_in = n;
	failed = false;
}

bool
host_failed(void)
{
	return failed;
}

static void
arena_init(void)
{
	char *base = phys_to_virt(VM_PAGE_SIZE);

	if (mmap(base, HOST_DIRECT_MAP_SIZE, PROT_READ | PROT_WRITE,
		MAP_PRIVATE | MAP_ANONYMOUS | MAP_FIXED_NOREPLACE, -1,
		0) != base)
		abort();
	arena_next = base;
}

static void *
allocate(size_t size)
{
	size_t class = (size + 63) >> CLASS_SHIFT;
	struct piece *piece;

	if (fail_in != 0 && --fail_in == 0) {
		failed = true;
		return NULL;
	}
	if (class >= CLASS_COUNT)
		return NULL;
	if (arena_next == NULL)
		arena_init();
	piece = free_pieces[class];
	if (piece != NULL) {
		ASAN_UNPOISON_MEMORY_REGION(piece, class << CLASS_SHIFT);
		free_pieces[class] = piece->next;
	} else {
		/* A gap between pieces stays poisoned. */
		if (class == VM_PAGE_SIZE >> CLASS_SHIFT)
			arena_next =
			    (char *)VM_ROUND_PAGE((uintptr_t)arena_next);
		piece = (struct piece *)arena_next;
		arena_next += (class + 1) << CLASS_SHIFT;
		ASAN_POISON_MEMORY_REGION(arena_next - 64, 64);
	}
	memset(piece, 0xa5, class << CLASS_SHIFT);
	ASAN_POISON_MEMORY_REGION(
	    (char *)piece + size, (class << CLASS_SHIFT) - size);
	in_use++;
	return piece;
}

static void
release(void *memory, size_t size)
{
	size_t class = (size + 63) >> CLASS_SHIFT;
	struct piece *piece = memory;

	ASAN_UNPOISON_MEMORY_REGION(piece, class << CLASS_SHIFT);
	piece->next = free_pieces[class];
	free_pieces[class] = piece;
	ASAN_POISON_MEMORY_REGION(piece, class << CLASS_SHIFT);
	in_use--;
}

void
slab_cache_init(
    struct slab_cache *cache, const char *name, size_t size, size_t align)
{
	*cache = (struct slab_cache){.name = name, .size = size};
	if (align > 64)
		abort();
}

void *
slab_alloc(struct slab_cache *cache)
{
	void *object = allocate(cache->size);

	if (object != NULL)
		cache->in_use++;
	return object;
}

void *
slab_alloc_zero(struct slab_cache *cache)
{
	void *object = slab_alloc(cache);

	return object != NULL ? memset(object, 0, cache->size) : NULL;
}

void
slab_free(struct slab_cache *cache, void *object)
{
	cache->in_use--;
	release(object, cache->size);
}

void *
kalloc(size_t size)
{
	return allocate(size);
}

void *
kalloc_zero(size_t size)
{
	void *memory = kalloc(size);

	return memory != NULL ? memset(memory, 0, size) : NULL;
}

void
kfree(void *memory, size_t size)
{
	release(memory, size);
}

struct vm_map_copy {
	vm_size_t size;
	char data[];
};

void
vm_statistics_get(vm_statistics_data_t *statistics)
{
	*statistics = (vm_statistics_data_t){.total_count = 4096};
}

static struct vm_map_copy *
copy_alloc(vm_size_t size)
{
	struct vm_map_copy *copy = kalloc(sizeof(*copy) + size);

	if (copy != NULL)
		copy->size = size;
	return copy;
}

kern_return_t
vm_map_copyin(struct vm_map *map, vm_address_t address, vm_size_t size,
    bool destroy, struct vm_map_copy **result)
{
	struct vm_map_copy *copy;

	(void)map;
	if (!host_user_valid(address, size))
		return KERN_INVALID_ADDRESS;
	copy = copy_alloc(size);
	if (copy == NULL)
		return KERN_RESOURCE_SHORTAGE;
	(void)copyin(address, copy->data, size);
	if (destroy)
		host_user_free(address, size);
	*result = copy;
	return KERN_SUCCESS;
}

struct vm_map_copy *
vm_map_copyin_whole(struct vm_map *map, vm_address_t address, vm_size_t size)
{
	struct vm_map_copy *copy;

	return size != 0 && vm_map_copyin(map, address, size, true, &copy) ==
				KERN_SUCCESS
		   ? copy
		   : NULL;
}

kern_return_t
vm_map_copyin_kernel(
    const void *data, vm_size_t size, struct vm_map_copy **result)
{
	struct vm_map_copy *copy = copy_alloc(size);

	if (copy == NULL)
		return KERN_RESOURCE_SHORTAGE;
	memcpy(copy->data, data, size);
	*result = copy;
	return KERN_SUCCESS;
}

/* Counts as an allocation that may fail. */
kern_return_t
vm_map_copyout(
    struct vm_map *map, vm_address_t *address, struct vm_map_copy *copy)
{
	void *probe = kalloc(1);
	void *memory;

	(void)map;
	if (probe == NULL)
		return KERN_RESOURCE_SHORTAGE;
	kfree(probe, 1);
	memory = host_user_alloc(copy->size);
	memcpy(memory, copy->data, copy->size);
	*address = (uintptr_t)memory;
	vm_map_copy_discard(copy);
	return KERN_SUCCESS;
}

kern_return_t
vm_map_copy_overwrite(
    struct vm_map *map, vm_address_t address, struct vm_map_copy *copy)
{
	void *probe = kalloc(1);

	(void)map;
	if (probe == NULL)
		return KERN_RESOURCE_SHORTAGE;
	kfree(probe, 1);
	if (copy == NULL)
		return KERN_SUCCESS;
	if (!host_user_valid(address, copy->size))
		return KERN_INVALID_ADDRESS;
	memcpy((void *)address, copy->data, copy->size);
	vm_map_copy_discard(copy);
	return KERN_SUCCESS;
}

void
vm_map_copy_discard(struct vm_map_copy *copy)
{
	kfree(copy, sizeof(*copy) + copy->size);
}

kern_return_t
vm_map_remove(struct vm_map *map, vm_address_t address, vm_size_t size)
{
	(void)map;
	if (!host_user_valid(address, size))
		return KERN_INVALID_ADDRESS;
	host_user_free(address, size);
	return KERN_SUCCESS;
}
