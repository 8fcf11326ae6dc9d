/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * runner [-j JOBS] [-t SECONDS] [-f FIRST] [-n COUNT] [-x WORD]... [WORD...]:
 * runs the suite's tests, those whose name contains a WORD if there are any and
 * no WORD of -x, from number FIRST of the list on, COUNT of them. Each is a
 * process group with a time limit of its own.
 *
 * What it says is for a program to read, a line each:
 *
 *	begin NUMBER NAME
 *	| what a test that did not pass said last
 *	end NUMBER NAME RESULT MILLISECONDS
 *	done COUNT
 *
 * "begin" is written before a test starts, so that one which takes the system
 * down is known. RESULT is one of the suite's words, CRASH-<signal>,
 * EXIT-<status>, or HUNG.
 */
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#define PLACE      "/usr/lib/posixtestsuite/"
#define JOBS_MAX   16
#define WORDS_MAX  64
#define TAIL_BYTES 400

struct job {
	pid_t pid; /* 0: free */
	int number;
	char name[120];
	long started;
	int killed;
};

static struct job jobs[JOBS_MAX];
static int job_count = 1;
static long limit_ms = 60000;
static const char *words[WORDS_MAX];
static int word_count;
static const char *excluded[WORDS_MAX];
static int excluded_count;

/* The other clock is set by tests. */
static long
now_ms(void)
{
	struct timespec now;

	clock_gettime(CLOCK_MONOTONIC, &now);
	return now.tv_sec * 1000 + now.tv_nsec / 1000000;
}

static void
output_name(const struct job *job, char *path, size_t size)
{
	snprintf(path, size, "/tmp/suite.out%d", (int)(job - jobs));
}

static void
child(const struct job *job)
{
	char path[200];
	int fd;

	setsid();
	output_name(job, path, sizeof(path));
	fd = open(path, O_WRONLY | O_CREAT | O_TRUNC, 0644);
	dup2(open("/dev/null", O_RDONLY), 0);
	dup2(fd, 1);
	dup2(fd, 2);
	for (fd = 3; fd < 16; fd++)
		close(fd);
	snprintf(path, sizeof(path), "%s%s", PLACE, job->name);
	execl(path, path, (char *)NULL);
	_exit(99);
}

static void
start(struct job *job, int number, const char *name)
{
	job->number = number;
	snprintf(job->name, sizeof(job->name), "%s", name);
	job->killed = 0;
	printf("begin %d %s\n", number, name);
	fflush(stdout);
	job->started = now_ms();
	job->pid = fork();
	if (job->pid == 0)
		child(job);
	if (job->pid < 0) {
		job->pid = 0;
		printf("end %d %s EXIT-fork 0\n", number, name);
	}
}

static void
print_tail(const struct job *job)
{
	char path[200];
	char text[TAIL_BYTES + 1];
	char *line, *rest = text;
	ssize_t got;
	off_t size;
	int fd;

	output_name(job, path, sizeof(path));
	fd = open(path, O_RDONLY);
	if (fd < 0)
		return;
	size = lseek(fd, 0, SEEK_END);
	lseek(fd, size > TAIL_BYTES ? size - TAIL_BYTES : 0, SEEK_SET);
	got = read(fd, text, TAIL_BYTES);
	close(fd);
	text[got > 0 ? got : 0] = '\0';
	while ((line = strtok_r(rest, "\r\n", &rest)) != NULL)
		printf("| %s\n", line);
}

static void
finish(struct job *job, int status)
{
	static const char *const names[] = {
	    "PASS", "FAIL", "UNRESOLVED", NULL, "UNSUPPORTED", "UNTESTED"};
	char result[32];
	int code = WIFEXITED(status) ? WEXITSTATUS(status) : -1;

	if (job->killed)
		snprintf(result, sizeof(result), "HUNG");
	else if (WIFSIGNALED(status))
		snprintf(result, sizeof(result), "CRASH-%d", WTERMSIG(status));
	else if (code >= 0 && code <= 5 && names[code] != NULL)
		snprintf(result, sizeof(result), "%s", names[code]);
	else
		snprintf(result, sizeof(result), "EXIT-%d", code);
	if (strcmp(result, "PASS") != 0)
		print_tail(job);
	/* What it left behind. */
	kill(-job->pid, SIGKILL);
	printf("end %d %s %s %ld\n", job->number, job->name, result,
	    now_ms() - job->started);
	fflush(stdout);
	job->pid = 0;
}

/* Looks at each job once; how many still run. */
static int
poll_jobs(void)
{
	struct job *job;
	int status, running = 0;

	for (job = jobs; job < jobs + job_count; job++) {
		if (job->pid == 0)
			continue;
		if (waitpid(job->pid, &status, WNOHANG) == job->pid) {
			finish(job, status);
			continue;
		}
		running++;
		if (now_ms() - job->started > limit_ms) {
			job->killed = 1;
			kill(-job->pid, SIGKILL);
			kill(job->pid, SIGKILL);
		}
	}
	return running;
}

static struct job *
free_job(void)
{
	struct timespec pause = {0, 5000000};
	int i;

	for (;;) {
		poll_jobs();
		for (i = 0; i < job_count; i++)
			if (jobs[i].pid == 0)
				return &jobs[i];
		nanosleep(&pause, NULL);
	}
}

static int
contains_one(const char *name, const char *const *list, int count)
{
	int i;

	for (i = 0; i < count; i++)
		if (strstr(name, list[i]) != NULL)
			return 1;
	return 0;
}

static int
wanted(const char *name)
{
	if (contains_one(name, excluded, excluded_count))
		return 0;
	return word_count == 0 || contains_one(name, words, word_count);
}

static int
run_all(FILE *list, int first, int most)
{
	struct timespec pause = {0, 5000000};
	char name[120];
	int number = 0, count = 0;

	while (count < most && fgets(name, sizeof(name), list) != NULL) {
		name[strcspn(name, "\n")] = '\0';
		if (++number < first || !wanted(name))
			continue;
		start(free_job(), number, name);
		count++;
	}
	while (poll_jobs() > 0)
		nanosleep(&pause, NULL);
	return count;
}

int
main(int argc, char **argv)
{
	FILE *list;
	int option, first = 0, most = 100000;

	while ((option = getopt(argc, argv, "j:t:f:n:x:")) != -1) {
		if (option == 'j')
			job_count = atoi(optarg);
		else if (option == 't')
			limit_ms = atol(optarg) * 1000;
		else if (option == 'f')
			first = atoi(optarg);
		else if (option == 'n')
			most = atoi(optarg);
		else if (option == 'x' && excluded_count < WORDS_MAX)
			excluded[excluded_count++] = optarg;
		else
			return 2;
	}
	if (job_count < 1 || job_count > JOBS_MAX)
		return 2;
	for (; optind < argc && word_count < WORDS_MAX; optind++)
		words[word_count++] = argv[optind];
	list = fopen(PLACE "list", "re");
	if (list == NULL || chdir(PLACE) != 0) {
		perror(PLACE "list");
		return 1;
	}
	printf("done %d\n", run_all(list, first, most));
	return 0;
}
