/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * The first process. Starts the services of /etc/services, starts again those
 * that are to run for ever, waits for processes whose parents have ended, and
 * ends the system: SIGTERM starts it again, SIGUSR2 switches it off, SIGUSR1
 * stops it (what reboot, poweroff and halt send).
 *
 * Where no service can be started there is a shell all the same, on the console
 * if there is one.
 */
#include <errno.h>
#include <fcntl.h>
#include <machr/system.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include "init.h"

#define SERVICES "/etc/services"
#define NOTHING  (-1)

static volatile sig_atomic_t wanted = NOTHING;

static void
note(int signal)
{
	if (signal == SIGTERM)
		wanted = MACHR_REBOOT;
	else if (signal == SIGUSR2)
		wanted = MACHR_POWEROFF;
	else if (signal == SIGUSR1)
		wanted = MACHR_HALT;
}

static void
prepare_signals(void)
{
	static const int signals[] = {
	    SIGTERM, SIGUSR1, SIGUSR2, SIGCHLD, SIGALRM};
	struct sigaction action = {.sa_handler = note};
	sigset_t set;

	sigemptyset(&set);
	for (size_t i = 0; i < sizeof(signals) / sizeof(signals[0]); i++)
		sigaddset(&set, signals[i]);
	sigprocmask(SIG_BLOCK, &set, NULL);
	action.sa_mask = set;
	for (size_t i = 0; i < sizeof(signals) / sizeof(signals[0]); i++)
		(void)sigaction(signals[i], &action, NULL);
}

static void
collect(struct service *services)
{
	int status;
	pid_t pid;

	while ((pid = waitpid(-1, &status, WNOHANG)) > 0)
		service_ended(services, pid, status);
}

/* The last resort, behind the others: a shell if nothing else has a terminal.
 */
static struct service *
add_rescue(struct service *services)
{
	static char name[] = "rescue";
	static char text[] =
	    "exec=/bin/msh\nterminal=/dev/console\nrestart=yes\n";
	static struct service rescue = {.name = name};
	struct service **link = &services;
	unsigned line;

	(void)service_parse(&rescue, text, &line);
	/* It is not started with the others. */
	rescue.state = SERVICE_FAILED;
	while (*link != NULL)
		link = &(*link)->next;
	*link = &rescue;
	return &rescue;
}

/* Signals are let in only here, so that none is missed. */
static _Noreturn void
run(struct service *services, struct service *rescue)
{
	sigset_t none;

	sigemptyset(&none);
	for (;;) {
		collect(services);
		services_resume(services);
		if (wanted == NOTHING && !services_have_terminal(services))
			service_rescue(rescue);
		if (wanted != NOTHING) {
			int how = wanted;

			wanted = NOTHING;
			system_end(services, how);
		}
		sigsuspend(&none);
	}
}

int
main(void)
{
	struct service *services;
	struct service *rescue;

	if (getpid() != 1) {
		fprintf(stderr, "init: there is one already: see reboot, "
				"poweroff and halt\n");
		return 1;
	}
	prepare_signals();
	memory_of_system();
	services = services_load(SERVICES);
	if (services == NULL) {
		rescue = add_rescue(NULL);
		services = rescue;
	} else {
		rescue = add_rescue(services);
	}
	services_start(services);
	run(services, rescue);
}
