/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Timers of POSIX. An expiration is a queued signal; one that comes while the
 * last is still pending is counted as an overrun. One that was set to a time of
 * the calendar remembers it and follows when that is set. One of processor time
 * is looked at whenever the process could have run as long as it has left.
 */
#include <mach/traps.h>

#include <errno.h>
#include <servers/process_server.h>
#include <stdlib.h>

#include "process.h"

#define CLOCK_BOOT     0
#define CLOCK_CALENDAR 1
#define TIMERS_ALL     8192 /* of all processes but user 0's */
#define OVERRUN_MAX    INT32_MAX
#define LOOK_MIN       1000000U /* ns between looks at processor time */

struct posix_timer {
	struct posix_timer *next;
	int id;
	int how;
	int signal;
	uint64_t value;
	uint64_t expires;  /* ns since boot, or 0 */
	uint64_t calendar; /* the same, ns since 1970, or 0: not set to that */
	bool is_cpu;
	uint64_t cpu; /* the same, ns of processor time; expires: look then */
	uint64_t interval;
	bool pending; /* its signal is in the queue */
	uint64_t overrun;
	uint64_t overrun_told; /* of the signal that was last accepted */
};

static unsigned count;
static uint64_t next = UINT64_MAX; /* not after the first expiration */

static struct posix_timer *
find(const struct process *process, int id)
{
	struct posix_timer *timer = process->timers;

	while (timer != NULL && timer->id != id)
		timer = timer->next;
	return timer;
}

void
posix_timer_told(struct posix_timer *timer)
{
	timer->pending = false;
	timer->overrun_told = timer->overrun;
	timer->overrun = 0;
}

kern_return_t
S_proc_timer_create(proc_t proc, int how, int signal, uint64_t value, int *id)
{
	struct process *process = process_of(proc);
	struct posix_timer *timer = NULL;
	struct posix_timer **link;

	if (process == NULL)
		return SERVER_ERROR(ESRCH);
	if (((how & ~PROC_TIMER_CPU) != PROC_TIMER_SIGNAL &&
		(how & ~PROC_TIMER_CPU) != PROC_TIMER_NONE) ||
	    ((how & PROC_TIMER_NONE) == 0 &&
		(signal <= 0 || signal >= SIGNAL_COUNT)))
		return SERVER_ERROR(EINVAL);
	/* The lowest number that is free; they are in order. */
	link = &process->timers;
	for (*id = 0; *link != NULL && (*link)->id == *id; ++*id)
		link = &(*link)->next;
	if (*id < PROC_TIMERS_MAX && (count < TIMERS_ALL || process->euid == 0))
		timer = calloc(1, sizeof(*timer));
	if (timer == NULL)
		return SERVER_ERROR(EAGAIN);
	timer->id = *id;
	timer->how = how & ~PROC_TIMER_CPU;
	timer->is_cpu = (how & PROC_TIMER_CPU) != 0;
	timer->signal = signal;
	timer->value = value;
	timer->next = *link;
	*link = timer;
	count++;
	return KERN_SUCCESS;
}

/* What it has sent stays pending. */
static void
destroy(struct process *process, struct posix_timer **link)
{
	struct posix_timer *timer = *link;

	for (struct pending *at = process->queue; at != NULL; at = at->next) {
		if (at->timer == timer)
			at->timer = NULL;
	}
	*link = timer->next;
	free(timer);
	count--;
}

void
posix_timer_forget(struct process *process)
{
	while (process->timers != NULL)
		destroy(process, &process->timers);
}

kern_return_t
S_proc_timer_delete(proc_t proc, int id)
{
	struct process *process = process_of(proc);
	struct posix_timer **link;

	if (process == NULL)
		return SERVER_ERROR(ESRCH);
	link = &process->timers;
	while (*link != NULL && (*link)->id != id)
		link = &(*link)->next;
	if (*link == NULL)
		return SERVER_ERROR(EINVAL);
	destroy(process, link);
	return KERN_SUCCESS;
}

kern_return_t
S_proc_timer_overrun(proc_t proc, int id, int *overrun)
{
	struct process *process = process_of(proc);
	const struct posix_timer *timer;

	if (process == NULL)
		return SERVER_ERROR(ESRCH);
	timer = find(process, id);
	if (timer == NULL)
		return SERVER_ERROR(EINVAL);
	*overrun = timer->overrun_told < OVERRUN_MAX ? (int)timer->overrun_told
						     : OVERRUN_MAX;
	return KERN_SUCCESS;
}

static void
expire(struct process *process, struct posix_timer *timer, uint64_t now)
{
	const struct signal_info info = {
	    .code = SI_TIMER, .value = timer->value};
	uint64_t due = timer->is_cpu ? timer->cpu : timer->expires;
	uint64_t times = 1;

	if (timer->interval == 0) {
		timer->expires = 0;
	} else {
		times += (now - due) / timer->interval;
		timer->cpu += times * timer->interval;
		timer->expires += times * timer->interval;
		if (timer->calendar != 0)
			timer->calendar += times * timer->interval;
	}
	if (timer->how == PROC_TIMER_NONE)
		return;
	if (timer->pending) {
		timer->overrun += times;
		return;
	}
	timer->overrun = times - 1;
	timer->pending = true;
	if (signal_queue(process, timer->signal, &info, timer) != 0)
		timer->pending = false;
}

/* Was its signal of no interest to anybody? */
static bool
is_queued(const struct process *process, const struct posix_timer *timer)
{
	for (const struct pending *at = process->queue; at != NULL;
	     at = at->next) {
		if (at->timer == timer)
			return true;
	}
	return false;
}

/* It cannot be due before all that it has left has passed. */
static void
set_look(struct posix_timer *timer, uint64_t now, uint64_t used)
{
	uint64_t left = timer->cpu > used ? timer->cpu - used : 0;

	if (left < LOOK_MIN)
		left = LOOK_MIN;
	timer->expires = left < UINT64_MAX - now ? now + left : UINT64_MAX;
}

static void
look(struct process *process, struct posix_timer *timer, uint64_t now)
{
	uint64_t used = usage_cpu_time(process->task);

	if (timer->cpu <= used)
		expire(process, timer, used);
	if (timer->expires != 0)
		set_look(timer, now, used);
}

static void
expire_all(struct process *process, uint64_t now)
{
	for (struct posix_timer *timer = process->timers; timer != NULL;
	     timer = timer->next) {
		if (timer->expires != 0 && timer->expires <= now) {
			if (timer->is_cpu)
				look(process, timer, now);
			else
				expire(process, timer, now);
			if (timer->pending && !is_queued(process, timer))
				timer->pending = false;
		}
		if (timer->expires != 0 && timer->expires < next)
			next = timer->expires;
	}
}

/* When it is a time of the calendar; at once if it has passed. */
static uint64_t
uptime_at(uint64_t calendar, uint64_t now)
{
	uint64_t today = clock_get_ns(CLOCK_CALENDAR);

	if (calendar >= today)
		return now + (calendar - today);
	return today - calendar < now ? now - (today - calendar) : 1;
}

static void
set_cpu(const struct process *process, struct posix_timer *timer, uint64_t now,
    int clock, const proc_timer_t *setting)
{
	uint64_t used = usage_cpu_time(process->task);
	uint64_t value = setting->value;

	timer->expires = 0;
	timer->interval = setting->interval;
	timer->overrun = 0;
	if (value == 0)
		return;
	if (clock == 0)
		value = value < UINT64_MAX - used ? used + value : UINT64_MAX;
	timer->cpu = value;
	set_look(timer, now, used);
	if (timer->expires < next)
		next = timer->expires;
}

static uint64_t
time_left(const struct process *process, const struct posix_timer *timer,
    uint64_t now)
{
	uint64_t due = timer->is_cpu ? timer->cpu : timer->expires;

	if (timer->expires == 0)
		return 0;
	if (timer->is_cpu)
		now = usage_cpu_time(process->task);
	return due > now ? due - now : 1;
}

static void
set(struct posix_timer *timer, uint64_t now, int clock,
    const proc_timer_t *setting)
{
	uint64_t value = setting->value;

	timer->calendar = clock == PROC_TIMER_CALENDAR ? value : 0;
	if (value != 0 && clock == 0)
		value = value < UINT64_MAX - now ? now + value : UINT64_MAX;
	else if (timer->calendar != 0)
		value = uptime_at(value, now);
	timer->expires = value;
	timer->interval = setting->interval;
	timer->overrun = 0;
	if (value != 0 && value < next)
		next = value;
}

kern_return_t
S_proc_timer_set(
    proc_t proc, int id, int clock, proc_timer_t setting, proc_timer_t *old)
{
	struct process *process = process_of(proc);
	uint64_t now = clock_get_ns(CLOCK_BOOT);
	struct posix_timer *timer;

	if (process == NULL)
		return SERVER_ERROR(ESRCH);
	timer = find(process, id);
	if (timer == NULL)
		return SERVER_ERROR(EINVAL);
	if (timer->expires != 0 && timer->expires <= now)
		expire_all(process, now);
	old->value = time_left(process, timer, now);
	old->interval = timer->interval;
	if (setting.value != PROC_FOREVER && timer->is_cpu)
		set_cpu(process, timer, now, clock, &setting);
	else if (setting.value != PROC_FOREVER)
		set(timer, now, clock, &setting);
	return KERN_SUCCESS;
}

void
posix_timer_calendar_set(void)
{
	uint64_t now = clock_get_ns(CLOCK_BOOT);

	for (struct process *p = table_first(); p != NULL; p = p->next) {
		for (struct posix_timer *at = p->timers; at; at = at->next) {
			if (at->expires == 0 || at->calendar == 0)
				continue;
			at->expires = uptime_at(at->calendar, now);
			if (at->expires < next)
				next = at->expires;
		}
	}
}

mach_msg_timeout_t
posix_timer_poll(void)
{
	uint64_t now;

	if (next == UINT64_MAX)
		return 0;
	now = clock_get_ns(CLOCK_BOOT);
	if (next <= now) {
		next = UINT64_MAX;
		for (struct process *p = table_first(); p != NULL; p = p->next)
			expire_all(p, now);
	}
	return timer_ms(now, next);
}
