/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * usage: press PRESSURE SERVER SECONDS
 *
 * Uses something up, ends a server in the middle of that, and when the server
 * is back goes on for SECONDS, or until SIGTERM. What it sees it says on the
 * kernel's console, as the terminal may be what is ended; it is in a session of
 * its own. It counts itself among the system, so that it sees what there is to
 * see when nobody else gets memory; a child of it does what is to be done.
 */
#include "press.h"

#include <mach/traps.h>

#include <errno.h>
#include <signal.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#define PATIENCE 60 /* seconds */
#define PAUSE_MS 20

/* The child's, and seen here. */
struct progress {
	int error; /* of the last push */
	int wrong; /* one that it should not have had */
	unsigned count;
};

static volatile struct progress *progress;
static const struct pressure *pressure;
static pid_t child;
static volatile sig_atomic_t enough;

static void
say(const char *format, ...)
{
	char text[160];
	va_list arguments;

	va_start(arguments, format);
	(void)vsnprintf(text, sizeof(text), format, arguments);
	va_end(arguments);
	mach_print(text);
}

static time_t
now(void)
{
	struct timespec time;

	(void)clock_gettime(CLOCK_MONOTONIC, &time);
	return time.tv_sec;
}

static void
nap(void)
{
	const struct timespec pause = {0, PAUSE_MS * 1000000L};

	(void)nanosleep(&pause, NULL);
}

/* Errors of a server that has just been ended are not looked at. */
static _Noreturn void
push_on(void)
{
	if (pressure->as_user && !belong_to(false))
		_exit(1);
	for (;;) {
		int error = pressure->push();

		if (error != 0 && error != pressure->error)
			progress->wrong = error;
		progress->error = error;
		progress->count++;
		nap();
	}
}

static void
note(int signal)
{
	(void)signal;
	enough = 1;
}

/* All that the child has made has ended, too, when it is over. */
static void
give_back(void)
{
	time_t until = now() + PATIENCE;

	while (kill(-child, SIGKILL) == 0 && now() < until) {
		(void)waitpid(child, NULL, WNOHANG);
		nap();
	}
}

static _Noreturn void
end(int status)
{
	give_back();
	say("press: over: %s\n", status == 0 ? "well" : "not well");
	_exit(status);
}

/* Does the child go on? What ended it is said. */
static void
look_after(void)
{
	int status;

	if (waitpid(child, &status, WNOHANG) != child)
		return;
	if (WIFSIGNALED(status))
		say("press: %s: ended by signal %d\n", pressure->name,
		    WTERMSIG(status));
	else
		say("press: %s: ended with status %d\n", pressure->name,
		    WEXITSTATUS(status));
	end(1);
}

/* Until the error has been met, again. */
static void
await_error(const char *word)
{
	time_t until = now() + PATIENCE;
	unsigned before = progress->count;

	while (
	    progress->count == before || progress->error != pressure->error) {
		look_after();
		if (now() > until) {
			say("press: %s: no error: %s\n", pressure->name,
			    strerror(progress->error));
			end(1);
		}
		nap();
	}
	say("press: process %d: %s: %s %s\n", (int)getpid(), pressure->name,
	    word, strerror(pressure->error));
}

static void
await_victim(const char *name)
{
	time_t until = now() + PATIENCE;
	int error;

	while ((error = victim_check()) != 0) {
		look_after();
		if (now() > until) {
			say("press: %s: %s is not back: %s\n", pressure->name,
			    name, strerror(error));
			end(1);
		}
		nap();
	}
	say("press: %s: %s works again\n", pressure->name, name);
}

static void
press(const char *name, unsigned seconds)
{
	time_t until;

	await_error("meets");
	if (!victim_end()) {
		say("press: %s cannot be ended\n", name);
		end(1);
	}
	say("press: %s: %s is ended\n", pressure->name, name);
	await_victim(name);
	await_error("still");
	if (progress->wrong != 0) {
		say("press: %s: wrong error: %s\n", pressure->name,
		    strerror(progress->wrong));
		end(1);
	}
	for (until = now() + (time_t)seconds; !enough && now() < until; nap())
		look_after();
	end(0);
}

static _Noreturn void
usage(void)
{
	fputs("usage: press PRESSURE SERVER SECONDS\n", stderr);
	exit(2);
}

static void
parse(char **argv)
{
	for (unsigned i = 0; i < pressure_count; i++)
		if (strcmp(argv[1], pressures[i].name) == 0)
			pressure = &pressures[i];
	if (pressure == NULL)
		usage();
	progress = mmap(NULL, sizeof(*progress), PROT_READ | PROT_WRITE,
	    MAP_SHARED | MAP_ANONYMOUS, -1, 0);
	if (progress == MAP_FAILED || !belong_to(true) ||
	    !victim_find(argv[2])) {
		perror(argv[2]);
		exit(1);
	}
	*progress = (struct progress){0};
}

int
main(int argc, char **argv)
{
	if (argc != 4)
		usage();
	parse(argv);
	/* The shell does not wait. */
	if (fork() != 0)
		_exit(0);
	(void)setsid();
	(void)signal(SIGTERM, note);
	child = fork();
	if (child == 0) {
		(void)setpgid(0, 0);
		(void)signal(SIGTERM, SIG_DFL);
		push_on();
	}
	(void)setpgid(child, child);
	if (child < 0) {
		say("press: fork: %s\n", strerror(errno));
		_exit(1);
	}
	press(argv[2], (unsigned)atoi(argv[3]));
}
