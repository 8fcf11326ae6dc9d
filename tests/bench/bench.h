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

/*
 * A send right to a port on which a server does `serve`, which receives from it
 * until that fails: another task, a thread of this one. One at a time.
 */
extern mach_port_t bench_server_task(void (*serve)(mach_port_t port));
extern mach_port_t bench_server_thread(void (*serve)(mach_port_t port));
extern void bench_server_end(void);

/* The host's privileged port. */
extern mach_port_t bench_host(void);

/* Memory, anywhere; a word written to each of its pages. */
extern vm_address_t bench_allocate(vm_size_t size);
extern void bench_touch(vm_address_t address, vm_size_t size);
extern void bench_free(vm_address_t address, vm_size_t size);

/* Each ends with a row without a name. */
extern const struct bench_row bench_trap_rows[];
extern const struct bench_row bench_hw_rows[];
extern const struct bench_row bench_exception_rows[];
extern const struct bench_row bench_fault_rows[];
extern const struct bench_row bench_host_rows[];
extern const struct bench_row bench_pager_rows[];
extern const struct bench_row bench_rpc_rows[];
extern const struct bench_row bench_sync_rows[];
extern const struct bench_row bench_vm_rows[];
extern const struct bench_row bench_port_rows[];
extern const struct bench_row bench_memory_rows[];
extern const struct bench_row bench_disk_rows[];
extern const struct bench_row bench_task_rows[];
extern const struct bench_row bench_posix_rows[];
extern const struct bench_row bench_latency_rows[];

#endif
