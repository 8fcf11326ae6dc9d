/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Inside of jobs, for job.c, which makes and waits for them, and jobtable.c,
 * which finds and shows them.
 */
#ifndef MSH_JOB_H
#define MSH_JOB_H

#include "msh.h"

enum job_state {
	JOB_RUNNING,
	JOB_STOPPED,
	JOB_DONE,
};

struct process {
	pid_t pid;
	int status; /* of waitpid */
	enum job_state state;
};

struct job {
	int number; /* 0: in the foreground */
	pid_t group;
	int count;
	struct process *processes;
	enum job_state state;
	bool changed; /* and not told of yet */
	bool control; /* has a group of its own */
	const struct node *node;
	char *text; /* from `node`, once numbered */
	struct job *next;
};

struct job *job_first(void);
void job_free(struct job *job);
/* Take one process's change, waiting for it if `block`. False: none. */
bool job_collect(bool block);
void job_number(struct job *job);
int job_status(const struct job *job);

#endif
