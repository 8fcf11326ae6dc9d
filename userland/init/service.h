/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Services: what /etc/services says is to run. A file a service, its name the
 * service's; lines "key=value", "#" begins a comment line:
 *
 *	exec=PATH [ARGUMENT...]	  what to run (needed)
 *	needs=NAME[,NAME...]	  services that are to be started before
 *	after=NAME[,NAME...]	  the same, of those that there are
 *	provides=NAME		  started when this is registered (name service)
 *	terminal=PATH		  a session of its own on this terminal
 *	restart=yes|no		  start it again when it ends
 */
#ifndef SERVICE_H
#define SERVICE_H

#include <stdbool.h>
#include <stddef.h>
#include <sys/types.h>

#define SERVICE_WORDS 16
#define SERVICE_NEEDS 8

enum service_state {
	SERVICE_NEW,
	SERVICE_STARTED,
	SERVICE_WAITS,  /* to be started when what it needs is there again */
	SERVICE_PAUSED, /* as that, but not before a time */
	SERVICE_ENDED,  /* and it is not to be started again */
	SERVICE_FAILED, /* not tried any more */
};

struct service {
	struct service *next; /* in order of name */
	char *name;
	char *text; /* of the file, which the strings below are in */
	char *words[SERVICE_WORDS + 1];
	char *needs[SERVICE_NEEDS + 1]; /* NULL behind the last */
	char *after[SERVICE_NEEDS + 1];
	char *provides;
	char *terminal;
	bool restart;
	enum service_state state;
	pid_t pid;
	time_t first_start; /* of the last few */
	time_t resume;      /* the end of its pause */
	unsigned starts;
};

/*
 * parse.c: take the file's text apart; takes text over. NULL, or a message
 * about the line *line.
 */
extern const char *service_parse(
    struct service *service, char *text, unsigned *line);

#endif
