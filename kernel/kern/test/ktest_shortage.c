/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Tasks, threads and what they own without memory: each made with the first
 * allocation failing, the second, until none did. It is an error, the task can
 * be ended as ever, and nothing is left over.
 */
#include <ipc/ipc_kobject.h>
#include <kern/ktest.h>
#include <kern/sched.h>
#include <kern/slab.h>
#include <kern/task.h>
#include <kern/thread.h>
#include <sync_server.h>
#include <task_server.h>
#include <vm/vm_kernel.h>

#define TRIES 100

static size_t
objects(void)
{
	size_t count = 0;

	list_for_each (link, slab_cache_list())
		count += list_entry(link, struct slab_cache, link)->in_use;
	return count;
}

static kern_return_t
make_task(struct task *task)
{
	struct task *child;
	kern_return_t kr = task_create_from(task, true, &child);

	if (kr == KERN_SUCCESS) {
		(void)task_terminate(child);
		task_release(child);
	}
	return kr;
}

static kern_return_t
make_thread(struct task *task)
{
	struct thread *thread;
	kern_return_t kr = thread_create_in(task, &thread);

	if (kr == KERN_SUCCESS)
		thread_release(thread);
	return kr;
}

static void
give_up(kern_return_t kr, mach_port_t port)
{
	if (kr == KERN_SUCCESS)
		ipc_port_release_send(ipc_port_from_handle(port));
}

static kern_return_t
make_semaphore(struct task *task)
{
	mach_port_t port;
	kern_return_t kr = semaphore_create(task, &port, 0, 1);

	give_up(kr, port);
	return kr;
}

static kern_return_t
make_lock_set(struct task *task)
{
	mach_port_t port;
	kern_return_t kr = lock_set_create(task, &port, 3, 0);

	give_up(kr, port);
	return kr;
}

static kern_return_t
make_emulation(struct task *task)
{
	return task_set_emulation(task, VM_PAGE_SIZE, 5);
}

static kern_return_t
make_samples(struct task *task)
{
	int microseconds = 1000;

	return task_enable_pc_sampling(task, &microseconds, 1);
}

static kern_return_t
make_memory(struct task *task)
{
	vm_address_t address = 0;

	return vm_map_allocate(
	    task->map, &address, VM_PAGE_SIZE, true, VM_PROT_READ);
}

/* Threads that were ended come to it when they run. */
static bool
settles(size_t before)
{
	for (unsigned tries = 0; tries < 1000; tries++) {
		if (objects() == before)
			return true;
		thread_preempt(NULL);
	}
	return false;
}

/* With the n-th allocation failing; *failed: it came to n. */
static bool
one_try(kern_return_t (*make)(struct task *), unsigned n, bool *failed)
{
	size_t before = objects();
	struct task *task;
	kern_return_t kr;

	if (task_create_from(current_task(), false, &task) != KERN_SUCCESS)
		return false;
	slab_fail_in = n;
	kr = make(task);
	*failed = slab_fail_in == 0;
	slab_fail_in = 0;
	(void)task_terminate(task);
	task_release(task);
	return kr == (*failed ? KERN_RESOURCE_SHORTAGE : KERN_SUCCESS) &&
	       settles(before);
}

static void
check(kern_return_t (*make)(struct task *), const char *what)
{
	bool failed = false;
	bool good;
	unsigned n = 0;

	(void)one_try(make, TRIES, &failed); /* what caches keep */
	do
		good = one_try(make, ++n, &failed);
	while (good && failed && n < TRIES);
	ktest_ok(good && n > 1 && n < TRIES, what);
}

KTEST(shortage)
{
	check(make_task, "no memory for a task");
	check(make_thread, "for a thread");
	check(make_semaphore, "for a semaphore");
	check(make_lock_set, "for a lock set");
	check(make_emulation, "for an emulation vector");
	check(make_samples, "for samples");
	check(make_memory, "for memory");
}
