/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * A machine for the tests of vm/: an arena as physical memory, one processor,
 * one thread. With vm_host_kernel.c also a clock, ports, and a pager that runs
 * whenever the thread blocks; with vm_host_alloc.c allocations that fail.
 */
#ifndef VM_TEST_VM_HOST_H
#define VM_TEST_VM_HOST_H

#include <mach/mach_types.h>

#include <arch/types.h>

struct ipc_port;
struct vm_map;

/* Memory of `bytes` at a physical address that is not 0; vm_page_init(). */
extern void vm_host_memory(size_t bytes);

/* All of it: memory, slab, vm. */
extern void vm_host_start(size_t bytes);

/* The n-th allocation from now (from 0) fails; -1: none. */
extern int vm_host_fail_in;

/* Nothing leaks: frames free or in slabs, objects in slabs. */
struct vm_host_usage {
	uint64_t frames;
	uint64_t objects;
};
extern struct vm_host_usage vm_host_usage(void);
extern bool vm_host_same(struct vm_host_usage before);

/* What user code does: through the tables, faulting as it must. */
extern kern_return_t vm_host_touch(
    struct vm_map *map, vm_address_t address, vm_prot_t access);
extern int vm_host_load(struct vm_map *map, vm_address_t address);
extern kern_return_t vm_host_store(
    struct vm_map *map, vm_address_t address, int value);

/* What the kernel told the pager of a port. */
enum vm_host_event {
	PAGER_INIT,
	PAGER_TERMINATE,
	PAGER_REQUEST,
	PAGER_UNLOCK,
	PAGER_RETURN,
	PAGER_LOCK_COMPLETED,
};

struct vm_host_message {
	enum vm_host_event event;
	mach_port_t port;
	mach_port_t control;
	vm_offset_t offset;
	vm_size_t size;
	vm_prot_t access;
	void *data; /* struct vm_map_copy of PAGER_RETURN */
	bool dirty;
	bool kept;
};

/* Called for each message when the thread blocks. */
extern void (*vm_host_pager)(const struct vm_host_message *message);
extern void vm_host_deliver(void);

/* A port that is no kernel object: one send right for the caller. */
extern mach_port_t vm_host_port(void);
extern void vm_host_port_kill(mach_port_t port);
extern unsigned vm_host_port_rights(mach_port_t port);

#endif
