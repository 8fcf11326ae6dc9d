/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Tasks as a person names them: a process by its number, a server of the system
 * by its name. All of these end the program with a message when they fail.
 */
#ifndef LIBTASK_TASK_H
#define LIBTASK_TASK_H

#include <mach/mach_types.h>

#include <stdbool.h>
#include <stddef.h>
#include <sys/types.h>
#include <time.h>

struct task_entry {
	mach_port_t task;
	pid_t pid; /* 0: of no process */
	char name[64];
};

/* The privileged port of the host; it stays the library's. */
extern mach_port_t task_host(void);

/* The task of a pid, or with that name. Whether it was a name: *server. */
extern mach_port_t task_find(const char *word, bool *server);

/*
 * All tasks, in the order they were made. The array is the caller's to free,
 * the rights stay.
 */
extern struct task_entry *task_list(size_t *count);

/* "SECONDS [COUNT]" as the utilities that watch have it. */
extern struct timespec parse_interval(const char *word);
extern unsigned long parse_count(const char *word);

#endif
