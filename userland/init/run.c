/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Starting services: each when all it needs has been started. One that ends
 * too often in too short a time is given up.
 */
#include <mach/task_user.h>

#include <errno.h>
#include <fcntl.h>
#include <libmach/mach.h>
#include <servers/bootstrap_user.h>
#include <signal.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include "init.h"

#define PATIENCE_MS 20000
#define STEP_MS     5
#define STARTS_MAX  5  /* in */
#define STARTS_TIME 10 /* seconds */

/* Is the name registered? */
static bool
is_registered(const char *name)
{
	static mach_port_t bootstrap;
	mach_port_t port;

	if (bootstrap == MACH_PORT_NULL &&
	    task_get_special_port(mach_task_self(), TASK_BOOTSTRAP_PORT,
		&bootstrap) != KERN_SUCCESS)
		return false;
	if (bootstrap_look_up(bootstrap, name, &port) != KERN_SUCCESS)
		return false;
	(void)syscall_mach_port_deallocate(mach_task_self(), port);
	return true;
}

/* Where the console is, its session is the service's. */
static int
take_terminal(const char *path)
{
	int fd;

	(void)setsid();
	fd = open(path, O_RDWR | O_NOCTTY);
	if (fd < 0 || ioctl(fd, TIOCSCTTY, 0) != 0)
		return -1;
	for (int to = 0; to < 3; to++) {
		if (dup2(fd, to) < 0)
			return -1;
	}
	if (fd > 2)
		close(fd);
	return chdir("/root");
}

static _Noreturn void
run_child(const struct service *service)
{
	static const char *const environment[] = {"HOME=/root",
	    "PATH=/bin:/sbin", "SHELL=/bin/msh", "USER=root", "LOGNAME=root",
	    "TERM=vt100", NULL};
	sigset_t none;

	sigemptyset(&none);
	for (int i = 1; i < NSIG; i++)
		(void)signal(i, SIG_DFL);
	sigprocmask(SIG_SETMASK, &none, NULL);
	if (service->terminal != NULL && take_terminal(service->terminal) != 0)
		say("init: %s: %s: %s\n", service->name, service->terminal,
		    strerror(errno));
	else if (execve(service->words[0], service->words,
		     (char *const *)(uintptr_t)environment) != 0)
		say("init: %s: %s: %s\n", service->name, service->words[0],
		    strerror(errno));
	_exit(127);
}

static bool
may_start(struct service *service)
{
	struct timespec now;

	clock_gettime(CLOCK_MONOTONIC, &now);
	if (service->starts == 0 ||
	    now.tv_sec - service->first_start > STARTS_TIME) {
		service->first_start = now.tv_sec;
		service->starts = 0;
	}
	if (++service->starts <= STARTS_MAX)
		return true;
	say("init: %s has ended %d times in %d seconds and is not started "
	    "again\n",
	    service->name, STARTS_MAX, STARTS_TIME);
	return false;
}

/* Until it is registered, or has ended, or too long. */
static bool
wait_for(struct service *service)
{
	const struct timespec step = {0, STEP_MS * 1000000L};
	int status;

	for (int ms = 0; ms < PATIENCE_MS; ms += STEP_MS) {
		if (is_registered(service->provides))
			return true;
		if (waitpid(service->pid, &status, WNOHANG) == service->pid) {
			service->pid = 0;
			say("init: %s has ended before it was ready\n",
			    service->name);
			return false;
		}
		nanosleep(&step, NULL);
	}
	say("init: %s is not ready after %d seconds\n", service->name,
	    PATIENCE_MS / 1000);
	return false;
}

static void
start(struct service *service)
{
	service->state = SERVICE_FAILED;
	if (!may_start(service))
		return;
	service->pid = fork();
	if (service->pid == 0)
		run_child(service);
	if (service->pid < 0) {
		say("init: %s: %s\n", service->name, strerror(errno));
		service->pid = 0;
		return;
	}
	if (service->provides == NULL || wait_for(service))
		service->state = SERVICE_STARTED;
}

static const struct service *
find(const struct service *services, const char *name)
{
	while (services != NULL && strcmp(services->name, name) != 0)
		services = services->next;
	return services;
}

/* The first thing it needs that has not been started, or NULL. */
static const char *
missing(const struct service *services, const struct service *service)
{
	for (size_t i = 0; i < service->need_count; i++) {
		const struct service *need = find(services, service->needs[i]);

		if (need == NULL || need->state != SERVICE_STARTED)
			return service->needs[i];
	}
	return NULL;
}

void
services_start(struct service *services)
{
	struct service *service;
	bool any;

	do {
		any = false;
		for (service = services; service != NULL;
		     service = service->next) {
			if (service->state != SERVICE_NEW ||
			    missing(services, service) != NULL)
				continue;
			start(service);
			any = true;
		}
	} while (any);
	for (service = services; service != NULL; service = service->next) {
		if (service->state == SERVICE_NEW)
			say("init: %s is not started: it needs %s\n",
			    service->name, missing(services, service));
	}
}

void
service_ended(struct service *services, pid_t pid, int status)
{
	struct service *service = services;

	while (service != NULL && service->pid != pid)
		service = service->next;
	if (service == NULL)
		return;
	service->pid = 0;
	if (WIFSIGNALED(status))
		say("init: %s was ended by signal %d\n", service->name,
		    WTERMSIG(status));
	if (service->restart)
		start(service);
	else
		service->state = SERVICE_NEW;
}
