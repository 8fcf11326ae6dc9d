/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Starting services: each when all it needs has been started. One that ends
 * too often in too short a time has a pause; so has one that cannot be started
 * for want of memory, processes or the like. One whose program is none is given
 * up.
 */
#include <mach/task_user.h>

#include <errno.h>
#include <libmach/mach.h>
#include <servers/bootstrap_user.h>
#include <signal.h>
#include <stdint.h>
#include <string.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include "init.h"

#define PATIENCE_MS 20000
#define STEP_MS     5
#define STARTS_MAX  5  /* in */
#define STARTS_TIME 10 /* seconds, and the pause after them */
#define RETRY_TIME  1  /* second, before one that could not be started is */

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

static void
pause_for(struct service *service, time_t duration)
{
	service->state = SERVICE_PAUSED;
	service->resume = seconds() + duration;
}

/* What is no server may have found no memory, and will not find it at once. */
static bool
has_faulted(const struct service *service, int status)
{
	return service->provides == NULL && WIFSIGNALED(status) &&
	       (WTERMSIG(status) == SIGSEGV || WTERMSIG(status) == SIGBUS);
}

/* How a service's process has ended says whether another one is started. */
static void
take_status(struct service *service, int status)
{
	int code = WIFEXITED(status) ? WEXITSTATUS(status) : 0;

	service->pid = 0;
	if (code == CANNOT_RUN)
		service->state = SERVICE_FAILED;
	else if (!service->restart)
		service->state = SERVICE_ENDED;
	else if (code == CANNOT_YET || has_faulted(service, status))
		pause_for(service, RETRY_TIME);
	else
		service->state = SERVICE_WAITS;
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
	service->starts = 0;
	pause_for(service, STARTS_TIME);
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
			say("init: %s has ended before it was ready\n",
			    service->name);
			take_status(service, status);
			if (service->state == SERVICE_WAITS)
				pause_for(service, RETRY_TIME);
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
		service_run(service);
	if (service->pid < 0) {
		say("init: %s: %s\n", service->name, strerror(errno));
		service->pid = 0;
		pause_for(service, RETRY_TIME);
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
	if (WIFSIGNALED(status))
		say("init: %s was ended by signal %d\n", service->name,
		    WTERMSIG(status));
	take_status(service, status);
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
		left = services->resume - seconds();
		if (left <= 0) {
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
	while (start_again(services) || start_ready(services, false) > 0);
	if (next > 0)
		(void)alarm(next);
}

void
service_rescue(struct service *service)
{
	if (service->starts > 0) {
		pause_for(service, STARTS_TIME);
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
		   services->state == SERVICE_ENDED ||
		   services->state == SERVICE_FAILED))
		services = services->next;
	return services != NULL;
}
