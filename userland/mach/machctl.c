/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * usage: machctl suspend|resume|end TASK | limits TASK [KIND=N...] | priority
 *        TASK N [fixed] | ktrace on [EVENTS]|off | debugger
 * help: steer tasks and the kernel; KIND: names, threads, queued, priority
 *
 * TASK is a process by its number, or a server by its name. Kinds of limits:
 * names, threads, and queued (KiB of messages sent and not received). The
 * priority is 0 (best) to 30, fixed or with time-sharing, of all threads the
 * task has. The debugger is the kernel's, at the console.
 */
#include <mach/host_user.h>
#include <mach/mach_port_user.h>
#include <mach/task_user.h>
#include <mach/thread_act_user.h>

#include <libmach/mach.h>
#include <libtask/task.h>
#include <machr/system.h>
#include <string.h>
#include <unistd.h>

#include "lib/util.h"

UTILITY(
    "machctl suspend|resume|end TASK | limits TASK [KIND=N...] | priority TASK N [fixed] | ktrace on [EVENTS]|off | debugger",
    "steer tasks and the kernel; KIND: names, threads, queued, priority");

#define EVENTS 16384U

static void
check(kern_return_t kr, const char *what)
{
	if (kr != KERN_SUCCESS)
		die("%s: %s", what, mach_error_string(kr));
}

static mach_port_t
find(const char *word)
{
	bool server;

	return task_find(word, &server);
}

static natural_t
parse_natural(const char *word, unsigned long most)
{
	unsigned long value = parse_count(word);

	if (value > most)
		die("%s: at most %lu", word, most);
	return (natural_t)value;
}

static void
do_suspend(char **argv)
{
	check(task_suspend(find(argv[1])), argv[1]);
}

static void
do_resume(char **argv)
{
	kern_return_t kr = task_resume(find(argv[1]));

	if (kr == KERN_FAILURE)
		die("%s: is not suspended", argv[1]);
	check(kr, argv[1]);
}

/* What the task had is gone at once; a process gets no chance to clean up. */
static void
do_end(char **argv)
{
	check(task_terminate(find(argv[1])), argv[1]);
}

static void
set_limit(task_limits_t *limits, const char *word)
{
	static const char *const names[] = {
	    "names=", "threads=", "queued=", "priority="};
	natural_t *const fields[] = {&limits->names, &limits->threads,
	    &limits->queued, &limits->priority};

	for (size_t i = 0; i < sizeof(names) / sizeof(names[0]); i++) {
		size_t length = strlen(names[i]);

		if (strncmp(word, names[i], length) != 0)
			continue;
		*fields[i] = parse_natural(word + length, UINT32_MAX);
		return;
	}
	die("%s: no such limit", word);
}

static void
do_limits(char **argv)
{
	mach_port_t task = find(argv[1]);
	mach_port_t host = MACH_PORT_NULL;
	task_limits_t limits;
	kern_return_t kr;

	check(task_get_limits(task, &limits), argv[1]);
	if (argv[2] == NULL) {
		printf("%-8s %10s %10s\n", "", "used", "limit");
		printf("%-8s %10u %10u\n", "names", limits.names_used,
		    limits.names);
		printf("%-8s %10u %10u\n", "threads", limits.threads_used,
		    limits.threads);
		printf("%-8s %10u %10u KiB\n", "queued", limits.queued_used,
		    limits.queued);
		printf("%-8s %10s %10u\n", "priority", "", limits.priority);
		return;
	}
	for (unsigned i = 2; argv[i] != NULL; i++)
		set_limit(&limits, argv[i]);
	/* To lower them needs no privilege. */
	(void)machr_host(&host);
	kr = task_set_limits(task, limits, host);
	if (kr == KERN_NO_ACCESS)
		die("%s: only user 0 may raise limits", argv[1]);
	check(kr, argv[1]);
}

static void
do_priority(char **argv)
{
	mach_port_t task = find(argv[1]);
	int priority = (int)parse_natural(argv[2], 30);
	bool fixed = argv[3] != NULL;
	mach_msg_type_number_t count = 0;
	mach_port_t *threads = NULL;

	if (fixed && strcmp(argv[3], "fixed") != 0)
		util_usage_exit();
	check(task_threads(task, &threads, &count), argv[1]);
	for (unsigned i = 0; i < count; i++) {
		check(thread_policy(threads[i],
			  fixed ? POLICY_FIXEDPRI : POLICY_TIMESHARE, priority),
		    argv[1]);
		(void)mach_port_deallocate(mach_task_self(), threads[i]);
	}
	mig_deallocate((vm_address_t)threads, count * sizeof(*threads));
}

static void
do_ktrace(char **argv)
{
	if (strcmp(argv[1], "on") == 0)
		check(host_ktrace_start(task_host(),
			  argv[2] != NULL
			      ? parse_natural(argv[2], KTRACE_EVENTS_MAX)
			      : EVENTS),
		    "ktrace");
	else if (strcmp(argv[1], "off") == 0 && argv[2] == NULL)
		check(host_ktrace_stop(task_host(), FALSE), "ktrace");
	else
		util_usage_exit();
}

static void
do_debugger(char **argv)
{
	kern_return_t kr = host_reboot(task_host(), HOST_REBOOT_DEBUGGER);

	if (kr == KERN_NOT_SUPPORTED)
		die("%s: this kernel has none", argv[0]);
	check(kr, argv[0]);
}

static const struct command {
	const char *name;
	void (*function)(char **argv);
	int least, most; /* words */
} commands[] = {
    {"suspend", do_suspend, 2, 2},
    {"resume", do_resume, 2, 2},
    {"end", do_end, 2, 2},
    {"limits", do_limits, 2, 5},
    {"priority", do_priority, 3, 4},
    {"ktrace", do_ktrace, 2, 3},
    {"debugger", do_debugger, 1, 1},
};

int
main(int argc, char **argv)
{
	int option;

	util_init(argc, argv);
	while ((option = getopt(argc, argv, "+h")) != -1) {
		if (option == 'h')
			util_help_exit();
		util_usage_exit();
	}
	argc -= optind;
	argv += optind;
	for (size_t i = 0; i < sizeof(commands) / sizeof(commands[0]); i++) {
		const struct command *command = &commands[i];

		if (argc < command->least || argc > command->most ||
		    strcmp(argv[0], command->name) != 0)
			continue;
		command->function(argv);
		return util_exit(0);
	}
	util_usage_exit();
}
