/* SPDX-License-Identifier: BSD-2-Clause */
/* What the files of init call of each other. */
#ifndef INIT_H
#define INIT_H

#include "service.h"

/* say.c: a message of init, on the console; the kernel's until there is one. */
extern void say(const char *format, ...)
    __attribute__((__format__(__printf__, 1, 2)));
extern void say_on(int fd);

/* memory.c: init's own share of memory; back to what programs may have. */
extern void memory_of_system(void);
extern void memory_of_user(void);

/* load.c: all services of the folder, in order of name. */
extern struct service *services_load(const char *folder);

/*
 * child.c: become the service's program, or end with the status that says why
 * not: for good, or for want of something that may come.
 */
#define CANNOT_RUN 127
#define CANNOT_YET 126
extern _Noreturn void service_run(const struct service *service);

/* run.c */
extern void services_start(struct service *services);
/* A child has ended: was it a service's process? */
extern void service_ended(struct service *services, pid_t pid, int status);
/* Start those whose pause is over; an alarm tells when the next one is. */
extern void services_resume(struct service *services);
/* Start it now; from the second time on, after a pause. */
extern void service_rescue(struct service *service);
/* Is there one on a terminal, or will there be? */
extern bool services_have_terminal(const struct service *services);

/* stop.c: end all that runs but servers, then the machine. */
extern void system_end(const struct service *services, int how);

#endif
