/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * machbench [-f] [words]: what operations cost; with words, those whose name
 * has one of them; with -f for ever, for who wants to look at them. Under
 * QEMU's -icount shift=0 a nanosecond is an instruction. A line is
 * "operation<TAB>instructions<TAB>target", target 0 where there is none.
 */
#include <mach/mach_port_user.h>

#include <libmach/mach.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "bench.h"

#define CLOCK_BOOT 0

/*
 * POSIX before what makes threads: with threads, and memory that was mapped in
 * pieces, it costs more.
 */
static const struct bench_row *const tables[] = {
    bench_hw_rows,
    bench_posix_rows,
    bench_disk_rows,
    bench_trap_rows,
    bench_host_rows,
    bench_port_rows,
    bench_memory_rows,
    bench_fault_rows,
    bench_vm_rows,
    bench_pager_rows,
    bench_task_rows,
    bench_exception_rows,
    bench_sync_rows,
    bench_rpc_rows,
    bench_latency_rows,
};

static uint64_t paused;   /* since the start of the measurement, in all */
static uint64_t pause_at; /* the clock then */
static uint64_t pause_cost;
static uint64_t loop_cost;
static uint64_t result; /* of bench_result(), or 0 */

void
bench_pause(void)
{
	pause_at = clock_get_ns(CLOCK_BOOT);
}

void
bench_resume(void)
{
	paused += clock_get_ns(CLOCK_BOOT) - pause_at + pause_cost;
}

void
bench_result(uint64_t value)
{
	result = value;
}

void
bench_fail(const char *what)
{
	printf("machbench: %s\n", what);
	fflush(stdout);
	exit(1);
}

mach_port_t
bench_port(void)
{
	mach_port_t port = MACH_PORT_NULL;

	(void)mach_port_allocate(
	    mach_task_self(), MACH_PORT_RIGHT_RECEIVE, &port);
	(void)mach_port_insert_right(
	    mach_task_self(), port, port, MACH_MSG_TYPE_MAKE_SEND);
	return port;
}

/* What one of `count` operations costs. */
static uint64_t
cost_of(void (*operation)(void), unsigned count)
{
	uint64_t start, end;

	paused = 0;
	start = clock_get_ns(CLOCK_BOOT);
	for (unsigned i = 0; i < count; i++)
		operation();
	end = clock_get_ns(CLOCK_BOOT);
	return (end - start - paused) / count;
}

static void
nothing(void)
{
}

static void
pause_only(void)
{
	bench_pause();
	bench_resume();
}

static void
calibrate(void)
{
	nothing();
	loop_cost = cost_of(nothing, 10000);
	pause_only();
	pause_cost = cost_of(pause_only, 10000) - loop_cost;
}

static void
measure(const struct bench_row *row)
{
	unsigned share = row->share != 0 ? row->share : 1;
	uint64_t cost;

	row->operation(); /* what only the first time costs */
	result = 0;
	cost = (cost_of(row->operation, row->count) - loop_cost) / share;
	if (result != 0)
		cost = result;
	printf(
	    "%s\t%llu\t%u\n", row->name, (unsigned long long)cost, row->target);
	fflush(stdout);
}

static bool
is_wanted(const char *name, char *const *words)
{
	bool wanted = *words == NULL;

	for (; *words != NULL && !wanted; words++)
		wanted = strstr(name, *words) != NULL;
	return wanted;
}

/* Once, or until somebody ends us. */
static void
run(const struct bench_row *row, bool for_ever)
{
	if (row->prepare != NULL && !row->prepare())
		return;
	measure(row);
	if (for_ever)
		for (;;)
			measure(row);
	if (row->finish != NULL)
		row->finish();
}

int
main(int argc, char **argv)
{
	bool for_ever = argc > 1 && strcmp(argv[1], "-f") == 0;
	char *const *words = argv + 1 + for_ever;

	calibrate();
	for (size_t i = 0; i < sizeof(tables) / sizeof(tables[0]); i++)
		for (const struct bench_row *row = tables[i]; row->name; row++)
			if (is_wanted(row->name, words))
				run(row, for_ever);
	printf("end\n");
	return 0;
}
