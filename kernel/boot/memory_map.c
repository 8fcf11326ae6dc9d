/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * The physical memory map while the loader's tables are read. Invariant after
 * every call: ranges are page aligned, sorted, disjoint, and neighbours differ
 * in type or do not touch. What firmware lists twice is usable only if every
 * entry about it says so.
 */
#include <boot/bootinfo.h>
#include <kern/panic.h>
#include <kern/string.h>

struct bootinfo bootinfo;

static void
remove_at(unsigned i)
{
	bootinfo.memory_count--;
	memmove(&bootinfo.memory[i], &bootinfo.memory[i + 1],
	    (bootinfo.memory_count - i) * sizeof(bootinfo.memory[0]));
}

static void
insert_at(unsigned i, paddr_t start, paddr_t end, enum boot_memory_type type)
{
	if (bootinfo.memory_count == BOOT_MEMORY_MAX)
		panic("more than %d memory ranges", BOOT_MEMORY_MAX);
	memmove(&bootinfo.memory[i + 1], &bootinfo.memory[i],
	    (bootinfo.memory_count - i) * sizeof(bootinfo.memory[0]));
	bootinfo.memory[i].start = start;
	bootinfo.memory[i].end = end;
	bootinfo.memory[i].type = type;
	bootinfo.memory_count++;
}

/* Make [start, end) a hole; the index where a range at `start` belongs. */
static unsigned
punch(paddr_t start, paddr_t end)
{
	unsigned i = 0;

	while (i < bootinfo.memory_count && bootinfo.memory[i].start < end) {
		struct boot_memory *m = &bootinfo.memory[i];

		if (m->end <= start) {
			i++;
		} else if (m->start < start) {
			if (m->end > end)
				insert_at(i + 1, end, m->end, m->type);
			m->end = start;
			i++;
		} else if (m->end > end) {
			m->start = end;
			break;
		} else {
			remove_at(i);
		}
	}
	return i;
}

/* Join entry i with the next if they touch and are alike. */
static void
merge_at(unsigned i)
{
	struct boot_memory *m = &bootinfo.memory[i];

	if (i + 1 >= bootinfo.memory_count)
		return;
	if (m[0].end != m[1].start || m[0].type != m[1].type)
		return;
	m[0].end = m[1].end;
	remove_at(i + 1);
}

static void
set_range(paddr_t start, paddr_t end, enum boot_memory_type type)
{
	unsigned i = punch(start, end);

	insert_at(i, start, end, type);
	merge_at(i);
	if (i > 0)
		merge_at(i - 1);
}

/* Usable memory fills only what nothing else has claimed. */
static void
add_usable(paddr_t start, paddr_t end)
{
	unsigned i = 0;

	while (start < end && i < bootinfo.memory_count) {
		const struct boot_memory m = bootinfo.memory[i++];

		if (m.end <= start)
			continue;
		if (m.start >= end)
			break;
		if (start < m.start) {
			set_range(start, m.start, BOOT_MEMORY_USABLE);
			i = 0;
		}
		start = m.end;
	}
	if (start < end)
		set_range(start, end, BOOT_MEMORY_USABLE);
}

/* Grow to whole pages; false if nothing is left or it wraps around. */
static bool
grow(paddr_t *start, paddr_t *end)
{
	if (*end > UINT64_MAX - VM_PAGE_MASK)
		*end = UINT64_MAX - VM_PAGE_MASK;
	*start = VM_TRUNC_PAGE(*start);
	*end = VM_ROUND_PAGE(*end);
	return *start < *end;
}

void
boot_memory_add(paddr_t start, paddr_t end, enum boot_memory_type type)
{
	if (type != BOOT_MEMORY_USABLE) {
		boot_memory_reserve(start, end, type);
		return;
	}
	if (start > UINT64_MAX - VM_PAGE_MASK)
		return;
	start = VM_ROUND_PAGE(start);
	end = VM_TRUNC_PAGE(end);
	if (start < end)
		add_usable(start, end);
}

void
boot_memory_reserve(paddr_t start, paddr_t end, enum boot_memory_type type)
{
	if (start < end && grow(&start, &end))
		set_range(start, end, type);
}

paddr_t
boot_memory_alloc(unsigned pages, paddr_t limit)
{
	paddr_t size = (paddr_t)pages * VM_PAGE_SIZE;

	for (unsigned i = bootinfo.memory_count; i-- > 0;) {
		const struct boot_memory *m = &bootinfo.memory[i];
		paddr_t end = m->end;

		if (m->type != BOOT_MEMORY_USABLE)
			continue;
		if (limit != 0 && end > limit)
			end = VM_TRUNC_PAGE(limit);
		if (end > m->start && end - m->start >= size) {
			boot_memory_reserve(end - size, end, BOOT_MEMORY_BOOT);
			return end - size;
		}
	}
	panic("no %u pages for the boot tables", pages);
}
