/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Clocks: their ports, time, attributes, alarms, mapped time; the host's time
 * set and adjusted; and that what waits for a time is woken within microseconds
 * of it.
 */
#include <mach/clock_user.h>
#include <mach/host_user.h>
#include <mach/machine/counter.h>
#include <mach/notify.h>
#include <mach/vm_map_user.h>

#include "priv.h"
#include "waiter.h"

#define MICROSECOND    1000L
#define MILLISECOND    1000000L
#define SECOND         1000000000L
#define ALARM_REPLY_ID 3125107

/* clock_alarm_reply, as it comes. */
static union {
	mach_msg_header_t header;
	struct {
		mach_msg_header_t header;
		NDR_record_t ndr;
		kern_return_t code;
		int type;
		mach_timespec_t time;
	} reply;
	char room[128];
} rung;

static mach_port_t host, priv, port;
static mach_port_t clocks[2], controls[2];

static int64_t
time_of(int id)
{
	mach_timespec_t time = {0, 0};

	is_int(clock_get_time(clocks[id], &time), KERN_SUCCESS, "the time");
	return (int64_t)time.tv_sec * SECOND + time.tv_nsec;
}

static mach_timespec_t
timespec(int64_t ns)
{
	return (mach_timespec_t){
	    (uint32_t)(ns / SECOND), (clock_res_t)(ns % SECOND)};
}

static kern_return_t
alarm_in(int id, int type, int64_t ns)
{
	return clock_alarm(clocks[id], type, timespec(ns), port);
}

/* Does an alarm come within the time? Its code, or -1. */
static kern_return_t
alarm_code(mach_msg_timeout_t timeout)
{
	if (mach_msg(&rung.header, MACH_RCV_MSG | MACH_RCV_TIMEOUT, 0,
		sizeof(rung), port, timeout, MACH_PORT_NULL) != 0 ||
	    rung.header.msgh_id != ALARM_REPLY_ID)
		return -1;
	return rung.reply.code;
}

static void
test_ports(void)
{
	mach_port_t name;

	for (int id = 0; id < 2; id++) {
		is_int(host_get_clock_service(host, id, &clocks[id]),
		    KERN_SUCCESS, "a clock");
		is_int(host_get_clock_control(priv, id, &controls[id]),
		    KERN_SUCCESS, "its control");
	}
	is_int(host_get_clock_service(host, 2, &name), KERN_INVALID_ARGUMENT,
	    "no such clock");
	is_int(host_get_clock_control(priv, -1, &name), KERN_INVALID_ARGUMENT,
	    "nor this");
	is_int(host_get_clock_control(host, 0, &name), KERN_INVALID_HOST,
	    "only the privileged");
	is_int(host_get_clock_service(self, 0, &name), KERN_INVALID_HOST,
	    "no host");
}

static void
test_time(void)
{
	int64_t uptime = (int64_t)clock_get_ns(SYSTEM_CLOCK);
	int64_t now, up;
	mach_timespec_t time;

	ok(time_of(SYSTEM_CLOCK) - uptime < SECOND, "the same as by trap");
	is_int(host_get_time(host, &now, &up), KERN_SUCCESS, "the host's");
	ok(time_of(CALENDAR_CLOCK) - now < SECOND, "is the calendar's");
	ok(time_of(SYSTEM_CLOCK) >= up, "it goes forward");
	is_int(clock_get_time(self, &time), KERN_INVALID_ARGUMENT, "no clock");
	is_int(clock_get_time(controls[0], &time), KERN_SUCCESS, "its control");
}

/* What the task and the thread have run: on while they do, not while they wait.
 */
static void
test_run_times(void)
{
	uint64_t task = clock_get_ns(2), thread = clock_get_ns(3);
	uint64_t until = clock_get_ns(SYSTEM_CLOCK) + 5 * MILLISECOND;
	uint64_t asleep;

	while (clock_get_ns(SYSTEM_CLOCK) < until)
		;
	ok(clock_get_ns(2) > task, "the task has run");
	ok(clock_get_ns(3) > thread, "the thread has run");
	thread = clock_get_ns(3);
	until = clock_get_ns(SYSTEM_CLOCK);
	(void)clock_sleep(50 * MILLISECOND);
	asleep = clock_get_ns(SYSTEM_CLOCK) - until;
	ok(clock_get_ns(3) - thread < asleep, "not while it slept");
	thread = clock_get_ns(3);
	ok(clock_get_ns(2) >= thread, "one of the task's");
}

static void
test_set(void)
{
	int64_t before = time_of(CALENDAR_CLOCK);

	is_int(clock_set_time(controls[0], timespec(before)), KERN_FAILURE,
	    "not this clock");
	is_int(clock_set_time(clocks[1], timespec(before)),
	    KERN_INVALID_ARGUMENT, "not with this port");
	is_int(clock_set_time(controls[1], (mach_timespec_t){1, SECOND}),
	    KERN_INVALID_VALUE, "no time");
	is_int(clock_set_time(controls[1], timespec(before + 5 * SECOND)),
	    KERN_SUCCESS, "five seconds on");
	ok(time_of(CALENDAR_CLOCK) - before >= 5 * SECOND, "it is so late");
	is_int(host_set_time(priv, time_of(CALENDAR_CLOCK) - 5 * SECOND),
	    KERN_SUCCESS, "and back");
	ok(time_of(CALENDAR_CLOCK) - before < 5 * SECOND, "it is so late");
	is_int(host_set_time(host, before), KERN_INVALID_HOST, "privileged");
}

static void
test_attributes(void)
{
	static const int flavors[] = {CLOCK_GET_TIME_RES, CLOCK_ALARM_CURRES,
	    CLOCK_ALARM_MINRES, CLOCK_ALARM_MAXRES};
	mach_msg_type_number_t count;
	integer_t value;

	for (unsigned i = 0; i < sizeof(flavors) / sizeof(flavors[0]); i++) {
		count = 1;
		value = 0;
		is_int(
		    clock_get_attributes(clocks[0], flavors[i], &value, &count),
		    KERN_SUCCESS, "an attribute");
		is_int(count, 1, "is a number");
		ok(value > 0 && value <= MICROSECOND, "below a microsecond");
		is_int(clock_set_attributes(controls[0], flavors[i], &value, 1),
		    KERN_FAILURE, "which stays as it is");
	}
	count = 1;
	is_int(clock_get_attributes(clocks[0], 77, &value, &count),
	    KERN_INVALID_VALUE, "no such attribute");
	is_int(clock_set_attributes(controls[0], 77, &value, 1),
	    KERN_INVALID_VALUE, "nor to set");
	is_int(clock_set_attributes(clocks[0], CLOCK_ALARM_CURRES, &value, 1),
	    KERN_INVALID_ARGUMENT, "not with this port");
	count = 0;
	is_int(
	    clock_get_attributes(clocks[0], CLOCK_GET_TIME_RES, &value, &count),
	    KERN_INVALID_ARGUMENT, "no room");
}

static void
test_alarms(int id)
{
	int64_t start = time_of(id);

	is_int(alarm_in(id, TIME_RELATIVE, 30 * MILLISECOND), KERN_SUCCESS,
	    "in 30 ms");
	is_int(alarm_in(id, TIME_ABSOLUTE, start + 10 * MILLISECOND),
	    KERN_SUCCESS, "and at a time");
	is_int(alarm_code(1000), KERN_SUCCESS, "one");
	ok(time_of(id) >= start + 10 * MILLISECOND, "not before its time");
	is_int(rung.reply.type, TIME_ABSOLUTE, "the later one first");
	ok((int64_t)rung.reply.time.tv_sec * SECOND + rung.reply.time.tv_nsec ==
		start + 10 * MILLISECOND,
	    "it says when");
	is_int(alarm_code(1000), KERN_SUCCESS, "the other");
	ok(time_of(id) >= start + 30 * MILLISECOND, "not before its time");
	is_int(rung.reply.type, TIME_RELATIVE, "is the first");
	is_int(alarm_in(id, TIME_ABSOLUTE, start), KERN_SUCCESS, "it is past");
	is_int(alarm_code(0), KERN_SUCCESS, "at once");
	is_int(alarm_in(id, TIME_RELATIVE, 0), KERN_SUCCESS, "now");
	is_int(alarm_code(0), KERN_SUCCESS, "at once");
}

static void
test_alarm_errors(void)
{
	is_int(alarm_in(0, 2, 0), KERN_SUCCESS, "of no type");
	is_int(alarm_code(0), KERN_INVALID_VALUE, "at once, and why");
	is_int(clock_alarm(
		   clocks[0], TIME_RELATIVE, (mach_timespec_t){0, -1}, port),
	    KERN_SUCCESS, "at no time");
	is_int(alarm_code(0), KERN_INVALID_VALUE, "at once, and why");
	is_int(clock_alarm(self, TIME_RELATIVE, timespec(0), port),
	    KERN_INVALID_ARGUMENT, "no clock");
	is_int(alarm_code(0), -1, "no alarm");
	is_int(rung.header.msgh_id, MACH_NOTIFY_SEND_ONCE, "its right is gone");
	is_int(
	    clock_alarm(clocks[0], TIME_RELATIVE, timespec(0), MACH_PORT_NULL),
	    KERN_INVALID_CAPABILITY, "to nobody");
}

/* The day is set while an alarm is due at a time of it. */
static void
test_alarm_and_set(void)
{
	int64_t start = time_of(CALENDAR_CLOCK);

	is_int(alarm_in(1, TIME_ABSOLUTE, start + 100 * SECOND), KERN_SUCCESS,
	    "in 100 s");
	is_int(alarm_in(1, TIME_RELATIVE, 100 * SECOND), KERN_SUCCESS,
	    "after 100 s");
	is_int(host_set_time(priv, start + 101 * SECOND), KERN_SUCCESS,
	    "it is so late");
	is_int(alarm_code(1000), KERN_SUCCESS, "one is due");
	is_int(rung.reply.type, TIME_ABSOLUTE, "that of the day");
	is_int(alarm_code(0), -1, "the other is not");
	is_int(host_set_time(priv, start), KERN_SUCCESS, "back");
}

/* What a task may have under way counts alarms. */
static void
test_alarm_limit(void)
{
	task_limits_t before, limits;
	kern_return_t kr = KERN_SUCCESS;
	kern_return_t less, more;
	unsigned set = 0;

	(void)task_get_limits(self, &before);
	limits = before;
	limits.queued = limits.queued_used + 8;
	less = task_set_limits(self, limits, priv);
	while (set < 1000 && kr == KERN_SUCCESS) {
		kr = alarm_in(0, TIME_RELATIVE, 10000 * SECOND);
		set += kr == KERN_SUCCESS;
	}
	/* What is printed is a message, which may have to be queued. */
	more = task_set_limits(self, before, priv);
	is_int(less, KERN_SUCCESS, "8 KiB");
	is_int(kr, KERN_RESOURCE_SHORTAGE, "there is an end");
	ok(set > 4 && set < 100, "after some");
	is_int(more, KERN_SUCCESS, "as it was");
}

/* The clocks' difference, of the pair read closest together. */
static int64_t
difference(void)
{
	int64_t best = INT64_MAX;
	int64_t found = 0;

	for (int i = 0; i < 50; i++) {
		int64_t before = time_of(SYSTEM_CLOCK);
		int64_t calendar = time_of(CALENDAR_CLOCK);
		int64_t took = time_of(SYSTEM_CLOCK) - before;

		if (took < best) {
			best = took;
			found = calendar - before;
		}
	}
	return found;
}

static void
test_adjust(void)
{
	int64_t old, drift;

	is_int(
	    host_adjust_time(host, 0, &old), KERN_INVALID_HOST, "privileged");
	is_int(host_adjust_time(priv, 10 * MICROSECOND, &old), KERN_SUCCESS,
	    "a little faster");
	is_int(old, 0, "there was nothing left");
	drift = difference();
	(void)clock_sleep(30 * MILLISECOND);
	is_int(host_adjust_time(priv, -SECOND, &old), KERN_SUCCESS, "slower");
	is_int(old, 0, "that was all");
	ok(difference() - drift < SECOND / 100, "and no jump");
	(void)clock_sleep(10 * MILLISECOND);
	is_int(host_adjust_time(priv, 0, &old), KERN_SUCCESS, "no more");
	ok(old < 0 && old > -SECOND && old % SECOND != 0, "some was left");
	is_int(host_adjust_time(priv, 0, &old), KERN_SUCCESS, "nothing");
	is_int(old, 0, "was left");
}

/* How late a sleep ends, at best: no tick is waited for. */
static void
test_lateness(void)
{
	int64_t best = SECOND;

	for (int i = 0; i < 200; i++) {
		int64_t wanted = (300 + i) * MICROSECOND;
		int64_t start = (int64_t)clock_get_ns(SYSTEM_CLOCK);
		int64_t late;

		(void)clock_sleep((uint64_t)wanted);
		late = (int64_t)clock_get_ns(SYSTEM_CLOCK) - start - wanted;
		if (late < 0) {
			ok(false, "a sleep ends early");
			return;
		}
		if (late < best)
			best = late;
	}
	printf("# at best %ld ns late\n", (long)best);
	ok(best < 200 * MICROSECOND, "a sleep ends in time");
}

static const mapped_time_t *mapped;

/* Is what the page says between what the traps say before and after? */
static void
is_mapped(const char *what)
{
	for (int id = 0; id < 2; id++) {
		int64_t before = (int64_t)clock_get_ns(id);
		int64_t now = mapped_time_read(mapped, id, mach_counter);
		int64_t after = (int64_t)clock_get_ns(id);

		ok(before - MICROSECOND <= now && now <= after + MICROSECOND,
		    what);
	}
}

static kern_return_t
map_time(mach_port_t object, vm_offset_t offset, vm_size_t size, boolean_t copy,
    vm_prot_t prot)
{
	vm_address_t address = 0;
	kern_return_t kr = vm_map(self, &address, size, 0, TRUE, object, offset,
	    copy, prot, prot, VM_INHERIT_NONE);

	mapped = (const mapped_time_t *)address;
	return kr;
}

static void
test_mapped(void)
{
	const vm_prot_t both = VM_PROT_READ | VM_PROT_WRITE;
	mach_port_t object, other;
	vm_size_t size = 4096;
	int64_t old;

	is_int(clock_map_time(self, &object), KERN_INVALID_ARGUMENT,
	    "mapped: no clock");
	is_int(clock_map_time(clocks[0], &object), KERN_SUCCESS, "a page");
	is_int(clock_map_time(clocks[1], &other), KERN_SUCCESS, "of the other");
	is_int(object, other, "one for both");
	(void)mach_port_deallocate(self, other);
	is_int(map_time(object, 0, size, FALSE, both), KERN_PROTECTION_FAILURE,
	    "it is not to be written to");
	is_int(map_time(object, 0, 2 * size, FALSE, VM_PROT_READ),
	    KERN_INVALID_ARGUMENT, "it is one page");
	is_int(map_time(object, size, size, FALSE, VM_PROT_READ),
	    KERN_INVALID_ARGUMENT, "the first");
	is_int(map_time(object, 0, size, TRUE, both), KERN_SUCCESS, "a copy");
	*(volatile char *)(vm_address_t)mapped = 1;
	(void)vm_deallocate(self, (vm_address_t)mapped, size);
	is_int(map_time(object, 0, size, FALSE, VM_PROT_READ), KERN_SUCCESS,
	    "mapped");
	(void)mach_port_deallocate(self, object);
	is_int(vm_protect(self, (vm_address_t)mapped, size, FALSE, both),
	    KERN_PROTECTION_FAILURE, "it stays so");
	is_mapped("the time of the page");
	(void)host_set_time(priv, time_of(CALENDAR_CLOCK) + 7 * SECOND);
	is_mapped("when it has been set");
	(void)host_adjust_time(priv, 10 * MICROSECOND, &old);
	is_mapped("while it goes faster");
	(void)clock_sleep(30 * MILLISECOND);
	is_mapped("when it has done so");
	(void)host_adjust_time(priv, -SECOND, &old);
	(void)clock_sleep(5 * MILLISECOND);
	is_mapped("while it goes slower");
	(void)host_adjust_time(priv, 0, &old);
	is_mapped("and not any more");
	(void)host_set_time(priv, time_of(CALENDAR_CLOCK) - 7 * SECOND);
	(void)vm_deallocate(self, (vm_address_t)mapped, size);
}

int
main(void)
{
	int names;

	self = mach_task_self();
	host = mach_host_self();
	names = space_names();
	priv = priv_host();
	port = space_allocate(RECEIVE);
	ok(priv != MACH_PORT_NULL, "the privileged port");
	test_ports();
	test_time();
	test_run_times();
	test_attributes();
	test_alarms(SYSTEM_CLOCK);
	test_alarms(CALENDAR_CLOCK);
	test_alarm_errors();
	test_set();
	test_alarm_and_set();
	test_alarm_limit();
	test_adjust();
	test_mapped();
	test_lateness();
	(void)mach_port_destroy(self, port);
	for (int id = 0; id < 2; id++) {
		(void)mach_port_deallocate(self, clocks[id]);
		(void)mach_port_deallocate(self, controls[id]);
	}
	(void)mach_port_deallocate(self, priv);
	is_int(space_names(), names, "no name is left");
	return test_done();
}
