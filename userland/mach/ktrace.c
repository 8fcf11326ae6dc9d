/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * usage: ktrace [-h] [-n EVENTS] [-r | -s SECONDS | COMMAND [ARG...]]
 * help: show what the kernel does; -r: noted before, -n: events, -s: seconds
 *
 * While a command runs, or for some seconds (one, if nothing else is said), the
 * kernel notes the last EVENTS events; then they are printed, a line each:
 * microseconds since the first and since the last one, the thread that ran, and
 * what happened. -r prints what is there, of `machctl ktrace on` and `off`.
 */
#include <mach/host_user.h>
#include <mach/trace.h>

#include <libmach/mach.h>
#include <librpc/rpc.h>
#include <libtask/task.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include "lib/util.h"

UTILITY("ktrace [-h] [-n EVENTS] [-r | -s SECONDS | COMMAND [ARG...]]",
    "show what the kernel does; -r: noted before, -n: events, -s: seconds");

#define THREADS 1024

/* What threads are called, as their switches told. */
static struct thread_name {
	natural_t thread;
	char name[17];
} names[THREADS];

static natural_t running;

static void
check(kern_return_t kr)
{
	if (kr != KERN_SUCCESS)
		die("kernel trace: %s", mach_error_string(kr));
}

/* The thread's place in the table, or a free one. */
static struct thread_name *
place_of(natural_t thread)
{
	for (unsigned i = 0; i < THREADS; i++) {
		struct thread_name *place = &names[(thread + i) % THREADS];

		if (place->thread == thread || place->thread == 0)
			return place;
	}
	return &names[thread % THREADS];
}

static const char *
name_of(natural_t thread)
{
	static char number[16];
	const struct thread_name *place = place_of(thread);

	if (place->thread == thread && place->name[0] != '\0')
		return place->name;
	(void)snprintf(number, sizeof(number), "%x", thread);
	return number;
}

static void
note_switch(const ktrace_event_t *event)
{
	struct thread_name *place = place_of(event->thread);

	place->thread = event->thread;
	memcpy(place->name, event->word, sizeof(event->word));
	running = event->thread;
}

static const char *
trap_name(unsigned number)
{
	static char text[24];
	const struct rpc_trap *trap = rpc_trap_find(-(int)number);

	if (trap != NULL)
		return trap->name;
	(void)snprintf(text, sizeof(text), "trap -%u", number);
	return text;
}

/* A message by the routine it calls or answers. */
static void
print_message(const char *what, const ktrace_event_t *event)
{
	int32_t id = (int32_t)event->word[0];
	const struct rpc_routine *routine = rpc_routine_find(id);
	const struct rpc_routine *answered = rpc_routine_find(id - RPC_REPLY);

	/* Replies, and nothing else with such an id, go by send-once rights. */
	if (answered != NULL && answered->replies && event->code == 1)
		routine = NULL;
	else
		answered = NULL;
	printf("%s ", what);
	if (routine != NULL)
		printf("%s", routine->name);
	else if (answered != NULL)
		printf("reply of %s", answered->name);
	else
		printf("message %d", id);
	printf(", port %x, %u bytes\n", (unsigned)(event->word[1] >> 32),
	    (unsigned)event->word[1]);
}

static void
print_fault(const ktrace_event_t *event)
{
	printf("fault at %llx, %c%c%c, pc %llx\n",
	    (unsigned long long)event->word[0],
	    event->code & VM_PROT_READ ? 'r' : '-',
	    event->code & VM_PROT_WRITE ? 'w' : '-',
	    event->code & VM_PROT_EXECUTE ? 'x' : '-',
	    (unsigned long long)event->word[1]);
}

static void
print_event(const ktrace_event_t *event)
{
	switch (event->kind) {
	case KTRACE_SWITCH:
		printf("runs%s\n",
		    event->code == KTRACE_BY_HANDOFF ? ", by a message" : "");
		break;
	case KTRACE_READY:
		printf("wakes %s, priority %u\n", name_of(event->thread),
		    event->code);
		break;
	case KTRACE_TRAP:
		printf("%s (%llx, %llx)\n", trap_name(event->code),
		    (unsigned long long)event->word[0],
		    (unsigned long long)event->word[1]);
		break;
	case KTRACE_RETURN:
		printf("%s = %llx\n", trap_name(event->code),
		    (unsigned long long)event->word[0]);
		break;
	case KTRACE_SEND:
		print_message("sends", event);
		break;
	case KTRACE_RECEIVE:
		print_message("receives", event);
		break;
	case KTRACE_FAULT:
		print_fault(event);
		break;
	case KTRACE_EXCEPTION:
		printf("exception %u, code %lld, subcode %llx\n", event->code,
		    (long long)event->word[0],
		    (unsigned long long)event->word[1]);
		break;
	case KTRACE_INTERRUPT:
		if (event->code == KTRACE_TIMER)
			printf("interrupt of the clock\n");
		else
			printf("interrupt %u\n", event->code);
		break;
	default:
		printf("event %u\n", event->kind);
		break;
	}
}

static void
print_line(const ktrace_event_t *event, uint64_t start, uint64_t last)
{
	if (event->kind == KTRACE_SWITCH)
		note_switch(event);
	else if (running == 0)
		running = event->kind != KTRACE_READY ? event->thread : 0;
	printf("%10.1f %8.1f  %-16s ", (double)(event->time - start) / 1000.0,
	    (double)(event->time - last) / 1000.0,
	    running != 0 ? name_of(running) : "?");
	print_event(event);
}

static void
print_ring(void)
{
	ktrace_event_t events[KTRACE_READ_MAX];
	mach_msg_type_number_t count;
	uint64_t first = 0;
	uint64_t start = 0;
	uint64_t last = 0;
	bool any = false;

	for (;;) {
		count = KTRACE_READ_MAX;
		check(host_ktrace_read(task_host(), &first, events, &count));
		if (count == 0)
			break;
		if (!any) {
			printf("%10s %8s  %-16s from event %llu\n", "us",
			    "since", "thread", (unsigned long long)first);
			start = last = events[0].time;
		}
		any = true;
		for (unsigned i = 0; i < count; i++) {
			print_line(&events[i], start, last);
			last = events[i].time;
		}
		first += count;
	}
	if (!any)
		warn_text("the kernel has noted nothing");
}

static int
run(char **argv)
{
	int status = 0;
	pid_t pid = fork();

	if (pid < 0)
		die_errno("fork");
	if (pid == 0)
		_exit(util_exec(argv));
	signal(SIGINT, SIG_IGN);
	if (waitpid(pid, &status, 0) != pid)
		die_errno(argv[0]);
	return WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
}

int
main(int argc, char **argv)
{
	struct timespec interval = {.tv_sec = 1};
	unsigned long events = 16384;
	bool read_only = false;
	int status = 0;
	int option;

	util_init(argc, argv);
	while ((option = getopt(argc, argv, "+hn:rs:")) != -1) {
		if (option == 'n')
			events = parse_count(optarg);
		else if (option == 's')
			interval = parse_interval(optarg);
		else if (option == 'r')
			read_only = true;
		else if (option == 'h')
			util_help_exit();
		else
			util_usage_exit();
	}
	if (events == 0 || events > KTRACE_EVENTS_MAX)
		die("from 1 to %u events", KTRACE_EVENTS_MAX);
	if (read_only) {
		print_ring();
		return util_exit(0);
	}
	check(host_ktrace_start(task_host(), (natural_t)events));
	if (optind < argc)
		status = run(argv + optind);
	else
		(void)nanosleep(&interval, NULL);
	check(host_ktrace_stop(task_host(), FALSE));
	print_ring();
	check(host_ktrace_stop(task_host(), TRUE));
	return util_exit(status);
}
