/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * The traps of mach/traps.tbl that belong to threads, the scheduler and the
 * clock. Those of ipc/ and vm/ stand there. Arguments come as the user's
 * registers, each as wide as a register; narrow ones are cast here.
 */
#include <arch/copy.h>
#include <arch/timer.h>

#include <device/console.h>
#include <ipc/ipc_kobject.h>
#include <ipc/ipc_port.h>
#include <ipc/ipc_space.h>
#include <kern/calendar.h>
#include <kern/convert.h>
#include <kern/host.h>
#include <kern/processor_set.h>
#include <kern/sched.h>
#include <kern/string.h>
#include <kern/traps.h>

/* One more send right to a port, most often under the name of the last time. */
static inline uint64_t
name_for(struct ipc_port *port, mach_port_name_t *last)
{
	struct ipc_space *space = current_task()->space;
	struct ipc_entry *entry =
	    ipc_entry_with(space, *last, MACH_PORT_TYPE_SEND);

	if (entry != NULL && entry->object == &port->object &&
	    entry->urefs < MACH_PORT_UREFS_MAX && port->object.active) {
		entry->urefs++;
		port->mscount++;
		return *last;
	}
	*last = ipc_port_give_send(port, space);
	return *last;
}

uint64_t
trap_mach_thread_self(void)
{
	struct thread *self = current_thread();

	return name_for(self->self_port, &self->self_name);
}

uint64_t
trap_mach_task_self(void)
{
	struct task *task = current_task();

	return name_for(task->self_port, &task->self_name);
}

uint64_t
trap_mach_host_self(void)
{
	return ipc_port_give_send(the_host.port, current_task()->space);
}

#define PRINT_MAX 256

uint64_t
trap_mach_print(uint64_t text)
{
	char buffer[PRINT_MAX];

	if (!copyinstr(text, buffer, sizeof(buffer)))
		return KERN_INVALID_ADDRESS;
	console_write(buffer, strlen(buffer));
	return KERN_SUCCESS;
}

/* Did another thread get the processor? */
uint64_t
trap_swtch(void)
{
	bool others = sched_waiting();

	if (others) {
		trap_frame_set_result(&current_thread()->arch.frame, 1);
		thread_yield(thread_return);
	}
	return others;
}

static uint64_t
deadline_after(uint64_t ns)
{
	uint64_t now = clock_uptime_ns();

	return ns < WAIT_FOREVER - now ? now + ns : WAIT_FOREVER - 1;
}

uint64_t
trap_swtch_pri(uint64_t priority)
{
	(void)priority;
	if (!sched_waiting())
		return 0;
	trap_frame_set_result(&current_thread()->arch.frame, 1);
	thread_depress(deadline_after(SCHED_QUANTUM_NS), NULL);
	return 0;
}

static struct wait_queue sleep_queue = {LIST_INITIALIZER(sleep_queue.threads)};

/* Wait until a time; woken early only by thread_abort. */
static uint64_t
sleep_until(uint64_t deadline)
{
	thread_wait(&sleep_queue, WAIT_INTERRUPTIBLE, deadline);
	return thread_block(NULL) == WAIT_INTERRUPTED ? KERN_ABORTED
						      : KERN_SUCCESS;
}

static uint64_t
after_ms(uint64_t ms)
{
	return deadline_after((uint64_t)(natural_t)ms * 1000000U);
}

/* The thread of that name, if it could run and does not; else NULL. */
static struct thread *
hinted(uint64_t name)
{
	kern_return_t kr;
	struct thread *thread =
	    convert_name((mach_port_name_t)name, IKOT_THREAD, &kr);

	return thread != NULL && thread->state == THREAD_RUNNABLE &&
		       thread != current_thread() &&
		       thread->pset == &default_pset
		   ? thread
		   : NULL;
}

static uint64_t
switch_and_sleep(struct thread *next, uint64_t deadline)
{
	struct thread *self = current_thread();

	if (next == NULL)
		return sleep_until(deadline);
	thread_wait(&sleep_queue, WAIT_INTERRUPTIBLE, deadline);
	if (self->state == THREAD_WAITING)
		(void)thread_run(next, NULL);
	return self->wait_result == WAIT_INTERRUPTED ? KERN_ABORTED
						     : KERN_SUCCESS;
}

uint64_t
trap_thread_switch(uint64_t name, uint64_t option, uint64_t timeout_ms)
{
	struct thread *self = current_thread();
	struct thread *next = hinted(name);

	switch ((int)option) {
	case SWITCH_OPTION_NONE:
		if (!sched_waiting())
			return KERN_SUCCESS;
		trap_frame_set_result(&self->arch.frame, KERN_SUCCESS);
		if (next == NULL)
			thread_yield(thread_return);
		sched_enqueue(self);
		(void)thread_run(next, thread_return);
		return KERN_SUCCESS;
	case SWITCH_OPTION_DEPRESS:
		trap_frame_set_result(&self->arch.frame, KERN_SUCCESS);
		thread_depress((natural_t)timeout_ms == 0
				   ? WAIT_FOREVER
				   : after_ms(timeout_ms),
		    next);
		return KERN_SUCCESS;
	case SWITCH_OPTION_WAIT:
		return switch_and_sleep(next, after_ms(timeout_ms));
	default:
		return KERN_INVALID_ARGUMENT;
	}
}

uint64_t
trap_clock_sleep(uint64_t nanoseconds)
{
	return sleep_until(deadline_after(nanoseconds));
}

uint64_t
trap_clock_get_ns(uint64_t clock)
{
	struct thread *self = current_thread();

	switch ((int)clock) {
	case 0:
		return clock_uptime_ns();
	case 2:
		sched_charge(self, self);
		return task_run_time(self->task);
	case 3:
		sched_charge(self, self);
		return thread_run_time(self);
	default:
		return (uint64_t)calendar_time();
	}
}

uint64_t
trap_thread_set_self_state(uint64_t flavor, uint64_t state, uint64_t count)
{
	thread_state_data_t words;
	kern_return_t kr;

	if ((natural_t)count > THREAD_STATE_MAX)
		return KERN_INVALID_ARGUMENT;
	if (!copyin(state, words, (natural_t)count * sizeof(words[0])))
		return KERN_INVALID_ADDRESS;
	kr = thread_state_set(
	    current_thread(), (int)flavor, words, (natural_t)count);
	if (kr != KERN_SUCCESS || (int)flavor != THREAD_STATE_GENERAL)
		return (uint64_t)kr;
	thread_return();
}
