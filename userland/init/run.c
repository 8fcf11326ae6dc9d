/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Starting services: each when all it needs has been started. One that ends
 * too often in too short a time has a pause; one whose program cannot be run
 * is given up.
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
#define STARTS_TIME 10 /* seconds, and the pause after them */
#define MOTD        "/etc/motd"
#define CANNOT_RUN  127

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

static void
greet(void)
{
	char text[1024];
	int fd = open(MOTD, O_RDONLY | O_CLOEXEC);
	ssize_t size;

	if (fd < 0)
		return;
	size = read(fd, text, sizeof(text));
	if (size > 0)
		(void)write(STDOUT_FILENO, text, (size_t)size);
	close(fd);
}

/* Replace this process by the service's program. */
static void
become(const struct service *service, char *const *environment)
{
	const char *wrong = service->words[0];

	if (service->terminal != NULL) {
		wrong = service->terminal;
		if (take_terminal(service->terminal) == 0) {
			wrong = service->words[0];
			greet();
		}
	}
	if (wrong == service->words[0])
		(void)execve(wrong, service->words, environment);
	say("init: %s: %s: %s\n", service->name, wrong, strerror(errno));
}

static _Noreturn void
run_child(const struct service *service)
{
	static const char *const environment[] = {"HOME=/root",
	    "PATH=/bin:/sbin:/usr/bin:/usr/sbin", "SHELL=/bin/msh", "USER=root",
	    "LOGNAME=root", "TERM=vt100", NULL};
	sigset_t none;

	sigemptyset(&none);
	for (int i = 1; i < NSIG; i++)
		(void)signal(i, SIG_DFL);
	sigprocmask(SIG_SETMASK, &none, NULL);
	become(service, (char *const *)(uintptr_t)environment);
	_exit(CANNOT_RUN);
}

static uint64_t
now_ms(void)
{
	struct timespec now;

	clock_gettime(CLOCK_MONOTONIC, &now);
	return (uint64_t)now.tv_sec * 1000 + (uint64_t)now.tv_nsec / 1000000;
}

static time_t
seconds(void)
{
	return (time_t)(now_ms() / 1000);
}

/* Not too often? */
static bool
may_start(struct service *service)
{
	time_t now = seconds();

	if (service->starts == 0 || now - service->first_start > STARTS_TIME) {
		service->first_start = now;
		service->starts = 0;
	}
	if (++service->starts <= STARTS_MAX)
		return true;
	say("init: %s has ended %d times in %d seconds: a pause of %d seconds"
	    "\n",
	    service->name, STARTS_MAX, STARTS_TIME, STARTS_TIME);
	service->state = SERVICE_PAUSED;
	service->first_start = now;
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
	if (!may_start(service))
		return;
	service->state = SERVICE_FAILED;
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
	for (char *const *name = service->needs; *name != NULL; name++) {
		const struct service *need = find(services, *name);

		if (need == NULL || need->state != SERVICE_STARTED)
			return *name;
	}
	return NULL;
}

/* Is there something to be started before, which was not tried yet? */
static bool
has_to_wait(const struct service *services, const struct service *service)
{
	for (char *const *name = service->after; *name != NULL; name++) {
		const struct service *other = find(services, *name);

		if (other != NULL && other->state == SERVICE_NEW)
			return true;
	}
	return false;
}

/* Start all that can be; what `after` says counts only if `in_order`. */
static unsigned
start_ready(struct service *services, bool in_order)
{
	unsigned tried = 0;

	for (struct service *service = services; service != NULL;
	     service = service->next) {
		if (service->state != SERVICE_NEW ||
		    missing(services, service) != NULL ||
		    (in_order && has_to_wait(services, service)))
			continue;
		start(service);
		tried++;
	}
	return tried;
}

void
services_start(struct service *services)
{
	struct service *service;
	unsigned count = 0;
	uint64_t begin = now_ms();

	while (
	    start_ready(services, true) > 0 || start_ready(services, false) > 0)
		;
	for (service = services; service != NULL; service = service->next) {
		count += service->state == SERVICE_STARTED;
		if (service->state == SERVICE_NEW)
			say("init: %s is not started: it needs %s\n",
			    service->name, missing(services, service));
	}
	say("init: %u services started in %u ms\n", count,
	    (unsigned)(now_ms() - begin));
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
	if (WIFEXITED(status) && WEXITSTATUS(status) == CANNOT_RUN)
		service->state = SERVICE_FAILED;
	else if (service->restart)
		service->state = SERVICE_WAITS;
	else
		service->state = SERVICE_NEW;
}

/* Will it be started again? Its end may not have been heard of yet. */
static bool
is_coming(const struct service *service)
{
	return service->state == SERVICE_WAITS ||
	       service->state == SERVICE_PAUSED ||
	       (service->state == SERVICE_STARTED &&
		   service->provides != NULL &&
		   !is_registered(service->provides));
}

static bool
has_what_it_needs(const struct service *services, const struct service *service)
{
	for (char *const *name = service->needs; *name != NULL; name++) {
		const struct service *need = find(services, *name);

		if (need != NULL && is_coming(need))
			return false;
	}
	return true;
}

/* Those that have ended, after those they need, which may have, too. */
static bool
start_again(struct service *services)
{
	struct service *service = services;
	bool started = false;

	while (service != NULL) {
		if (service->state == SERVICE_WAITS &&
		    has_what_it_needs(services, service)) {
			start(service);
			started = true;
			service = services;
		} else {
			service = service->next;
		}
	}
	return started;
}

/* The seconds until the next pause is over; 0: there is none. */
static unsigned
end_pauses(struct service *services)
{
	unsigned next = 0;

	for (; services != NULL; services = services->next) {
		time_t left;

		if (services->state != SERVICE_PAUSED)
			continue;
		left = services->first_start + STARTS_TIME - seconds();
		if (left <= 0) {
			services->starts = 0;
			services->state = SERVICE_WAITS;
		} else if (next == 0 || (unsigned)left < next) {
			next = (unsigned)left;
		}
	}
	return next;
}

void
services_resume(struct service *services)
{
	unsigned next;

	do
		next = end_pauses(services);
	while (start_again(services));
	if (next > 0)
		(void)alarm(next);
}

void
service_rescue(struct service *service)
{
	if (service->starts > 0) {
		service->state = SERVICE_PAUSED;
		service->first_start = seconds();
		services_resume(service);
		return;
	}
	say("init: nothing runs on a terminal: a rescue shell on %s\n",
	    service->terminal);
	start(service);
}

bool
services_have_terminal(const struct service *services)
{
	while (services != NULL &&
	       (services->terminal == NULL || services->state == SERVICE_NEW ||
		   services->state == SERVICE_FAILED))
		services = services->next;
	return services != NULL;
}
