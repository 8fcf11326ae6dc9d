/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Tasks, threads, the scheduler's queues.
 */
#include <arch/debug.h>
#include <arch/timer.h>

#include <ddb/ddb.h>
#include <ipc/ipc_kmsg.h>
#include <ipc/ipc_mqueue.h>
#include <ipc/ipc_port.h>
#include <ipc/ipc_space.h>
#include <kern/ksyms.h>
#include <kern/printf.h>
#include <kern/sched.h>
#include <kern/string.h>
#include <kern/task.h>
#include <kern/timeout.h>
#include <vm/vm_kernel.h>

/* The function that a thread with a stack called to wait. */
static vaddr_t
blocked_in(struct thread *thread)
{
	static const char *const waiting[] = {
	    "switch_to", "thread_block", "thread_preempt"};
	const char *name;
	uint64_t offset;
	vaddr_t fp, pc;
	unsigned i = 0;

	context_resume_point(thread, &fp, &pc);
	while (i < 3) {
		name = ksym_find(pc, &offset);
		for (i = 0; i < 3; i++)
			if (name != NULL && strcmp(name, waiting[i]) == 0)
				break;
		if (i < 3 && !debug_unwind(&fp, &pc))
			break;
	}
	return pc;
}

static void
print_wait(struct thread *thread)
{
	const struct ipc_object *object = ipc_mqueue_waited_on(thread);
	const struct ipc_kmsg *kmsg = thread->ipc.kmsg;

	if (object != NULL)
		printf("receives from %s %lx",
		    object->type == IPC_OBJECT_PORT ? "port" : "set",
		    (vaddr_t)object);
	else if (kmsg != NULL)
		printf("sends to port %lx", (vaddr_t)ipc_kmsg_remote(kmsg));
	else
		printf("waits");
	printf(" in ");
	ddb_print_symbol(thread->kstack != NULL
			     ? blocked_in(thread)
			     : (vaddr_t)thread->continuation);
}

void
ddb_print_thread(struct thread *thread)
{
	static const char *const states[] = {
	    [THREAD_RUNNABLE] = "can run",
	    [THREAD_STOPPED] = "stopped",
	    [THREAD_DEAD] = "dead",
	};

	if (thread == current_thread())
		printf("runs");
	else if (thread->state == THREAD_WAITING)
		print_wait(thread);
	else
		printf("%s", states[thread->state]);
}

static void
print_threads(struct task *task)
{
	unsigned number = 0;

	list_for_each (node, &task->threads) {
		struct thread *thread =
		    list_entry(node, struct thread, task_link);

		ddb_poll();
		printf("    .%-2u %lx %2d ", number++, (vaddr_t)thread,
		    thread->priority);
		if (task == kernel_task)
			printf("%s ", thread->name);
		ddb_print_thread(thread);
		printf("\n");
	}
}

static void
print_tasks(bool threads)
{
	struct task *task = NULL;
	unsigned number = 0;

	while ((task = ddb_task_next(task)) != NULL) {
		printf("#%-2u %lx %-12s %u threads", number++, (vaddr_t)task,
		    task->name, task->thread_count);
		if (task->space != NULL)
			printf(", %u names", task->space->names);
		if (task->map != NULL)
			printf(
			    ", %lu KB", vm_map_resident_size(task->map) >> 10);
		printf("%s%s\n", task->alive ? "" : ", dead",
		    task->suspend_count > 0 ? ", suspended" : "");
		if (threads)
			print_threads(task);
	}
}

void
ddb_ps(const struct ddb_args *args)
{
	(void)args;
	print_tasks(true);
}

void
ddb_show_tasks(const struct ddb_args *args)
{
	(void)args;
	print_tasks(false);
}

void
ddb_show_task(const struct ddb_args *args)
{
	struct task *task = ddb_task(args, 0);

	printf("task %lx %s, references %u, alive %d, suspended %d\n",
	    (vaddr_t)task, task->name, task->references, task->alive,
	    task->suspend_count);
	printf("space %lx map %lx port %lx exceptions to %lx bootstrap %lx\n",
	    (vaddr_t)task->space, (vaddr_t)task->map, (vaddr_t)task->self_port,
	    (vaddr_t)task->exceptions.action[EXC_BAD_ACCESS].port,
	    (vaddr_t)task->bootstrap_port);
	print_threads(task);
}

void
ddb_show_thread(const struct ddb_args *args)
{
	struct thread *thread = ddb_thread(args, 0);

	printf("thread %lx %s of %s, references %u, ", (vaddr_t)thread,
	    thread->name, thread->task->name, thread->references);
	ddb_print_thread(thread);
	printf("\npriority %d (base %d), ran %lu us, suspended %d, ast %x\n",
	    thread->priority, thread->base_priority,
	    thread_run_time(thread) / 1000, thread->suspend_count, thread->ast);
	printf("stack %lx queue %lx port %lx exceptions to %lx\n",
	    (vaddr_t)thread->kstack,
	    thread->state == THREAD_WAITING ? (vaddr_t)thread->wait_queue : 0,
	    (vaddr_t)thread->self_port, (vaddr_t)thread->exceptions);
}

void
ddb_show_runq(const struct ddb_args *args)
{
	(void)args;
	printf("running: %s\n", current_thread()->name);
	for (int priority = 0; priority < PRIORITY_COUNT; priority++)
		list_for_each (node, sched_queue(priority))
			printf("%2d %lx %s\n", priority,
			    (vaddr_t)list_entry(node, struct thread, run_link),
			    list_entry(node, struct thread, run_link)->name);
}

void
ddb_show_timeouts(const struct ddb_args *args)
{
	uint64_t now = clock_uptime_ns();
	const struct timeout *timeout = NULL;

	(void)args;
	while ((timeout = timeout_next(timeout)) != NULL) {
		ddb_poll();
		printf(
		    "in %ld us: ", (int64_t)(timeout->deadline - now) / 1000);
		ddb_print_symbol((vaddr_t)timeout->function);
		if (timeout->function == thread_wait_expired)
			printf(
			    " %s", ((struct thread *)timeout->argument)->name);
		printf(" %lx\n", (vaddr_t)timeout->argument);
	}
}
