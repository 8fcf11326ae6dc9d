/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * The machine without the kernel: what the rest is to be compared with.
 */
#include <string.h>

#include "bench.h"

#define LOOP 1000

static char *from, *to;

static void
register_loop(void)
{
	unsigned count = LOOP;

	while (count-- > 0)
		__asm__ volatile("" : "+r"(count));
}

/* The compiler may not see that nobody reads it. */
static void
copy(size_t size)
{
	__asm__ volatile("" : : : "memory");
	memcpy(to, from, size);
	__asm__ volatile("" : : : "memory");
}

static void
clear(size_t size)
{
	__asm__ volatile("" : : : "memory");
	memset(to, 0, size);
	__asm__ volatile("" : : : "memory");
}

static void
copy_4k(void)
{
	copy(PAGE);
}

static void
copy_16k(void)
{
	copy(4 * PAGE);
}

static void
copy_mega(void)
{
	copy(MEGA);
}

static void
clear_4k(void)
{
	clear(PAGE);
}

static void
clear_16k(void)
{
	clear(4 * PAGE);
}

static void
clear_mega(void)
{
	clear(MEGA);
}

static bool
make(void)
{
	from = (char *)bench_allocate(MEGA);
	to = (char *)bench_allocate(MEGA);
	bench_touch((vm_address_t)from, MEGA);
	bench_touch((vm_address_t)to, MEGA);
	return true;
}

static void
finish(void)
{
	bench_free((vm_address_t)from, MEGA);
	bench_free((vm_address_t)to, MEGA);
}

const struct bench_row bench_hw_rows[] = {
    {"register loop, a turn", 100, 0, register_loop, NULL, NULL, LOOP},
    {"memory copied, 4 KiB", 100, 0, copy_4k, make, finish, 0},
    {"memory copied, 16 KiB", 100, 0, copy_16k, make, finish, 0},
    {"memory copied, 1 MiB", 10, 0, copy_mega, make, finish, 0},
    {"memory cleared, 4 KiB", 100, 0, clear_4k, make, finish, 0},
    {"memory cleared, 16 KiB", 100, 0, clear_16k, make, finish, 0},
    {"memory cleared, 1 MiB", 10, 0, clear_mega, make, finish, 0},
    {NULL, 0, 0, NULL, NULL, NULL, 0},
};
