/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * See timer_call.h. `lock` guards the list. The thread ends when the list is
 * empty, so that it does not outlive all others, and begins with the first.
 */
#include "timer_call.h"

#include <mach/traps.h>

#include <pthread.h>
#include <servers/process_user.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "lock.h"
#include "process.h"
#include "thread.h"
#include "thread_call.h"

#define UPTIME 0         /* of clock_get_ns() */
#define AGAIN  1000000UL /* ns until a call is tried again */

struct timer_caller {
	struct timer_caller *next;
	void (*function)(union sigval);
	union sigval value;
	pthread_attr_t attributes;
	bool has_attributes;
	int timer;
	bool look;    /* the server knows better when it is due */
	bool armed;   /* it was set to expire when that was said */
	uint64_t due; /* uptime in ns; 0: it is not set */
};

static struct lock lock;
static struct timer_caller *callers;
static bool runs;        /* the thread, */
static pid_t runs_in;    /* in that process: after fork() not in the child */
static uint32_t changed; /* atomic; the thread waits for it */

/* When it is due; not before the server finds so, too. */
static uint64_t
ask(const struct timer_caller *caller)
{
	const proc_timer_t none = {PROC_FOREVER, 0};
	proc_timer_t left;

	if (proc_timer_set(__process.proc, caller->timer, 0, none, &left) !=
		KERN_SUCCESS ||
	    left.value == 0)
		return 0;
	return clock_get_ns(UPTIME) + left.value;
}

/* Call what is due; when the next will be, or 0. The lock is held. */
static uint64_t
call_due(void)
{
	uint64_t first = 0;

	for (struct timer_caller *at = callers; at != NULL; at = at->next) {
		uint64_t now = clock_get_ns(UPTIME);
		bool due = !at->look && at->due != 0 && at->due <= now;

		if (due && !__thread_call(at->function, at->value,
			       at->has_attributes ? &at->attributes : NULL))
			at->due = now + AGAIN;
		else if (due || at->look)
			at->due = ask(at);
		/* It may have expired since it was set. */
		if (at->look && at->armed && at->due == 0)
			at->due = now;
		at->look = false;
		if (at->due != 0 && (first == 0 || at->due < first))
			first = at->due;
	}
	return first;
}

static void *
run(void *cookie)
{
	sigset_t all;

	sigfillset(&all);
	pthread_sigmask(SIG_SETMASK, &all, NULL);
	for (;;) {
		uint32_t seen = __atomic_load_n(&changed, __ATOMIC_ACQUIRE);
		uint64_t due, now;

		__lock(&lock);
		due = call_due();
		if (callers == NULL) {
			runs = false;
			__unlock(&lock);
			return cookie;
		}
		__unlock(&lock);
		now = clock_get_ns(UPTIME);
		if (due == 0 || due > now)
			(void)ulock_wait(
			    &changed, seen, due == 0 ? 0 : due - now, 0);
	}
}

static void
tell(void)
{
	__atomic_fetch_add(&changed, 1, __ATOMIC_SEQ_CST);
	ulock_wake(&changed, 1, 0);
}

/* The lock is held. */
static bool
start(void)
{
	pthread_attr_t attributes;
	pthread_t thread;

	if (runs)
		return true;
	pthread_attr_init(&attributes);
	pthread_attr_setdetachstate(&attributes, PTHREAD_CREATE_DETACHED);
	runs = pthread_create(&thread, &attributes, run, NULL) == 0;
	return runs;
}

/* Timers are not the child's; its first thread is alone here. */
static void
forget(void)
{
	memset(&lock, 0, sizeof(lock));
	callers = NULL;
	runs = false;
	runs_in = getpid();
}

struct timer_caller *
__timer_call(int number, const struct sigevent *event)
{
	struct timer_caller *caller = calloc(1, sizeof(*caller));

	if (caller == NULL)
		return NULL;
	caller->function = event->sigev_notify_function;
	caller->value = event->sigev_value;
	caller->timer = number;
	if (event->sigev_notify_attributes != NULL) {
		caller->attributes = *event->sigev_notify_attributes;
		caller->has_attributes = true;
	}
	if (runs_in != getpid())
		forget();
	__lock(&lock);
	caller->next = callers;
	callers = caller;
	if (!start()) {
		callers = caller->next;
		free(caller);
		caller = NULL;
	}
	__unlock(&lock);
	return caller;
}

void
__timer_call_changed(struct timer_caller *caller, bool armed)
{
	if (runs_in != getpid())
		return;
	__lock(&lock);
	caller->look = true;
	caller->armed = armed;
	__unlock(&lock);
	tell();
}

void
__timer_call_end(struct timer_caller *caller)
{
	struct timer_caller **link = &callers;

	if (runs_in != getpid())
		forget();
	__lock(&lock);
	while (*link != NULL && *link != caller)
		link = &(*link)->next;
	if (*link != NULL)
		*link = caller->next;
	__unlock(&lock);
	free(caller);
	tell();
}
