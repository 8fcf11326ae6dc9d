/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * The boot memory map: adding, reserving, allocating, and the invariant after
 * thousands of random operations against a map of single pages.
 */
#include <mach/types.h>

#include <boot/bootinfo.h>
#include <kern/panic.h>
#include <libtest/test.h>
#include <setjmp.h>
#include <stdlib.h>

#define PAGES 256

static jmp_buf panicked;

void
panic(const char *format, ...)
{
	(void)format;
	longjmp(panicked, 1);
}

static void
clear(void)
{
	bootinfo.memory_count = 0;
}

static bool
entry_is(unsigned i, paddr_t start, paddr_t end, enum boot_memory_type type)
{
	const struct boot_memory *m = &bootinfo.memory[i];

	return i < bootinfo.memory_count && m->start == start &&
	       m->end == end && m->type == type;
}

static void
test_alignment(void)
{
	clear();
	boot_memory_add(0x1800, 0x4800, BOOT_MEMORY_USABLE);
	ok(entry_is(0, 0x2000, 0x4000, BOOT_MEMORY_USABLE), "usable shrinks");
	boot_memory_add(0x2100, 0x2200, BOOT_MEMORY_RESERVED);
	ok(entry_is(0, 0x2000, 0x3000, BOOT_MEMORY_RESERVED),
	    "reserved grows to its page");
	ok(entry_is(1, 0x3000, 0x4000, BOOT_MEMORY_USABLE), "the rest stays");
	clear();
	boot_memory_add(0x1001, 0x1fff, BOOT_MEMORY_USABLE);
	is_int(bootinfo.memory_count, 0, "less than a page is nothing");
	boot_memory_add(0x5000, 0x5000, BOOT_MEMORY_RESERVED);
	boot_memory_add(0x6000, 0x5000, BOOT_MEMORY_USABLE);
	is_int(bootinfo.memory_count, 0, "empty and backward ranges too");
	boot_memory_add(UINT64_MAX - 5, UINT64_MAX, BOOT_MEMORY_USABLE);
	is_int(bootinfo.memory_count, 0, "nothing wraps around");
}

static void
test_overlap(void)
{
	clear();
	boot_memory_add(0x4000, 0x6000, BOOT_MEMORY_RESERVED);
	boot_memory_add(0x1000, 0x9000, BOOT_MEMORY_USABLE);
	is_int(bootinfo.memory_count, 3, "usable flows around reserved");
	ok(entry_is(1, 0x4000, 0x6000, BOOT_MEMORY_RESERVED),
	    "which stays reserved");
	boot_memory_reserve(0x5000, 0x7000, BOOT_MEMORY_MODULE);
	ok(entry_is(1, 0x4000, 0x5000, BOOT_MEMORY_RESERVED) &&
		entry_is(2, 0x5000, 0x7000, BOOT_MEMORY_MODULE) &&
		entry_is(3, 0x7000, 0x9000, BOOT_MEMORY_USABLE),
	    "a reservation cuts both");
	boot_memory_reserve(0x5000, 0x7000, BOOT_MEMORY_USABLE);
	ok(entry_is(2, 0x5000, 0x9000, BOOT_MEMORY_USABLE),
	    "given back, it merges");
}

static void
test_alloc(void)
{
	clear();
	boot_memory_add(0x1000, 0x5000, BOOT_MEMORY_USABLE);
	boot_memory_add(0x10000, 0x20000, BOOT_MEMORY_USABLE);
	is_int(boot_memory_alloc(2, 0), 0x1e000, "from the top");
	is_int(boot_memory_alloc(1, 0), 0x1d000, "then below");
	is_int(bootinfo.memory_count, 3, "one range of boot memory");
	is_int(boot_memory_alloc(1, 0x12345), 0x11000, "below a limit");
	is_int(boot_memory_alloc(3, 0x10000), 0x2000, "in a lower range");
	if (setjmp(panicked) == 0) {
		boot_memory_alloc(100, 0);
		ok(false, "panics without memory");
	} else {
		ok(true, "panics without memory");
	}
}

static void
test_full(void)
{
	clear();
	if (setjmp(panicked) == 0) {
		for (paddr_t i = 0; i <= BOOT_MEMORY_MAX; i++)
			boot_memory_add(i * 0x2000, i * 0x2000 + 0x1000,
			    BOOT_MEMORY_USABLE);
		ok(false, "panics when the table is full");
	} else {
		is_int(bootinfo.memory_count, BOOT_MEMORY_MAX,
		    "panics when the table is full");
	}
}

/* Does the map say of every page what the model says (-1: not listed)? */
static bool
agrees(const int *model)
{
	unsigned page = 0;

	for (unsigned i = 0; i < bootinfo.memory_count; i++) {
		const struct boot_memory *m = &bootinfo.memory[i];

		if (m->start >= m->end || m->end > PAGES * VM_PAGE_SIZE)
			return false;
		if (i > 0 &&
		    (m[-1].end > m->start ||
			(m[-1].end == m->start && m[-1].type == m->type)))
			return false;
		for (; page < m->start / VM_PAGE_SIZE; page++)
			if (model[page] != -1)
				return false;
		for (; page < m->end / VM_PAGE_SIZE; page++)
			if (model[page] != (int)m->type)
				return false;
	}
	for (; page < PAGES; page++)
		if (model[page] != -1)
			return false;
	return true;
}

static void
random_step(int *model)
{
	unsigned start = (unsigned)rand() % PAGES;
	unsigned end = start + 1 + (unsigned)rand() % 16;
	int type = rand() % 3;

	if (end > PAGES)
		end = PAGES;
	boot_memory_add(start * VM_PAGE_SIZE, end * VM_PAGE_SIZE,
	    (enum boot_memory_type)type);
	for (unsigned i = start; i < end; i++)
		if (type != BOOT_MEMORY_USABLE || model[i] == -1)
			model[i] = type;
}

static void
test_random(void)
{
	bool good = true;

	srand(1);
	if (setjmp(panicked) != 0) {
		ok(false, "random ranges do not panic");
		return;
	}
	for (int round = 0; round < 200 && good; round++) {
		int model[PAGES];

		clear();
		for (unsigned i = 0; i < PAGES; i++)
			model[i] = -1;
		for (int step = 0; step < 40 && good; step++) {
			random_step(model);
			good = agrees(model);
		}
	}
	ok(good, "random ranges agree with a map of pages");
}

int
main(void)
{
	test_alignment();
	test_overlap();
	test_alloc();
	test_full();
	test_random();
	return test_done();
}
