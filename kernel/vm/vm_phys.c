/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Physical memory: a binary buddy system over the usable ranges of the boot
 * memory map, with a stack of single frames per processor in front of it.
 *
 * A byte a frame says what it is: the order of the free block that begins
 * there, FRAME_USED (in use, or inside a free block) or VM_FRAME_PAGE (in use,
 * and its struct vm_page is valid). The links of a free block lie in its own
 * first page. Frame 0 is never handed out: 0 means failure.
 *
 * Three reserves keep the system going when memory is gone: pages for users'
 * tasks stop at the largest, for servers at the next, the kernel's own at the
 * smallest; what is below belongs to the thread that pages out.
 */
#include <arch/cpu.h>

#include <boot/bootinfo.h>
#include <kern/panic.h>
#include <kern/string.h>
#include <kern/task.h>
#include <kern/thread.h>
#include <vm/vm_kernel.h>
#include <vm/vm_page.h>

#define ORDER_COUNT 11 /* blocks up to 4 MiB */
#define FRAME_USED  0x40U

#define SYSTEM_MOST 1024U /* frames kept for servers */

#define CACHE_CPUS  8
#define CACHE_SIZE  64
#define CACHE_BATCH 4 /* order of the block a cache is filled with */

struct frame_cache {
	unsigned count;
	paddr_t frame[CACHE_SIZE];
};

struct vm_page *vm_page_array;
uint8_t *vm_frame_state;
uint64_t vm_frame_first;
uint64_t vm_frame_count;
uint64_t vm_phys_free_count;
uint64_t vm_phys_total_count;
uint64_t vm_phys_limited_reserve;
uint64_t vm_phys_user_reserve;
uint64_t vm_phys_kernel_reserve;
uint64_t vm_phys_low;
void (*vm_phys_on_low)(void);
struct thread *vm_phys_privileged;
struct vm_counters vm_counters;

static struct list free_blocks[ORDER_COUNT];
static struct frame_cache frame_caches[CACHE_CPUS];

static uint8_t *
frame_state(uint64_t frame)
{
	return &vm_frame_state[frame - vm_frame_first];
}

static bool
is_free_block(uint64_t frame, unsigned order)
{
	return frame - vm_frame_first < vm_frame_count &&
	       *frame_state(frame) == order;
}

static struct list *
block_link(uint64_t frame)
{
	return phys_to_virt(frame << VM_PAGE_SHIFT);
}

static inline void
block_insert(uint64_t frame, unsigned order)
{
	*frame_state(frame) = (uint8_t)order;
	list_prepend(&free_blocks[order], block_link(frame));
}

static inline void
block_remove(uint64_t frame)
{
	*frame_state(frame) = FRAME_USED;
	list_remove(block_link(frame));
}

/* A block into the lists, joined with its free neighbours. */
static void
buddy_free(uint64_t frame, unsigned order)
{
	while (order + 1 < ORDER_COUNT) {
		uint64_t buddy = frame ^ (1ULL << order);

		if (!is_free_block(buddy, order))
			break;
		block_remove(buddy);
		frame &= ~(1ULL << order);
		order++;
	}
	block_insert(frame, order);
}

/* A block's first frame, or 0. */
static uint64_t
buddy_alloc(unsigned order)
{
	unsigned found = order;
	uint64_t frame;

	while (found < ORDER_COUNT && list_empty(&free_blocks[found]))
		found++;
	if (found == ORDER_COUNT)
		return 0;
	frame = virt_to_phys(list_first(&free_blocks[found])) >> VM_PAGE_SHIFT;
	block_remove(frame);
	while (found > order) {
		found--;
		block_insert(frame + (1ULL << found), found);
	}
	return frame;
}

static struct frame_cache *
my_cache(void)
{
	return &frame_caches[cpu_self()->id % CACHE_CPUS];
}

static bool
cache_fill(struct frame_cache *cache)
{
	unsigned order = CACHE_BATCH + 1;
	uint64_t frame = 0;

	while (frame == 0 && order-- > 0)
		frame = buddy_alloc(order);
	if (frame == 0)
		return false;
	for (unsigned i = 1U << order; i-- > 0;)
		cache->frame[cache->count++] = (frame + i) << VM_PAGE_SHIFT;
	return true;
}

static void
cache_drain(struct frame_cache *cache, unsigned keep)
{
	while (cache->count > keep)
		buddy_free(cache->frame[--cache->count] >> VM_PAGE_SHIFT, 0);
}

static void
cache_drain_all(void)
{
	for (unsigned i = 0; i < CACHE_CPUS; i++)
		cache_drain(&frame_caches[i], 0);
}

/* One frame from this processor's cache, reserves not looked at; or 0. */
static inline paddr_t
frame_alloc(void)
{
	struct frame_cache *cache = my_cache();

	if (cache->count == 0 && !cache_fill(cache)) {
		cache_drain_all(); /* another processor's cache has some */
		if (!cache_fill(cache))
			return 0;
	}
	vm_phys_free_count--;
	return cache->frame[--cache->count];
}

/* May `pages` be taken and leave the reserve? */
static inline bool
may_take(uint64_t pages, uint64_t reserve)
{
	if (vm_phys_free_count >= pages + reserve)
		return true;
	return vm_phys_privileged != NULL &&
	       vm_phys_privileged == current_thread();
}

/* The same, as far as there is a reserve. */
static inline paddr_t
frame_alloc_above(uint64_t reserve)
{
	return may_take(1, reserve) ? frame_alloc() : 0;
}

static paddr_t
phys_alloc(unsigned order, uint64_t reserve)
{
	uint64_t frame;

	if (order == 0)
		return frame_alloc_above(reserve);
	if (order >= ORDER_COUNT || !may_take(1ULL << order, reserve))
		return 0;
	frame = buddy_alloc(order);
	if (frame == 0) {
		cache_drain_all();
		frame = buddy_alloc(order);
	}
	if (frame != 0)
		vm_phys_free_count -= 1ULL << order;
	return frame << VM_PAGE_SHIFT;
}

paddr_t
vm_phys_alloc(unsigned order)
{
	return phys_alloc(order, vm_phys_kernel_reserve);
}

void
vm_phys_free(paddr_t pa, unsigned order)
{
	uint64_t frame = pa >> VM_PAGE_SHIFT;

	assert(frame - vm_frame_first < vm_frame_count);
	assert(*frame_state(frame) == FRAME_USED);
	vm_phys_free_count += 1ULL << order;
	if (order == 0) {
		struct frame_cache *cache = my_cache();

		if (cache->count == CACHE_SIZE)
			cache_drain(cache, CACHE_SIZE / 2);
		cache->frame[cache->count++] = pa;
	} else {
		buddy_free(frame, order);
	}
}

static inline struct vm_page *
page_init(paddr_t pa)
{
	uint64_t frame = (pa >> VM_PAGE_SHIFT) - vm_frame_first;
	struct vm_page *page = &vm_page_array[frame];

	vm_frame_state[frame] = VM_FRAME_PAGE;
	list_init(&page->queue);
	page->object = NULL;
	page->index = 0;
	page->pv.slot = NULL;
	page->pv.next = NULL;
	page->wire_count = 0;
	page->on_queue = VM_PAGE_QUEUE_NONE;
	page->page_lock = VM_PROT_NONE;
	page->dirty = false;
	page->precious = false;
	page->unlock_asked = false;
	page->synced = false;
	return page;
}

inline uint64_t
vm_page_reserve(void)
{
	const struct thread *thread = current_thread();

	if (thread != NULL && thread->wired)
		return vm_phys_kernel_reserve;
	if (thread != NULL && thread->task != NULL && thread->task->limited)
		return vm_phys_limited_reserve;
	return vm_phys_user_reserve;
}

struct vm_page *
vm_page_alloc(void)
{
	paddr_t pa;

	if (vm_phys_free_count < vm_phys_low && vm_phys_on_low != NULL)
		vm_phys_on_low();
	pa = frame_alloc_above(vm_page_reserve());
	return pa != 0 ? page_init(pa) : NULL;
}

struct vm_page *
vm_page_alloc_zero(void)
{
	struct vm_page *page = vm_page_alloc();

	if (page != NULL) {
		vm_counters.zero_fills++;
		memset(vm_page_data(page), 0, VM_PAGE_SIZE);
	}
	return page;
}

struct vm_page *
vm_page_alloc_run(unsigned order)
{
	paddr_t pa = phys_alloc(order, vm_page_reserve());

	if (pa == 0)
		return NULL;
	for (uint64_t i = 0; i < 1ULL << order; i++)
		page_init(pa + (i << VM_PAGE_SHIFT));
	return vm_phys_page(pa);
}

void
vm_page_free(struct vm_page *page)
{
	paddr_t pa = vm_page_pa(page);

	assert(page->object == NULL && page->pv.slot == NULL);
	assert(page->on_queue == VM_PAGE_QUEUE_NONE && page->wire_count == 0);
	*frame_state(pa >> VM_PAGE_SHIFT) = FRAME_USED;
	vm_phys_free(pa, 0);
}

/* Frames the array has to describe: what is usable now or will be. */
static void
find_frames(void)
{
	paddr_t low = UINT64_MAX, high = 0;

	for (unsigned i = 0; i < bootinfo.memory_count; i++) {
		const struct boot_memory *range = &bootinfo.memory[i];

		if (range->type != BOOT_MEMORY_USABLE &&
		    range->type != BOOT_MEMORY_MODULE)
			continue;
		if (range->start < low)
			low = range->start;
		if (range->end > high)
			high = range->end;
	}
	if (high == 0)
		panic("the boot memory map has no usable memory");
	vm_frame_first = low >> VM_PAGE_SHIFT;
	vm_frame_count = (high >> VM_PAGE_SHIFT) - vm_frame_first;
}

/* A range into the lists, in the largest blocks its alignment allows. */
static void
add_range(paddr_t start, paddr_t end)
{
	uint64_t frame = VM_ROUND_PAGE(start) >> VM_PAGE_SHIFT;
	uint64_t last = end >> VM_PAGE_SHIFT;

	if (frame == 0)
		frame = 1;
	while (frame < last) {
		unsigned order = ORDER_COUNT - 1;

		while ((frame & ((1ULL << order) - 1)) != 0 ||
		       frame + (1ULL << order) > last)
			order--;
		buddy_free(frame, order);
		vm_phys_free_count += 1ULL << order;
		frame += 1ULL << order;
	}
}

void
vm_page_init(void)
{
	uint64_t size, pages, system;
	paddr_t memory;

	for (unsigned i = 0; i < ORDER_COUNT; i++)
		list_init(&free_blocks[i]);
	find_frames();
	size = vm_frame_count * (sizeof(struct vm_page) + 1);
	pages = VM_ROUND_PAGE(size) >> VM_PAGE_SHIFT;
	memory = boot_memory_alloc((unsigned)pages, 0);
	if (memory == 0)
		panic("no room for %lu page structures",
		    (unsigned long)vm_frame_count);
	vm_page_array = phys_to_virt(memory);
	vm_frame_state = (uint8_t *)(vm_page_array + vm_frame_count);
	memset(vm_frame_state, FRAME_USED, vm_frame_count);

	for (unsigned i = 0; i < bootinfo.memory_count; i++)
		if (bootinfo.memory[i].type == BOOT_MEMORY_USABLE)
			add_range(
			    bootinfo.memory[i].start, bootinfo.memory[i].end);
	vm_phys_total_count = vm_phys_free_count;
	vm_phys_kernel_reserve = vm_phys_total_count / 512 + 16;
	vm_phys_user_reserve = vm_phys_total_count / 128 + 48;
	system = vm_phys_total_count / 64;
	vm_phys_limited_reserve = vm_phys_user_reserve +
				  (system < SYSTEM_MOST ? system : SYSTEM_MOST);
	vm_phys_low = vm_phys_limited_reserve + vm_phys_total_count / 64;
}
