/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * malloc(). Small blocks come from runs: 64 KiB, aligned to their size, cut
 * into blocks of one size class; a run that is empty goes back to the system
 * once a few are in reserve. Large blocks are pages of their own, with a header
 * in front of the first block address. For either, the header is at
 * (address - 1) rounded down to 64 KiB: no block starts at a run boundary
 * unless it is a large one whose header is the run before.
 *
 * Blocks freed are kept in their run as a list through their first word; blocks
 * never used are taken in order, so that untouched pages stay untouched.
 */
#include <errno.h>
#include <limits.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "allocator.h"
#include "lock.h"
#include "vm.h"

#define RUN_SIZE     65536UL
#define HEADER_SIZE  64UL
#define SMALL_MAX    8128UL
#define CLASSES      32
#define SEGMENT_RUNS 4 /* runs asked of the system at a time */
#define RESERVE_MAX  4 /* empty runs kept */

#define RUN_MAGIC    0x72756e2e6d722e31UL
#define LARGE_MAGIC  0x6c617267652e6d72UL

struct block {
	struct block *next;
};

/* The header of a run or of a large block; HEADER_SIZE bytes at most. */
struct run {
	uint64_t magic;
	struct run *next; /* in its class, or in the reserve */
	struct run *prev;
	struct block *free;
	unsigned class;
	unsigned used;
	unsigned fresh; /* blocks from here on were never used */
	unsigned limit; /* blocks in the run */
	size_t size;    /* of a block; of the whole mapping for large ones */
};

_Static_assert(sizeof(struct run) <= HEADER_SIZE, "header fits");

static struct lock lock;
static struct run *partial[CLASSES]; /* runs with room, by class */
static struct run *reserve;
static unsigned reserve_count;

/* Sizes: 16 to 128 in steps of 16, then four steps to each power of two. */
static unsigned
class_of(size_t size)
{
	unsigned top;

	if (size <= 128)
		return size == 0 ? 0 : (unsigned)((size - 1) / 16);
	size--;
	top = 63U - (unsigned)__builtin_clzl(size);
	return 8 + (top - 7) * 4 + (unsigned)((size >> (top - 2)) & 3);
}

static size_t
class_size(unsigned class)
{
	size_t step;

	if (class < 8)
		return (class + 1) * 16UL;
	class -= 8;
	step = 32UL << (class / 4);
	return (4 + class % 4 + 1) * step;
}

static struct run *
run_of(const void *block)
{
	return (struct run *)(((uintptr_t)block - 1) & ~(RUN_SIZE - 1));
}

/* Get aligned memory by asking for more and giving back what is over. */
static void *
aligned_pages(size_t size, size_t alignment)
{
	char *memory = __vm_pages(size + alignment);
	uintptr_t start;
	size_t before;

	if (memory == NULL)
		return NULL;
	start = ((uintptr_t)memory + alignment - 1) & ~(alignment - 1);
	before = start - (uintptr_t)memory;
	if (before > 0)
		__vm_release(memory, before);
	if (alignment > before)
		__vm_release(memory + before + size, alignment - before);
	return memory + before;
}

static struct run *
run_from_system(void)
{
	char *segment = aligned_pages(SEGMENT_RUNS * RUN_SIZE, RUN_SIZE);
	struct run *run;
	int i;

	if (segment == NULL)
		return aligned_pages(RUN_SIZE, RUN_SIZE);
	for (i = 1; i < SEGMENT_RUNS; i++) {
		run = (struct run *)(void *)(segment + (size_t)i * RUN_SIZE);
		run->next = reserve;
		reserve = run;
		reserve_count++;
	}
	return (struct run *)(void *)segment;
}

static void
link_partial(struct run *run)
{
	run->prev = NULL;
	run->next = partial[run->class];
	if (run->next != NULL)
		run->next->prev = run;
	partial[run->class] = run;
}

static void
unlink_partial(struct run *run)
{
	if (run->next != NULL)
		run->next->prev = run->prev;
	if (run->prev != NULL)
		run->prev->next = run->next;
	else
		partial[run->class] = run->next;
}

static struct run *
new_run(unsigned class)
{
	struct run *run = reserve;

	if (run != NULL) {
		reserve = run->next;
		reserve_count--;
	} else {
		run = run_from_system();
		if (run == NULL)
			return NULL;
	}
	run->magic = RUN_MAGIC;
	run->free = NULL;
	run->class = class;
	run->used = 0;
	run->fresh = 0;
	run->size = class_size(class);
	run->limit = (unsigned)((RUN_SIZE - HEADER_SIZE) / run->size);
	link_partial(run);
	return run;
}

static void *
small_allocate(size_t size)
{
	unsigned class = class_of(size);
	struct run *run;
	void *block;

	__lock(&lock);
	run = partial[class];
	if (run == NULL)
		run = new_run(class);
	if (run == NULL) {
		__unlock(&lock);
		errno = ENOMEM;
		return NULL;
	}
	block = run->free;
	if (block != NULL)
		run->free = run->free->next;
	else
		block = (char *)run + HEADER_SIZE + run->fresh++ * run->size;
	if (++run->used == run->limit)
		unlink_partial(run);
	__unlock(&lock);
	return block;
}

static void
small_free(struct run *run, void *address)
{
	struct block *block = address;
	struct run *give_back = NULL;

	__lock(&lock);
	block->next = run->free;
	run->free = block;
	if (run->used-- == run->limit)
		link_partial(run);
	if (run->used == 0 && (run->next != NULL || run->prev != NULL)) {
		unlink_partial(run);
		run->magic = 0;
		if (reserve_count < RESERVE_MAX) {
			run->next = reserve;
			reserve = run;
			reserve_count++;
		} else {
			give_back = run;
		}
	}
	__unlock(&lock);
	if (give_back != NULL)
		__vm_release(give_back, RUN_SIZE);
}

/* `offset` is from the header to the block. */
static void *
large_allocate(size_t size, size_t offset, size_t alignment)
{
	struct run *run;
	size_t total;

	if (size > PTRDIFF_MAX - offset - alignment - RUN_SIZE) {
		errno = ENOMEM;
		return NULL;
	}
	total = (size + offset + VM_PAGE - 1) & ~(VM_PAGE - 1);
	run = aligned_pages(total, alignment);
	if (run == NULL) {
		errno = ENOMEM;
		return NULL;
	}
	run->magic = LARGE_MAGIC;
	run->size = total;
	return (char *)run + offset;
}

void *
malloc(size_t size)
{
	if (size <= SMALL_MAX)
		return small_allocate(size);
	return large_allocate(size, HEADER_SIZE, RUN_SIZE);
}

void
free(void *block)
{
	struct run *run = run_of(block);

	if (block == NULL)
		return;
	if (run->magic == RUN_MAGIC)
		small_free(run, block);
	else if (run->magic == LARGE_MAGIC)
		__vm_release(run, run->size);
	else
		abort();
}

size_t
malloc_usable_size(void *block)
{
	struct run *run = run_of(block);

	if (block == NULL)
		return 0;
	if (run->magic == RUN_MAGIC)
		return run->size -
		       ((uintptr_t)block - (uintptr_t)run - HEADER_SIZE) %
			   run->size;
	return run->size - ((uintptr_t)block - (uintptr_t)run);
}

void *
calloc(size_t count, size_t size)
{
	size_t total;
	void *block;

	if (__builtin_mul_overflow(count, size, &total)) {
		errno = ENOMEM;
		return NULL;
	}
	block = malloc(total);
	if (block != NULL && total <= SMALL_MAX)
		memset(block, 0, total);
	return block;
}

/* Grow or shrink a large block where it is. */
static bool
large_resize(struct run *run, void *block, size_t size)
{
	size_t offset = (uintptr_t)block - (uintptr_t)run;
	size_t total;

	if (size > PTRDIFF_MAX - RUN_SIZE || size <= SMALL_MAX)
		return false;
	total = (size + offset + VM_PAGE - 1) & ~(VM_PAGE - 1);
	if (total < run->size)
		__vm_release((char *)run + total, run->size - total);
	else if (total > run->size &&
		 !__vm_pages_at((char *)run + run->size, total - run->size))
		return false;
	run->size = total;
	return true;
}

void *
realloc(void *block, size_t size)
{
	struct run *run = run_of(block);
	size_t old;
	void *moved;

	if (block == NULL)
		return malloc(size);
	old = malloc_usable_size(block);
	if (run->magic == RUN_MAGIC) {
		if (size <= old && (old <= 64 || size > old / 2))
			return block;
	} else if (large_resize(run, block, size)) {
		return block;
	}
	moved = malloc(size);
	if (moved == NULL)
		return size <= old ? block : NULL;
	memcpy(moved, block, size < old ? size : old);
	free(block);
	return moved;
}

/*
 * Alignments up to HEADER_SIZE are those of size classes that are multiples
 * of it; larger ones are large blocks at that offset from their header. From
 * a run's size the header lies in the run before.
 */
void *
__malloc_aligned(size_t alignment, size_t size)
{
	char *memory;
	struct run *run;
	size_t total;

	if (alignment <= 16)
		return malloc(size);
	if (alignment <= HEADER_SIZE && size <= SMALL_MAX / 2) {
		size = (size + alignment - 1) & ~(alignment - 1);
		while (class_size(class_of(size)) % alignment != 0)
			size = class_size(class_of(size)) + 1;
		return small_allocate(size);
	}
	if (alignment < RUN_SIZE)
		return large_allocate(size,
		    alignment < HEADER_SIZE ? HEADER_SIZE : alignment,
		    RUN_SIZE);
	if (size > PTRDIFF_MAX / 2 || alignment > PTRDIFF_MAX / 4) {
		errno = ENOMEM;
		return NULL;
	}
	total = (size + VM_PAGE - 1) & ~(VM_PAGE - 1);
	memory = aligned_pages(alignment + total, alignment);
	if (memory == NULL) {
		errno = ENOMEM;
		return NULL;
	}
	run = (struct run *)(void *)(memory + alignment - RUN_SIZE);
	if (alignment > RUN_SIZE)
		__vm_release(memory, alignment - RUN_SIZE);
	run->magic = LARGE_MAGIC;
	run->size = RUN_SIZE + total;
	return memory + alignment;
}

void
__malloc_lock(void)
{
	__lock(&lock);
}

void
__malloc_unlock(bool child)
{
	if (child)
		lock.word = 0;
	else
		__unlock(&lock);
}
