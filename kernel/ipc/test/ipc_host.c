/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * The kernel around ipc/ for its tests: threads, tasks, traps.
 */
#include "ipc_host.h"

#include <arch/timer.h>

#include <ipc/ipc_notify.h>
#include <ipc/mach_msg.h>
#include <kern/convert.h>
#include <kern/sched.h>
#include <kern/switch.h>
#include <kern/thread_init.h>
#include <kern/traps.h>
#include <pthread.h>
#include <setjmp.h>
#include <stdlib.h>
#include <string.h>

#include "../../arch/host/user.h"

struct host_thread {
	struct thread thread; /* first */
	pthread_t id;
	pthread_cond_t turn;
	void (*function)(void *);
	void *argument;
	jmp_buf trap; /* where thread_return() goes */
	bool done;
	bool returned; /* from its trap, by a thread that became it */
};

struct cpu host_cpu;
bool host_interrupts;
struct task *kernel_task;
void *host_buffer;
mach_port_name_t host_notify;

static struct host_thread test_thread;
static struct list run_queue = LIST_INITIALIZER(run_queue);
static pthread_mutex_t processor = PTHREAD_MUTEX_INITIALIZER;
static uint64_t uptime = 1000000000;
static unsigned handoffs;

/*
 * Whose stack this is. host_cpu.thread is who runs; the two differ from
 * thread_become() to the return from the trap.
 */
static __thread struct host_thread *own = &test_thread;

unsigned
host_handoffs(void)
{
	return handoffs;
}

uint64_t
clock_ticks_to_ns(uint64_t ticks)
{
	return ticks;
}

uint64_t
clock_uptime_ns(void)
{
	return uptime;
}

void
timer_set_deadline(uint64_t deadline)
{
	(void)deadline;
}

void
sched_quantum_check(uint64_t now)
{
	(void)now;
}

/* Priorities make no difference here. */
void
sched_boost_task(struct task *task, struct thread *donor)
{
	(void)task;
	(void)donor;
}

void
sched_enqueue(struct thread *thread)
{
	list_append(&run_queue, &thread->run_link);
}

void
sched_preempted(struct thread *self, bool yields)
{
	(void)yields;
	sched_enqueue(self);
}

bool
sched_waiting(void)
{
	return !list_empty(&run_queue);
}

/* Who runs next; the test's thread when nobody else can. */
static struct thread *
pick(void)
{
	struct list *first = list_first(&run_queue);

	if (first == NULL)
		return &test_thread.thread;
	list_remove(first);
	return list_entry(first, struct thread, run_link);
}

static void
switch_to(struct thread *next)
{
	host_cpu.thread = next;
	pthread_cond_signal(&((struct host_thread *)next)->turn);
	while (!own->done && host_cpu.thread != &own->thread)
		pthread_cond_wait(&own->turn, &processor);
}

/* It runs again after a wait with a continuation. */
static _Noreturn void
resume(void)
{
	continuation_t continuation = own->thread.continuation;

	if (own->returned) {
		own->returned = false;
		longjmp(own->trap, 1);
	}
	own->thread.continuation = NULL;
	continuation();
	abort();
}

static enum wait_result
wait_for_turn(struct thread *next, continuation_t continuation)
{
	struct thread *self = host_cpu.thread;

	if (self == &test_thread.thread) {
		printf("Bail out! the test itself waits\n");
		abort();
	}
	self->continuation = continuation;
	switch_to(next);
	if (continuation != NULL)
		resume();
	return self->wait_result;
}

enum wait_result
thread_block(continuation_t continuation)
{
	struct thread *self = host_cpu.thread;

	if (self->state == THREAD_WAITING)
		return wait_for_turn(pick(), continuation);
	if (continuation != NULL)
		continuation();
	return self->wait_result;
}

void
thread_become(
    struct thread *self, struct thread *next, continuation_t continuation)
{
	handoffs++;
	self->continuation = continuation;
	next->continuation = NULL;
	host_cpu.thread = next;
}

/* The stack that a thread left to its successor is its own again then. */
void
trap_return_value(uint64_t value)
{
	struct host_thread *self = (struct host_thread *)host_cpu.thread;

	trap_frame_set_result(&self->thread.arch.frame, value);
	self->thread.ast &= ~AST_STATE;
	if (self == own)
		longjmp(own->trap, 1);
	self->returned = true;
	switch_to(&self->thread);
	resume();
}

void
trap_return_success(struct thread *self)
{
	(void)self;
	trap_return_value(0);
}

void
mach_msg_long_way(mach_msg_size_t size)
{
	mach_msg_take_long_way(size);
}

void
thread_return(void)
{
	longjmp(((struct host_thread *)host_cpu.thread)->trap, 1);
}

void (*host_preempt)(void);

void
preempt_point(void)
{
	if (host_preempt != NULL)
		host_preempt();
}

struct ipc_space *
convert_port_to_space(mach_port_t handle)
{
	struct task *task =
	    ipc_kobject_get(ipc_port_from_handle(handle), IKOT_TASK);

	return task != NULL ? task->space : NULL;
}

static void *
thread_main(void *argument)
{
	struct host_thread *self = argument;

	own = self;
	pthread_mutex_lock(&processor);
	while (host_cpu.thread != &self->thread)
		pthread_cond_wait(&self->turn, &processor);
	self->function(self->argument);
	self->done = true;
	ipc_thread_destroy(&self->thread);
	ipc_reap();
	switch_to(pick());
	pthread_mutex_unlock(&processor);
	return NULL;
}

static void
thread_setup(struct host_thread *thread, struct task *task)
{
	pthread_cond_init(&thread->turn, NULL);
	thread->thread.task = task;
	list_init(&thread->thread.run_link);
	list_init(&thread->thread.wait_link);
	ipc_thread_init(&thread->thread);
	timeout_init(
	    &thread->thread.wait_timeout, thread_wait_expired, &thread->thread);
}

struct host_thread *
host_spawn(struct task *task, void (*function)(void *), void *argument)
{
	struct host_thread *thread = calloc(1, sizeof(*thread));

	thread_setup(thread, task);
	thread->function = function;
	thread->argument = argument;
	sched_enqueue(&thread->thread);
	if (pthread_create(&thread->id, NULL, thread_main, thread) != 0)
		abort();
	return thread;
}

void
host_run(void)
{
	if (!list_empty(&run_queue))
		switch_to(pick());
}

void
host_expire(uint64_t ms)
{
	uptime += ms * 1000000;
	timer_interrupt();
}

void
host_advance(uint64_t ms)
{
	host_expire(ms);
	host_run();
}

void
host_abort(struct host_thread *thread)
{
	thread_wake(&thread->thread, WAIT_INTERRUPTED);
	host_run();
}

bool
host_done(const struct host_thread *thread)
{
	return thread->done;
}

void
host_join(struct host_thread *thread)
{
	if (!thread->done) {
		printf("Bail out! a thread did not end\n");
		abort();
	}
	pthread_mutex_unlock(&processor);
	pthread_join(thread->id, NULL);
	pthread_mutex_lock(&processor);
	pthread_cond_destroy(&thread->turn);
	free(thread);
}

void
host_init(void)
{
	pthread_mutex_lock(&processor);
	thread_setup(&test_thread, NULL);
	host_cpu.thread = &test_thread.thread;
	ipc_init();
	test_thread.thread.task = host_task();
	kernel_task = host_task();
	host_buffer = host_user_alloc(2 * MACH_MSG_SIZE_MAX);
}

struct task *
host_task(void)
{
	struct task *task = calloc(1, sizeof(*task));

	task->alive = true;
	task->token = (security_token_t){{1000, 100}};
	if (ipc_space_create(&task->space) != KERN_SUCCESS)
		abort();
	return task;
}

void
host_task_end(struct task *task)
{
	ipc_space_destroy(task->space);
	free(task);
}

void
host_enter(struct task *task)
{
	test_thread.thread.task = task;
}

static mach_msg_return_t
trap(void *msg, mach_msg_option_t option, mach_msg_size_t send_size,
    mach_msg_size_t rcv_size, mach_port_name_t rcv_name,
    mach_msg_timeout_t timeout)
{
	struct host_thread *self = (struct host_thread *)host_cpu.thread;

	if (setjmp(self->trap) != 0)
		return (
		    mach_msg_return_t)((struct host_thread *)host_cpu.thread)
		    ->thread.arch.frame.result;
	if ((option & ~MACH_MSG_SHORT_OPTIONS) !=
	    (MACH_SEND_MSG | MACH_RCV_MSG))
		return (mach_msg_return_t)trap_mach_msg_trap((uintptr_t)msg,
		    (uint32_t)option, send_size, rcv_size, rcv_name, timeout,
		    host_notify);
	self->thread.ipc.call = (struct mach_msg_call){
	    .buffer = (uintptr_t)msg,
	    .option = option,
	    .rcv_size = rcv_size,
	    .rcv_name = rcv_name,
	};
	self->thread.ipc.short_room = rcv_size;
	if ((option & MACH_RCV_TRAILER_MASK) != 0)
		mach_msg_trailer_way((uintptr_t)msg, option, send_size,
		    rcv_size, rcv_name, &self->thread);
	mach_msg_short_way((uintptr_t)msg, option, send_size, rcv_size,
	    rcv_name, &self->thread);
}

uint64_t
host_trap(
    uint64_t (*function)(uint64_t, uint64_t), uint64_t first, uint64_t second)
{
	struct host_thread *self = (struct host_thread *)host_cpu.thread;

	if (setjmp(self->trap) != 0)
		return ((struct host_thread *)host_cpu.thread)
		    ->thread.arch.frame.result;
	return function(first, second);
}

/* A routine of a kernel object may send too: a trap within a trap. */
mach_msg_return_t
host_msg(void *msg, mach_msg_option_t option, mach_msg_size_t send_size,
    mach_msg_size_t rcv_size, mach_port_name_t rcv_name,
    mach_msg_timeout_t timeout)
{
	struct host_thread *self = (struct host_thread *)host_cpu.thread;
	struct mach_msg_call call = self->thread.ipc.call;
	mach_msg_return_t mr;
	jmp_buf outer;

	memcpy(&outer, &self->trap, sizeof(outer));
	mr = trap(msg, option, send_size, rcv_size, rcv_name, timeout);
	memcpy(&self->trap, &outer, sizeof(outer));
	self->thread.ipc.call = call;
	return mr;
}

mach_port_name_t
host_port(void)
{
	mach_port_name_t name = MACH_PORT_NULL;

	(void)mach_port_allocate(
	    current_task()->space, MACH_PORT_RIGHT_RECEIVE, &name);
	return name;
}

mach_port_type_t
host_type(mach_port_name_t name)
{
	mach_port_type_t type = 0;

	(void)mach_port_type(current_task()->space, name, &type);
	return type;
}

mach_port_urefs_t
host_refs(mach_port_name_t name, mach_port_right_t right)
{
	mach_port_urefs_t refs = 0;

	(void)mach_port_get_refs(current_task()->space, name, right, &refs);
	return refs;
}

mach_port_name_t
host_give_send(mach_port_name_t name, struct task *task)
{
	mach_msg_type_name_t type;
	mach_port_t handle;

	if (mach_port_extract_right(current_task()->space, name,
		MACH_MSG_TYPE_MAKE_SEND, &handle, &type) != KERN_SUCCESS)
		return MACH_PORT_NULL;
	return ipc_port_copyout_send(ipc_port_from_handle(handle), task->space);
}

kern_return_t
host_request(mach_port_name_t name, mach_msg_id_t id, mach_port_mscount_t sync,
    mach_port_name_t notify)
{
	struct ipc_space *space = current_task()->space;
	mach_port_t handle = MACH_PORT_NULL;
	mach_port_t previous = MACH_PORT_NULL;
	mach_msg_type_name_t type;
	kern_return_t kr;

	if (notify != MACH_PORT_NULL &&
	    mach_port_extract_right(space, notify, MACH_MSG_TYPE_MAKE_SEND_ONCE,
		&handle, &type) != KERN_SUCCESS)
		return KERN_FAILURE;
	kr = mach_port_request_notification(
	    space, name, id, sync, handle, &previous);
	if (kr != KERN_SUCCESS)
		ipc_right_release(handle, MACH_MSG_TYPE_PORT_SEND_ONCE);
	else
		ipc_right_release(previous, MACH_MSG_TYPE_PORT_SEND_ONCE);
	return kr;
}

mach_msg_return_t
host_send(
    mach_port_name_t dest, mach_msg_type_name_t disposition, mach_msg_id_t id)
{
	mach_msg_header_t *header = host_buffer;

	*header = (mach_msg_header_t){
	    .msgh_bits = MACH_MSGH_BITS(disposition, 0),
	    .msgh_remote_port = dest,
	    .msgh_id = id,
	};
	return host_msg(header, MACH_SEND_MSG | MACH_SEND_TIMEOUT,
	    sizeof(*header), 0, 0, 0);
}

int
host_receive(mach_port_name_t name)
{
	mach_msg_header_t *header = host_buffer;
	mach_msg_return_t mr =
	    host_msg(header, MACH_RCV_MSG | MACH_RCV_TIMEOUT, 0, 4096, name, 0);

	return mr == MACH_MSG_SUCCESS ? header->msgh_id : mr;
}
