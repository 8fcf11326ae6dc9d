/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * The end: everything that is not a server is asked to end, then made to; the
 * servers stay until the file system is written back, for it may need them.
 */
#include <errno.h>
#include <machr/system.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include "init.h"

#define PROCESSES_MAX 1024
#define GRACE_MS      2000
#define STEP_MS       10

static bool
is_server(const struct service *services, pid_t pid)
{
	while (services != NULL &&
	       (services->pid != pid || services->provides == NULL))
		services = services->next;
	return services != NULL;
}

/* Signal all that is to end; how many there are. */
static int
signal_all(const struct service *services, int signal)
{
	static struct machr_process list[PROCESSES_MAX];
	int count = machr_process_list(list, PROCESSES_MAX);
	int running = 0;

	if (count > PROCESSES_MAX)
		count = PROCESSES_MAX;
	for (int i = 0; i < count; i++) {
		if (list[i].pid == 1 || list[i].state == 'Z' ||
		    is_server(services, list[i].pid))
			continue;
		running++;
		(void)kill(list[i].pid, signal);
		if (signal == SIGTERM) {
			/* A shell at its prompt heeds this one; and a
			   stopped process none before it goes on. */
			(void)kill(list[i].pid, SIGHUP);
			(void)kill(list[i].pid, SIGCONT);
		}
	}
	return running;
}

static void
end_processes(const struct service *services)
{
	const struct timespec step = {0, STEP_MS * 1000000L};

	(void)signal_all(services, SIGTERM);
	for (int ms = 0; ms < GRACE_MS; ms += STEP_MS) {
		while (waitpid(-1, NULL, WNOHANG) > 0)
			;
		if (signal_all(services, 0) == 0)
			return;
		nanosleep(&step, NULL);
	}
	(void)signal_all(services, SIGKILL);
}

void
system_end(const struct service *services, int how)
{
	static const char *const words[] = {
	    [MACHR_REBOOT] = "starts again",
	    [MACHR_POWEROFF] = "is switched off",
	    [MACHR_HALT] = "stops",
	};

	say("init: the system %s\n", words[how]);
	end_processes(services);
	if (machr_system_end(how) != 0)
		say("init: it cannot be done: %s\n", strerror(errno));
}
