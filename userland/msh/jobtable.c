/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Jobs as the user sees them: by number and name, listed, told of, waited
 * for.
 */
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>

#include "job.h"
#include "lib/signames.h"

/* The `nth` newest numbered job, counting from 0; stopped ones first. */
static struct job *
current_job(int nth)
{
	struct job *job;
	int pass;

	for (pass = 0; pass < 2; pass++)
		for (job = job_first(); job != NULL; job = job->next) {
			bool stopped = job->state == JOB_STOPPED;

			if (job->number == 0 || stopped != (pass == 0))
				continue;
			if (nth-- == 0)
				return job;
		}
	return NULL;
}

static struct job *
job_by_text(const char *text, bool anywhere)
{
	struct job *job;

	for (job = job_first(); job != NULL; job = job->next) {
		if (job->number == 0 || job->text == NULL)
			continue;
		if (anywhere ? strstr(job->text, text) != NULL
			     : strncmp(job->text, text, strlen(text)) == 0)
			return job;
	}
	return NULL;
}

struct job *
job_find(const char *spec)
{
	struct job *job;
	long long number;

	if (spec == NULL)
		return current_job(0);
	if (*spec == '%')
		spec++;
	if (*spec == '\0' || strcmp(spec, "%") == 0 || strcmp(spec, "+") == 0)
		return current_job(0);
	if (strcmp(spec, "-") == 0)
		return current_job(1);
	if (!number_parse(spec, 1, 100000, &number))
		return job_by_text(spec + (*spec == '?'), *spec == '?');
	for (job = job_first(); job != NULL; job = job->next)
		if (job->number == number)
			return job;
	return NULL;
}

pid_t
job_group(const struct job *job)
{
	return job->group;
}

pid_t
job_pid(const struct job *job)
{
	return job->processes[job->count - 1].pid;
}

const char *
job_text(const struct job *job)
{
	return job->text != NULL ? job->text : "";
}

bool
job_controlled(const struct job *job)
{
	return job->control;
}

static void
state_text(const struct job *job, char *text, size_t size)
{
	int status = job->processes[job->count - 1].status;

	if (job->state == JOB_RUNNING)
		snprintf(text, size, "Running");
	else if (job->state == JOB_STOPPED)
		snprintf(text, size, "Stopped");
	else if (WIFSIGNALED(status))
		snprintf(text, size, "%s", strsignal(WTERMSIG(status)));
	else if (WEXITSTATUS(status) != 0)
		snprintf(text, size, "Done(%d)", WEXITSTATUS(status));
	else
		snprintf(text, size, "Done");
}

void
job_print(struct job *job, bool pids, bool long_form)
{
	char state[64];
	char mark = ' ';

	job->changed = false;
	if (pids) {
		printf("%ld\n", (long)job->group);
		return;
	}
	if (job == current_job(0))
		mark = '+';
	else if (job == current_job(1))
		mark = '-';
	state_text(job, state, sizeof(state));
	printf("[%d] %c ", job->number, mark);
	if (long_form)
		printf("%ld ", (long)job->group);
	printf("%-10s %s\n", state, job->text != NULL ? job->text : "");
}

void
job_print_all(bool pids, bool long_form)
{
	const struct job *job;
	int highest = 0;
	int i;

	while (job_collect(false))
		continue;
	for (job = job_first(); job != NULL; job = job->next)
		if (job->number > highest)
			highest = job->number;
	for (i = 1; i <= highest; i++) {
		char spec[16];
		struct job *found;

		snprintf(spec, sizeof(spec), "%d", i);
		found = job_find(spec);
		if (found == NULL)
			continue;
		job_print(found, pids, long_form);
		if (found->state == JOB_DONE)
			job_free(found);
	}
}

void
job_notify(void)
{
	struct job *job = job_first();

	while (job_collect(false))
		continue;
	while (job != NULL) {
		struct job *next = job->next;

		if (job->number != 0 && job->changed) {
			job_print(job, false, false);
			if (job->state == JOB_DONE)
				job_free(job);
		}
		job = next;
	}
	fflush(stdout);
}

bool
job_any_stopped(void)
{
	const struct job *job = job_first();

	while (job != NULL && job->state != JOB_STOPPED)
		job = job->next;
	return job != NULL;
}

/* Wait until the job is not running; -1 when a trap is to be run. */
static int
wait_for(struct job *job)
{
	while (job->state == JOB_RUNNING)
		if (!job_collect(true) && trap_pending)
			return -1;
	return 0;
}

static int
wait_all(void)
{
	struct job *job = job_first();

	while (job != NULL) {
		struct job *next;

		if (wait_for(job) != 0)
			return -1;
		next = job->next;
		if (job->state == JOB_DONE)
			job_free(job);
		job = next;
	}
	return 0;
}

static struct job *
job_of_pid(pid_t pid)
{
	struct job *job;
	int i;

	for (job = job_first(); job != NULL; job = job->next)
		for (i = 0; i < job->count; i++)
			if (job->processes[i].pid == pid)
				return job;
	return NULL;
}

int
job_wait_pid(pid_t pid)
{
	struct job *job;
	int status;

	if (pid == 0)
		return wait_all();
	job = job_of_pid(pid);
	if (job == NULL)
		return 127;
	if (wait_for(job) != 0)
		return -1;
	status = job_status(job);
	if (job->state == JOB_DONE)
		job_free(job);
	return status;
}
