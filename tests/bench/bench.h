/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * What machbench is made of: tables of rows, a row an operation. It is done
 * `count` times between two looks at the clock; what it does between
 * bench_pause() and bench_resume() is not counted.
 */
#ifndef TESTS_BENCH_H
#define TESTS_BENCH_H

#include <mach/mach_types.h>

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define PAGE 4096UL
#define MEGA (1024UL * 1024)

struct bench_row {
	const char *name;
	unsigned count;
	unsigned target; /* what we want it to cost; 0: nobody has said */
	void (*operation)(void);
	bool (*prepare)(void); /* before, or NULL; false: it cannot be done */
	void (*finish)(void);  /* after, or NULL */
	unsigned share;        /* of what one costs this is one; 0: all */
};

extern void bench_pause(void);
extern void bench_resume(void);

/* The row says this, not what its operations took. */
extern void bench_result(uint64_t result);

/* A measurement cannot go on: say so, and end. */
extern _Noreturn void bench_fail(const char *what);

/* A receive right with a send right beside it. */
extern mach_port_t bench_port(void);

/* Each ends with a row without a name. */
extern const struct bench_row bench_trap_rows[];
extern const struct bench_row bench_rpc_rows[];
extern const struct bench_row bench_port_rows[];
extern const struct bench_row bench_memory_rows[];
extern const struct bench_row bench_disk_rows[];
extern const struct bench_row bench_task_rows[];
extern const struct bench_row bench_posix_rows[];
extern const struct bench_row bench_latency_rows[];

#endif
