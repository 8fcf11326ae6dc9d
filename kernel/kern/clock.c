/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Clocks and their alarms.
 *
 * An alarm has its message from the start, for there may be no memory when it
 * is due; it counts as a message that the task has under way. It is its task's:
 * only who has a receive right can make the right that the alarm is for. So it
 * goes with the task.
 */
#include <mach/mig_errors.h>

#include <arch/timer.h>

#include <clock_server.h>
#include <ipc/ipc_kmsg.h>
#include <ipc/ipc_mqueue.h>
#include <ipc/ipc_quota.h>
#include <ipc/ipc_space.h>
#include <kern/calendar.h>
#include <kern/clock.h>
#include <kern/convert.h>
#include <kern/panic.h>
#include <kern/slab.h>
#include <kern/task_ports.h>
#include <kern/timeout.h>

#define CLOCKS         2
#define ALARM_REPLY_ID 3125107

IPC_KOBJECT_SUBSYSTEM(clock);

struct clock {
	struct ipc_port *service;
	struct ipc_port *control;
};

struct alarm {
	struct list link; /* task->alarms */
	struct timeout timeout;
	struct ipc_kmsg *kmsg;
	int64_t time;  /* by the calendar, if it is */
	bool calendar; /* an absolute time of that clock */
};

#pragma pack(push, 4)
struct alarm_reply {
	mach_msg_header_t header;
	NDR_record_t ndr;
	kern_return_t code;
	alarm_type_t type;
	mach_timespec_t time;
};
#pragma pack(pop)

static struct clock clocks[CLOCKS]; /* by clock_id_t */

void
clock_init(void)
{
	for (int i = 0; i < CLOCKS; i++) {
		clocks[i].service = ipc_kobject_alloc(IKOT_CLOCK, &clocks[i]);
		clocks[i].control =
		    ipc_kobject_alloc(IKOT_CLOCK_CTRL, &clocks[i]);
		if (clocks[i].service == NULL || clocks[i].control == NULL)
			panic("no memory for the clocks");
	}
}

static bool
is_calendar(const struct clock *clock)
{
	return clock == &clocks[CALENDAR_CLOCK];
}

static int64_t
clock_time(const struct clock *clock)
{
	return is_calendar(clock) ? calendar_time()
				  : (int64_t)clock_uptime_ns();
}

static mach_timespec_t
to_timespec(int64_t time)
{
	return (mach_timespec_t){(uint32_t)((uint64_t)time / NSEC_PER_SEC),
	    (clock_res_t)((uint64_t)time % NSEC_PER_SEC)};
}

static bool
from_timespec(mach_timespec_t time, int64_t *ns)
{
	*ns = (int64_t)time.tv_sec * NSEC_PER_SEC + time.tv_nsec;
	return time.tv_nsec >= 0 && time.tv_nsec < NSEC_PER_SEC;
}

static kern_return_t
give_port(bool host, int id, bool control, mach_port_t *port)
{
	if (!host)
		return KERN_INVALID_HOST;
	if (id < 0 || id >= CLOCKS)
		return KERN_INVALID_ARGUMENT;
	*port = ipc_port_to_handle(ipc_port_make_send(
	    control ? clocks[id].control : clocks[id].service));
	return KERN_SUCCESS;
}

kern_return_t
host_get_clock_service(struct host *host, int id, mach_port_t *port)
{
	return give_port(host != NULL, id, false, port);
}

kern_return_t
host_get_clock_control(struct host *host, int id, mach_port_t *port)
{
	return give_port(host != NULL, id, true, port);
}

kern_return_t
clock_get_time(struct clock *clock, mach_timespec_t *time)
{
	if (clock == NULL)
		return KERN_INVALID_ARGUMENT;
	*time = to_timespec(clock_time(clock));
	return KERN_SUCCESS;
}

kern_return_t
clock_set_time(struct clock *clock, mach_timespec_t time)
{
	int64_t now;

	if (clock == NULL)
		return KERN_INVALID_ARGUMENT;
	if (!is_calendar(clock))
		return KERN_FAILURE;
	if (!from_timespec(time, &now))
		return KERN_INVALID_VALUE;
	calendar_set(now);
	return KERN_SUCCESS;
}

kern_return_t
clock_map_time(struct clock *clock, mach_port_t *map)
{
	if (clock == NULL)
		return KERN_INVALID_ARGUMENT;
	*map = ipc_port_to_handle(ipc_port_make_send(calendar_mapped_port()));
	return KERN_SUCCESS;
}

static bool
is_attribute(int flavor)
{
	return flavor == CLOCK_GET_TIME_RES ||
	       (flavor >= CLOCK_ALARM_CURRES && flavor <= CLOCK_ALARM_MAXRES);
}

/* There is no tick: all of them are that of the counter behind the clock. */
kern_return_t
clock_get_attributes(struct clock *clock, int flavor, integer_t *attribute,
    mach_msg_type_number_t *count)
{
	integer_t resolution = (integer_t)clock_ticks_to_ns(1);

	if (clock == NULL || *count < CLOCK_ATTR_MAX)
		return KERN_INVALID_ARGUMENT;
	if (!is_attribute(flavor))
		return KERN_INVALID_VALUE;
	attribute[0] = resolution > 0 ? resolution : 1;
	*count = CLOCK_ATTR_MAX;
	return KERN_SUCCESS;
}

kern_return_t
clock_set_attributes(struct clock *clock, int flavor,
    const integer_t *attribute, mach_msg_type_number_t count)
{
	(void)attribute;
	if (clock == NULL || count != CLOCK_ATTR_MAX)
		return KERN_INVALID_ARGUMENT;
	return is_attribute(flavor) ? KERN_FAILURE : KERN_INVALID_VALUE;
}

static void
alarm_send(struct ipc_kmsg *kmsg, kern_return_t code, int64_t time)
{
	struct alarm_reply *reply = (void *)&kmsg->header;

	reply->code = code;
	reply->time = to_timespec(time);
	ipc_mqueue_send_always(kmsg);
}

static void
alarm_set(struct alarm *alarm)
{
	uint64_t now = clock_uptime_ns();
	int64_t rest = alarm->time - calendar_time();

	timeout_set(&alarm->timeout, rest > 0 ? now + (uint64_t)rest : now);
}

static void
alarm_due(void *argument)
{
	struct alarm *alarm = argument;

	if (alarm->calendar && alarm->time > calendar_time()) {
		alarm_set(alarm); /* the day has been slowed down */
		return;
	}
	list_unlink(&alarm->link);
	alarm_send(alarm->kmsg, KERN_SUCCESS, alarm->time);
	kfree(alarm, sizeof(*alarm));
}

static void
tasks_calendar_changed(struct task *task)
{
	list_for_each (node, &task->alarms) {
		struct alarm *alarm = list_entry(node, struct alarm, link);

		if (alarm->calendar)
			alarm_set(alarm);
	}
}

void
clock_calendar_changed(void)
{
	struct task *task = NULL;

	while ((task = task_next(task)) != NULL)
		tasks_calendar_changed(task);
}

void
clock_cancel_alarms(struct task *task)
{
	struct list *first;

	while ((first = list_first(&task->alarms)) != NULL) {
		struct alarm *alarm = list_entry(first, struct alarm, link);

		list_unlink(first);
		timeout_cancel(&alarm->timeout);
		ipc_kmsg_destroy(alarm->kmsg);
		kfree(alarm, sizeof(*alarm));
	}
}

/* The message, with the right to the port; NULL: it would be too much. */
static struct ipc_kmsg *
alarm_message(mach_port_t port, int type)
{
	const struct ipc_space *space = current_task()->space;
	struct ipc_kmsg *kmsg = ipc_kmsg_alloc(sizeof(struct alarm_reply));
	struct alarm_reply *reply;

	if (kmsg == NULL)
		return NULL;
	if (!ipc_quota_charge(space->quota, kmsg)) {
		ipc_kmsg_free(kmsg);
		return NULL;
	}
	reply = (void *)&kmsg->header;
	*reply = (struct alarm_reply){
	    .header =
		{
		    .msgh_bits =
			MACH_MSGH_BITS(MACH_MSG_TYPE_PORT_SEND_ONCE, 0),
		    .msgh_size = sizeof(*reply),
		    .msgh_remote_port = port,
		    .msgh_id = ALARM_REPLY_ID,
		},
	    .ndr = NDR_record,
	    .type = type,
	};
	return kmsg;
}

kern_return_t
clock_alarm(
    struct clock *clock, int type, mach_timespec_t when, mach_port_t port)
{
	struct alarm *alarm;
	struct ipc_kmsg *kmsg;
	int64_t now;
	int64_t time;

	if (clock == NULL)
		return KERN_INVALID_ARGUMENT;
	if (!MACH_PORT_VALID(port))
		return KERN_INVALID_CAPABILITY;
	/* It was ended while this call waited: nobody would cancel the alarm.
	 */
	if (!current_task()->alive)
		return KERN_TERMINATED;
	alarm = kalloc_zero(sizeof(*alarm));
	if (alarm == NULL)
		return KERN_RESOURCE_SHORTAGE;
	kmsg = alarm_message(port, type);
	if (kmsg == NULL) {
		kfree(alarm, sizeof(*alarm));
		return KERN_RESOURCE_SHORTAGE;
	}

	/* The right is taken. */
	now = clock_time(clock);
	if (!from_timespec(when, &time) ||
	    (type != TIME_ABSOLUTE && type != TIME_RELATIVE)) {
		kfree(alarm, sizeof(*alarm));
		alarm_send(kmsg, KERN_INVALID_VALUE, now);
		return KERN_SUCCESS;
	}
	if (type == TIME_RELATIVE)
		time += now;
	alarm->kmsg = kmsg;
	alarm->time = time;
	alarm->calendar = is_calendar(clock) && type == TIME_ABSOLUTE;
	list_append(&current_task()->alarms, &alarm->link);
	timeout_init(&alarm->timeout, alarm_due, alarm);
	if (time <= now)
		alarm_due(alarm);
	else
		timeout_set(&alarm->timeout,
		    clock_uptime_ns() + (uint64_t)(time - now));
	return KERN_SUCCESS;
}
