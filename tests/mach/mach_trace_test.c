/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Watching a task's traps (task_set_trace), and the ring of kernel events. The
 * task is a child process, which does what it is known to do once it is told
 * to go on.
 */
#include <mach/host_user.h>
#include <mach/notify.h>
#include <mach/trace.h>

#include <machr/system.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include "space.h"

#define QLIMIT        7
#define QLIMIT_ID     3210 /* mach_port_set_qlimit */
#define REPLY         100
#define TRAP_ALLOCATE (-72)
#define TRAP_MACH_MSG (-25)
#define PATIENCE      5000

struct event {
	mach_msg_header_t header;
	NDR_record_t ndr;
	trace_record_t record;
	natural_t count;
	char data[TRACE_DATA_MAX];
	mach_msg_max_trailer_t trailer;
};

/* What the records said. */
struct seen {
	unsigned records;
	unsigned lost;
	bool allocate, allocated, request, reply, grandchild, end;
	mach_port_name_t name;
	natural_t first_task;
	uint64_t last_time;
	bool backwards;
	bool no_senders;
};

static struct event event;

static void
look_at_message(struct seen *seen, const trace_record_t *record)
{
	const mach_msg_header_t *header = (const void *)event.data;

	if (event.count < sizeof(*header))
		return;
	if (record->kind == TRACE_TRAP && header->msgh_id == QLIMIT_ID)
		seen->request = record->size == event.count;
	if (record->kind == TRACE_RETURN &&
	    header->msgh_id == QLIMIT_ID + REPLY)
		seen->reply = true;
}

static void
look(struct seen *seen)
{
	const trace_record_t *record = &event.record;

	seen->records++;
	seen->lost += record->lost;
	seen->backwards |= record->time < seen->last_time;
	seen->last_time = record->time;
	if (seen->first_task == 0)
		seen->first_task = record->task;
	if (record->task != seen->first_task)
		seen->grandchild = true;
	if (record->kind == TRACE_END)
		seen->end = true;
	if (record->trap == TRAP_MACH_MSG)
		look_at_message(seen, record);
	if (record->trap != TRAP_ALLOCATE)
		return;
	if (record->kind == TRACE_TRAP && record->argument[1] == RECEIVE)
		seen->allocate = true;
	if (record->kind == TRACE_RETURN && record->result == KERN_SUCCESS) {
		seen->allocated = true;
		seen->name = (mach_port_name_t)record->out;
	}
}

/* Until nothing is left that is traced. */
static void
watch(mach_port_t port, struct seen *seen)
{
	*seen = (struct seen){0};
	while (mach_msg(&event.header, MACH_RCV_MSG | MACH_RCV_TIMEOUT, 0,
		   sizeof(event), port, PATIENCE,
		   MACH_PORT_NULL) == MACH_MSG_SUCCESS) {
		if (event.header.msgh_id == TRACE_MSG_ID)
			look(seen);
		if (event.header.msgh_id == MACH_NOTIFY_NO_SENDERS) {
			seen->no_senders = true;
			return;
		}
	}
}

/* The child's deeds. */
static void
act(int from, int to, bool fork_too)
{
	mach_port_t child_self = mach_task_self();
	mach_port_name_t name = MACH_PORT_NULL;
	char byte;

	if (read(from, &byte, 1) != 1)
		_exit(1);
	(void)mach_port_allocate(child_self, RECEIVE, &name);
	(void)mach_port_set_qlimit(child_self, name, QLIMIT);
	(void)!write(to, &name, sizeof(name));
	if (fork_too && fork() == 0)
		_exit(0);
	_exit(0);
}

static mach_port_t
tracer_port(void)
{
	mach_port_t port = space_allocate(RECEIVE);

	(void)mach_port_set_qlimit(self, port, MACH_PORT_QLIMIT_MAX);
	return port;
}

static void
expect_no_senders(mach_port_t port)
{
	mach_port_t previous;

	(void)mach_port_request_notification(
	    self, port, MACH_NOTIFY_NO_SENDERS, 1, port, &previous);
}

static void
check_errors(mach_port_t task, mach_port_t port)
{
	mach_port_t right = space_extract(self, port, MAKE_SEND);
	mach_port_t second = space_port_with_send();

	is_int(task_set_trace(self, 0, right), KERN_INVALID_ARGUMENT,
	    "nobody traces himself");
	is_int(task_set_trace(self, 0, MACH_PORT_NULL), KERN_SUCCESS,
	    "but may stop what others do");
	is_int(task_set_trace(task, 0x100, right), KERN_INVALID_ARGUMENT,
	    "no such option");
	is_int(task_set_trace(task, 0, MACH_PORT_DEAD), KERN_INVALID_ARGUMENT,
	    "a dead tracer");
	is_int(task_set_trace(task, 0, task), KERN_INVALID_ARGUMENT,
	    "nor the kernel, as one");
	is_int(task_set_trace(task, TRACE_WAIT, right), KERN_SUCCESS, "traced");
	is_int(task_set_trace(task, 0, second), KERN_FAILURE,
	    "not by two at a time");
	is_int(
	    task_set_trace(task, 0, MACH_PORT_NULL), KERN_SUCCESS, "no more");
	(void)mach_port_deallocate(self, right);
	(void)mach_port_destroy(self, second);
}

static void
run_child(natural_t options, struct seen *seen, mach_port_name_t *made)
{
	mach_port_t port = tracer_port();
	mach_port_t right = space_extract(self, port, MAKE_SEND);
	mach_port_t task = MACH_PORT_NULL;
	int go[2];
	int told[2];
	pid_t pid;

	if (pipe(go) != 0 || pipe(told) != 0)
		return;
	pid = fork();
	if (pid == 0)
		act(go[0], told[1], true);
	is_int(machr_task(pid, &task), 0, "the child's task");
	if (options == 0)
		check_errors(task, port);
	is_int(task_set_trace(task, (int)(options | TRACE_WAIT), right),
	    KERN_SUCCESS, "traced");
	expect_no_senders(port);
	(void)mach_port_deallocate(self, right);
	(void)!write(go[1], "", 1);
	watch(port, seen);
	*made = MACH_PORT_NULL;
	(void)!read(told[0], made, sizeof(*made));
	(void)waitpid(pid, NULL, 0);
	(void)mach_port_deallocate(self, task);
	(void)mach_port_destroy(self, port);
	for (int i = 0; i < 2; i++) {
		close(go[i]);
		close(told[i]);
	}
}

static void
test_trace(void)
{
	struct seen seen = {0};
	mach_port_name_t made = MACH_PORT_NULL;

	run_child(0, &seen, &made);
	is_int(seen.allocate, 1, "a trap with its arguments");
	is_int(seen.allocated, 1, "and its result");
	is_int(seen.name, made, "and what it wrote");
	is_int(seen.request, 1, "a request, all of it");
	is_int(seen.reply, 1, "its reply");
	is_int(seen.end, 1, "the thread's end");
	is_int(seen.lost, 0, "nothing is lost");
	is_int(seen.backwards, 0, "time does not go back");
	is_int(seen.grandchild, 0, "nothing of a child");
	is_int(seen.no_senders, 1, "then no senders");

	run_child(TRACE_CHILDREN, &seen, &made);
	is_int(seen.grandchild, 1, "the child of one traced with children");
	is_int(seen.no_senders, 1, "then no senders");
}

/* The tracer goes: so does tracing. */
static void
test_dead_tracer(void)
{
	mach_port_t port = tracer_port();
	mach_port_t right = space_extract(self, port, MAKE_SEND);
	mach_port_t second;
	mach_port_t task = MACH_PORT_NULL;
	int status = -1;
	int go[2];
	pid_t pid;

	if (pipe(go) != 0)
		return;
	pid = fork();
	if (pid == 0)
		act(go[0], STDERR_FILENO + 100, false);
	(void)machr_task(pid, &task);
	(void)task_set_trace(task, 0, right);
	(void)mach_port_destroy(self, right);
	(void)mach_port_destroy(self, port);
	second = space_port_with_send();
	is_int(task_set_trace(task, 0, second), KERN_SUCCESS,
	    "another when the tracer is gone");
	(void)mach_port_destroy(self, second);
	(void)!write(go[1], "", 1);
	(void)waitpid(pid, &status, 0);
	is_int(status, 0, "a task goes on without its tracer");
	(void)mach_port_deallocate(self, task);
	close(go[0]);
	close(go[1]);
}

/* Enough of everything to be seen. */
static void
stir(mach_port_t host)
{
	natural_t events;
	boolean_t on;
	uint64_t counts[KTRACE_KINDS];

	for (int i = 0; i < 20; i++)
		(void)host_ktrace_counts(host, &on, &events, counts);
	usleep(20000);
}

static void
test_ring(mach_port_t host, mach_port_t priv)
{
	ktrace_event_t events[KTRACE_READ_MAX];
	mach_msg_type_number_t count = KTRACE_READ_MAX;
	unsigned kinds = 0;
	uint64_t first = 0;
	uint64_t last = 0;
	bool ordered = true;

	is_int(host_ktrace_start(priv, 4096), KERN_SUCCESS, "start");
	stir(host);
	is_int(host_ktrace_stop(priv, FALSE), KERN_SUCCESS, "stop");
	while (host_ktrace_read(priv, &first, events, &count) == KERN_SUCCESS &&
	       count > 0) {
		for (unsigned i = 0; i < count; i++) {
			kinds |= 1U << events[i].kind;
			ordered &= events[i].time >= last;
			last = events[i].time;
		}
		first += count;
		count = KTRACE_READ_MAX;
	}
	is_int(first > 80, 1, "many events");
	is_int(ordered, 1, "in order");
	for (unsigned i = KTRACE_SWITCH; i <= KTRACE_RECEIVE; i++)
		is_int(kinds >> i & 1, 1, "of every kind that must be there");
	is_int(kinds >> KTRACE_INTERRUPT & 1, 1, "interrupts among them");

	is_int(host_ktrace_start(priv, 16), KERN_SUCCESS, "a small one");
	stir(host);
	first = 0;
	count = KTRACE_READ_MAX;
	(void)host_ktrace_stop(priv, FALSE);
	is_int(host_ktrace_read(priv, &first, events, &count), KERN_SUCCESS,
	    "read");
	is_int(count, 16, "has the last");
	is_int(first > 0, 1, "not the first");
	is_int(host_ktrace_stop(priv, TRUE), KERN_SUCCESS, "forgotten");
	first = 0;
	(void)host_ktrace_read(priv, &first, events, &count);
	is_int(count, 0, "nothing is left");
}

static void
test_counts(mach_port_t host, mach_port_t priv)
{
	uint64_t counts[KTRACE_KINDS];
	uint64_t again[KTRACE_KINDS];
	natural_t size = 1;
	boolean_t on = FALSE;

	is_int(host_ktrace_start(priv, 0), KERN_SUCCESS, "counts alone");
	stir(host);
	is_int(host_ktrace_counts(host, &on, &size, counts), KERN_SUCCESS,
	    "asked for by anybody");
	is_int(on, 1, "it is on");
	is_int(size, 0, "without a ring");
	is_int(counts[KTRACE_SEND] > 20, 1, "messages");
	is_int(counts[KTRACE_TRAP] >= counts[KTRACE_SEND], 1, "in traps");
	(void)host_ktrace_stop(priv, TRUE);
	(void)host_ktrace_counts(host, &on, &size, counts);
	stir(host);
	(void)host_ktrace_counts(host, &on, &size, again);
	is_int(on, 0, "it is off");
	is_int(memcmp(counts, again, sizeof(counts)), 0, "nothing counts");
}

static void
test_ring_errors(mach_port_t host, mach_port_t priv)
{
	ktrace_event_t events[KTRACE_READ_MAX];
	mach_msg_type_number_t count = KTRACE_READ_MAX;
	uint64_t first = 0;

	is_int(host_ktrace_start(host, 16), KERN_INVALID_HOST,
	    "start needs privilege");
	is_int(host_ktrace_stop(host, TRUE), KERN_INVALID_HOST, "stop too");
	is_int(host_ktrace_read(host, &first, events, &count),
	    KERN_INVALID_HOST, "and to read");
	is_int(host_ktrace_start(priv, KTRACE_EVENTS_MAX + 1),
	    KERN_INVALID_ARGUMENT, "too many");
}

int
main(void)
{
	mach_port_t host = mach_host_self();
	mach_port_t priv = MACH_PORT_NULL;
	char name[64];

	self = mach_task_self();
	is_int(machr_host(&priv), 0, "the host's privileged port");
	is_int(task_get_name(self, name), KERN_SUCCESS, "a task's name");
	is_int(strcmp(name, "mach_trace_test"), 0, "it is the program's");
	test_trace();
	test_dead_tracer();
	test_ring_errors(host, priv);
	test_ring(host, priv);
	test_counts(host, priv);
	return test_done();
}
