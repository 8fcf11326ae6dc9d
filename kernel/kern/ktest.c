/* SPDX-License-Identifier: BSD-2-Clause */
#include <mach/mach_types.h>

#include <host_server.h>
#include <kern/host.h>
#include <kern/ktest.h>
#include <kern/panic.h>
#include <kern/printf.h>
#include <kern/sched.h>
#include <kern/task.h>
#include <kern/thread.h>
#include <kern/wait.h>
#include <thread_act_server.h>

extern const struct ktest __start_ktests[];
extern const struct ktest __stop_ktests[];

static unsigned count;
static unsigned failed;
static const char *running;

bool
ktest_ok(bool good, const char *what)
{
	printf(
	    "%sok %u - %s: %s\n", good ? "" : "not ", ++count, running, what);
	failed += !good;
	return good;
}

/* The first thread of a task of its own, still in the kernel. */
static void
ktest_thread(void)
{
	for (const struct ktest *test = __start_ktests; test < __stop_ktests;
	     test++) {
		running = test->name;
		test->function();
	}
	printf("1..%u\nktest: %u failed\n", count, failed);
	(void)host_reboot(&the_host, HOST_REBOOT_POWEROFF);
	panic("the machine cannot be switched off");
}

void
ktest_start(void)
{
	struct task *task;
	struct thread *thread;

	if (task_create_from(kernel_task, false, &task) != KERN_SUCCESS ||
	    thread_create_in(task, &thread) != KERN_SUCCESS)
		panic("no memory for the tests' task");
	thread->continuation = ktest_thread;
	thread_resume(thread);
	thread_release(thread);
	task_release(task);
}
