/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * A kernel for the tests of ipc/: memory with fault injection and a leak
 * count, tasks, and threads that are host threads of which one runs at a time.
 * The test's own thread is one of them, in the first task.
 */
#ifndef IPC_TEST_IPC_HOST_H
#define IPC_TEST_IPC_HOST_H

#include <mach/mach_types.h>

#include <ipc/ipc_kmsg.h>
#include <ipc/ipc_kobject.h>
#include <ipc/ipc_port.h>
#include <ipc/ipc_right.h>
#include <ipc/ipc_space.h>
#include <ipc/mach_port.h>
#include <kern/task.h>
#include <kern/thread.h>
#include <libtest/test.h>
#include <vm/vm_kernel.h>

/* Before anything else. */
extern void host_init(void);

/* Objects of all caches and of kalloc that are in use. */
extern size_t host_in_use(void);

/* Let the n-th allocation from now fail (1: the next), and only it; 0: none. */
extern void host_fail_allocation(unsigned n);

/* Did that allocation happen? */
extern bool host_failed(void);

extern struct task *host_task(void);
extern void host_task_end(struct task *task);

/* The test's own thread now acts in `task`. */
extern void host_enter(struct task *task);

/* What preempt_point() calls: what others do meanwhile. */
extern void (*host_preempt)(void);

struct host_thread;

/* A thread of `task` that runs `function`; runs at the next host_run(). */
extern struct host_thread *host_spawn(
    struct task *task, void (*function)(void *argument), void *argument);

/* Run the others until all of them wait or are done. */
extern void host_run(void);

/* How often a thread was handed the processor. */
extern unsigned host_handoffs(void);

/* Time passes; deadlines fire, then host_run(). */
extern void host_advance(uint64_t ms);

/* The deadlines alone; whom they wake does not run yet. */
extern void host_expire(uint64_t ms);

/* End the thread's wait as thread_abort would, then host_run(). */
extern void host_abort(struct host_thread *thread);

/* The thread must be done: frees it. */
extern bool host_done(const struct host_thread *thread);
extern void host_join(struct host_thread *thread);

/* The trap, as user code of the current thread sees it. */
extern mach_msg_return_t host_msg(void *msg, mach_msg_option_t option,
    mach_msg_size_t send_size, mach_msg_size_t rcv_size,
    mach_port_name_t rcv_name, mach_msg_timeout_t timeout);

/* Another trap, which may give the processor to another thread. */
extern uint64_t host_trap(
    uint64_t (*function)(uint64_t, uint64_t), uint64_t first, uint64_t second);

/* What host_msg() passes for `notify`. */
extern mach_port_name_t host_notify;

/* Shorthands on the current task's space. */
extern mach_port_name_t host_port(void);
extern mach_port_type_t host_type(mach_port_name_t name);
extern mach_port_urefs_t host_refs(
    mach_port_name_t name, mach_port_right_t right);

/* A send right to the port of `name` here, for `task`; its name there. */
extern mach_port_name_t host_give_send(
    mach_port_name_t name, struct task *task);

/* Ask for a notification of `name` at the port of `notify`. */
extern kern_return_t host_request(mach_port_name_t name, mach_msg_id_t id,
    mach_port_mscount_t sync, mach_port_name_t notify);

/* A page of user memory for messages. */
extern void *host_buffer;

/* Send a header with id to `dest`. */
extern mach_msg_return_t host_send(
    mach_port_name_t dest, mach_msg_type_name_t disposition, mach_msg_id_t id);

/* Receive into host_buffer without waiting; its id, or the error. */
extern int host_receive(mach_port_name_t name);

#endif
