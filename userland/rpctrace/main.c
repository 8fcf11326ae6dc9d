/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * usage: rpctrace [-cftw] [-o FILE] [-s N] COMMAND [ARG...] | -p TASK
 * help: show the calls that programs make; -c: counts, -f: children, -t: times
 *
 * The kernel sends a record about each trap of the traced task, with the
 * messages sent and received (task_set_trace). When the tracer's port has no
 * senders any more, all that was traced is gone. TASK is a process by its
 * number, or a server by its name. A command is held up rather than that
 * records be lost; a server is not, for this program may need it, unless -w
 * says so.
 */
#include <mach/mach_port_user.h>
#include <mach/notify.h>
#include <mach/task_user.h>
#include <mach/trace_server.h>

#include <errno.h>
#include <libmach/mach.h>
#include <libtask/task.h>
#include <machr/system.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include "lib/util.h"
#include "rpctrace.h"

UTILITY("rpctrace [-cftw] [-o FILE] [-s N] COMMAND [ARG...] | -p TASK",
    "show the calls that programs make; -c: counts, -f: children, -t: times");

struct settings settings = {.width = 32};

static mach_port_t port; /* records come here */
static volatile sig_atomic_t stop;

kern_return_t
S_trace_event(mach_port_t tracer, trace_record_t record, const char *data,
    mach_msg_type_number_t size)
{
	const struct message message = {data, size, record.size};

	(void)tracer;
	call_event(&record, &message);
	return KERN_SUCCESS;
}

static void
on_interrupt(int signal)
{
	(void)signal;
	stop = 1;
}

static void
make_port(void)
{
	mach_port_t self = mach_task_self();
	mach_port_t previous;

	if (mach_port_allocate(self, MACH_PORT_RIGHT_RECEIVE, &port) !=
		KERN_SUCCESS ||
	    mach_port_insert_right(self, port, port, MACH_MSG_TYPE_MAKE_SEND) !=
		KERN_SUCCESS ||
	    mach_port_set_qlimit(self, port, MACH_PORT_QLIMIT_MAX) !=
		KERN_SUCCESS ||
	    mach_port_request_notification(self, port, MACH_NOTIFY_NO_SENDERS,
		1, port, &previous) != KERN_SUCCESS)
		die("no port to be had");
}

static void
trace(mach_port_t task, bool wait)
{
	int options = (wait ? (int)TRACE_WAIT : 0) |
		      (settings.follow ? (int)TRACE_CHILDREN : 0);
	kern_return_t kr = task_set_trace(task, options, port);

	if (kr == KERN_FAILURE)
		die("somebody else traces it");
	if (kr != KERN_SUCCESS)
		die("%s", mach_error_string(kr));
	/* From now on the kernel alone can send. */
	(void)mach_port_deallocate(mach_task_self(), port);
}

static bool to_file;

/*
 * The next message. What is written so far is seen before a wait, unless it
 * goes to a file, which may be kept by the very task that is traced.
 */
static mach_msg_return_t
next_message(mach_msg_header_t *message, mach_msg_size_t size)
{
	mach_msg_return_t mr = mach_msg(message,
	    MACH_RCV_MSG | MACH_RCV_TIMEOUT, 0, size, port, 0, MACH_PORT_NULL);

	if (mr != MACH_RCV_TIMED_OUT)
		return mr;
	if (!to_file)
		(void)fflush(settings.out);
	return mach_msg(message, MACH_RCV_MSG | MACH_RCV_INTERRUPT, 0, size,
	    port, 0, MACH_PORT_NULL);
}

static void
serve(void)
{
	static union {
		mach_msg_header_t header;
		char room[trace_MAX_REQUEST + MACH_MSG_TRAILER_MAX_SIZE];
	} request;
	static mig_reply_error_t reply;

	while (!stop) {
		mach_msg_return_t mr =
		    next_message(&request.header, sizeof(request));

		if (mr == MACH_RCV_INTERRUPTED)
			continue;
		if (mr != MACH_MSG_SUCCESS)
			die("receive: %s", mach_error_string(mr));
		if (request.header.msgh_id == MACH_NOTIFY_NO_SENDERS)
			return;
		(void)trace_server(&request.header, &reply.Head);
	}
}

static void
trace_task(const char *name, bool wait)
{
	bool server;
	mach_port_t task = task_find(name, &server);

	if (task == mach_task_self())
		die("not myself");
	signal(SIGINT, on_interrupt);
	signal(SIGTERM, on_interrupt);
	wait |= !server;
	trace(task, wait);
	serve();
	if (!stop)
		fprintf(stderr, "%s: %s has ended\n", util_name, name);
	(void)task_set_trace(task, 0, MACH_PORT_NULL);
}

/* The command waits to be traced; what it does before it begins is hidden. */
static _Noreturn void
run_child(int go, char **argv)
{
	char byte;

	if (read(go, &byte, 1) == 1) {
		(void)close(go);
		_exit(util_exec(argv));
	}
	warn_errno(argv[0]);
	_exit(126);
}

static int
trace_command(char **argv)
{
	mach_port_t task;
	int status = 0;
	int go[2];
	pid_t pid;

	if (pipe(go) != 0)
		die_errno("pipe");
	pid = fork();
	if (pid < 0)
		die_errno("fork");
	if (pid == 0) {
		(void)close(go[1]);
		run_child(go[0], argv);
	}
	signal(SIGINT, SIG_IGN);
	if (machr_task(pid, &task) != 0)
		die_errno(argv[0]);
	call_wait_for_exec();
	trace(task, true);
	(void)mach_port_deallocate(mach_task_self(), task);
	(void)write_all(go[1], "", 1);
	serve();
	if (waitpid(pid, &status, 0) != pid)
		die_errno(argv[0]);
	return WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
}

static void
set_width(const char *text)
{
	char *end;
	unsigned long width = strtoul(text, &end, 10);

	if (*end != '\0' || end == text || width > TRACE_DATA_MAX)
		die("-s: not a number of characters: %s", text);
	settings.width = (unsigned)width;
}

/* What else there is to say than calls goes there, too. */
static FILE *report;

static void
set_output(const char *path)
{
	report = fopen(path, "we");
	to_file = true;
	if (report == NULL)
		die_errno(path);
}

static const char *task_to_trace; /* or a command */
static bool hold_up;

static void
read_options(int argc, char **argv)
{
	int option;

	while ((option = getopt(argc, argv, "+cfhto:p:s:w")) != -1) {
		if (option == 'c')
			settings.quiet = true;
		else if (option == 'f')
			settings.follow = true;
		else if (option == 't')
			settings.times = true;
		else if (option == 'w')
			hold_up = true;
		else if (option == 's')
			set_width(optarg);
		else if (option == 'p')
			task_to_trace = optarg;
		else if (option == 'o')
			set_output(optarg);
		else if (option == 'h')
			util_help_exit();
		else
			util_usage_exit();
	}
	if ((task_to_trace == NULL) == (optind == argc))
		util_usage_exit();
}

static void
finish(void)
{
	call_finish();
	settings.out = report;
	if (settings.quiet)
		count_print();
	if (fclose(report) != 0)
		warn_errno("output");
	if (call_lost() > 0)
		warn_text("%u records lost", call_lost());
}

int
main(int argc, char **argv)
{
	int status = 0;

	util_init(argc, argv);
	read_options(argc, argv);
	if (report == NULL)
		report = fdopen(dup(STDERR_FILENO), "w");
	if (report == NULL)
		die_errno("standard error");
	settings.out = settings.quiet ? fopen("/dev/null", "we") : report;
	if (settings.out == NULL)
		die_errno("/dev/null");
	make_port();
	if (task_to_trace != NULL)
		trace_task(task_to_trace, hold_up);
	else
		status = trace_command(argv + optind);
	finish();
	return util_exit(status);
}
