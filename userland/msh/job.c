/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Jobs: a pipeline's processes, waited for as one. With job control each job
 * has a process group and the terminal goes with the foreground; where the
 * system has no such thing (ENOTTY, ENOSYS), jobs stay in the shell's group
 * and everything else works the same. A job gets its number when it leaves
 * the foreground; a finished one stays until it is told of or waited for.
 */
#include "job.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <termios.h>
#include <unistd.h>

static struct job *jobs; /* newest first */
static int terminal = -1;
static pid_t shell_group;
static struct termios shell_modes;

struct job *
job_first(void)
{
	return jobs;
}

struct job *
job_new(const struct node *node, int processes)
{
	struct job *job = xmalloc(sizeof(*job));

	*job = (struct job){.node = node, .next = jobs};
	job->processes = xmalloc((size_t)processes * sizeof(*job->processes));
	job->control = sh.job_control;
	jobs = job;
	return job;
}

void
job_free(struct job *job)
{
	struct job **link = &jobs;

	while (*link != job)
		link = &(*link)->next;
	*link = job->next;
	free(job->processes);
	free(job->text);
	free(job);
}

void
job_forget_all(void)
{
	while (jobs != NULL)
		job_free(jobs);
}

static void
give_terminal(pid_t group)
{
	if (terminal >= 0)
		tcsetpgrp(terminal, group);
}

/* In the new process: its group, its signals, its place among jobs. */
static void
become_child(struct job *job, bool background)
{
	bool first = job->count == 0;

	if (job->control) {
		pid_t group = first ? getpid() : job->group;

		setpgid(0, group);
		if (!background)
			give_terminal(group);
	}
	trap_reset_child();
	if (background && !job->control) {
		trap_ignore(SIGINT);
		trap_ignore(SIGQUIT);
		if (first) {
			int fd = open("/dev/null", O_RDONLY);

			if (fd > 0) {
				dup2(fd, STDIN_FILENO);
				close(fd);
			}
		}
	}
	job_forget_all();
	sh.interactive = false;
	sh.job_control = false;
	sh.subshell = true;
}

/*
 * A signal for the new process, as soon as its number is known, may come while
 * it still does with signals what the shell does: it is kept until it does not.
 */
static pid_t
fork_as(struct job *job, bool background)
{
	sigset_t all;
	sigset_t before;
	pid_t pid;
	int error;

	sigfillset(&all);
	sigprocmask(SIG_BLOCK, &all, &before);
	pid = fork();
	error = errno;
	if (pid == 0)
		become_child(job, background);
	sigprocmask(SIG_SETMASK, &before, NULL);
	errno = error;
	return pid;
}

static void
close_end(int fd)
{
	if (fd >= 0)
		close(fd);
}

/* Those of its processes that run find the end of their pipe. */
_Noreturn void
job_give_up(struct job *job, const char *what, int input, const int ends[2])
{
	int error = errno;

	close_end(input);
	close_end(ends[0]);
	close_end(ends[1]);
	if (job->count == 0)
		job_free(job);
	shell_error(2, "%s: %s", what, strerror(error));
}

pid_t
job_fork_piped(struct job *job, bool background, int input, const int ends[2])
{
	pid_t pid = fork_as(job, background);

	if (pid < 0)
		job_give_up(job, "fork", input, ends);
	if (pid == 0)
		return 0;
	if (job->count == 0)
		job->group = pid;
	if (job->control)
		setpgid(pid, job->group);
	job->processes[job->count].pid = pid;
	job->processes[job->count].status = 0;
	job->processes[job->count++].state = JOB_RUNNING;
	return pid;
}

pid_t
job_fork(struct job *job, bool background)
{
	static const int none[2] = {-1, -1};

	return job_fork_piped(job, background, -1, none);
}

pid_t
job_fork_plain(struct job *job, const int ends[2])
{
	job->control = false;
	return job_fork_piped(job, false, -1, ends);
}

/* The state of the whole follows from its processes. */
static void
update_state(struct job *job)
{
	enum job_state state = JOB_DONE;
	int i;

	for (i = 0; i < job->count; i++) {
		if (job->processes[i].state == JOB_RUNNING) {
			state = JOB_RUNNING;
			break;
		}
		if (job->processes[i].state == JOB_STOPPED)
			state = JOB_STOPPED;
	}
	if (state != job->state)
		job->changed = true;
	job->state = state;
}

static void
record(pid_t pid, int status)
{
	struct job *job;
	int i;

	for (job = jobs; job != NULL; job = job->next)
		for (i = 0; i < job->count; i++) {
			struct process *process = &job->processes[i];

			if (process->pid != pid || process->state == JOB_DONE)
				continue;
			process->status = status;
			process->state =
			    WIFSTOPPED(status) ? JOB_STOPPED : JOB_DONE;
			update_state(job);
			return;
		}
}

/* No child is left that the system knows: whatever runs has ended. */
static void
lose_all(void)
{
	struct job *job;
	int i;

	for (job = jobs; job != NULL; job = job->next) {
		for (i = 0; i < job->count; i++)
			if (job->processes[i].state == JOB_RUNNING) {
				job->processes[i].state = JOB_DONE;
				job->processes[i].status = 127 << 8;
			}
		update_state(job);
	}
}

bool
job_collect(bool block)
{
	int options = (block ? 0 : WNOHANG) | (sh.job_control ? WUNTRACED : 0);
	int status;
	pid_t pid = waitpid(-1, &status, options);

	if (pid > 0)
		record(pid, status);
	else if (pid < 0 && errno == ECHILD)
		lose_all();
	return pid > 0;
}

int
job_status(const struct job *job)
{
	int status = job->processes[job->count - 1].status;

	if (WIFSTOPPED(status))
		return 128 + WSTOPSIG(status);
	if (WIFSIGNALED(status))
		return 128 + WTERMSIG(status);
	return WEXITSTATUS(status);
}

static void
tell_signal(int status)
{
	int signal = WTERMSIG(status);

	if (signal == SIGINT) {
		if (sh.interactive)
			putc('\n', stderr);
	} else if (signal != SIGPIPE) {
		fprintf(stderr, "%s\n", strsignal(signal));
	}
}

/* The terminal is the shell's again, in the modes it had. */
static void
take_terminal(const struct job *job)
{
	int status = job->processes[job->count - 1].status;

	if (terminal < 0)
		return;
	give_terminal(shell_group);
	if (WIFSIGNALED(status) || WIFSTOPPED(status))
		tcsetattr(terminal, TCSADRAIN, &shell_modes);
}

int
job_wait(struct job *job)
{
	int status;
	int code;

	while (job->state == JOB_RUNNING)
		job_collect(true);
	if (job->control)
		take_terminal(job);
	code = job_status(job);
	status = job->processes[job->count - 1].status;
	if (job->state == JOB_STOPPED) {
		job_number(job);
		putc('\n', stderr);
		job_print(job, false, false);
		fflush(stdout);
		return code;
	}
	if (WIFSIGNALED(status))
		tell_signal(status);
	job_free(job);
	if (sh.interactive && WIFSIGNALED(status) && WTERMSIG(status) == SIGINT)
		shell_unwind(code);
	return code;
}

void
job_number(struct job *job)
{
	const struct job *other;
	int highest = 0;

	if (job->number != 0)
		return;
	for (other = jobs; other != NULL; other = other->next)
		if (other->number > highest)
			highest = other->number;
	job->number = highest + 1;
	if (job->node != NULL && sh.interactive) {
		struct strbuf sb;

		strbuf_init(&sb, sh.tmp);
		ast_print(job->node, &sb);
		job->text = xstrdup(strbuf_text(&sb));
	}
	job->node = NULL;
}

void
job_background(struct job *job)
{
	job_number(job);
	sh.background = job->processes[job->count - 1].pid;
	if (sh.interactive)
		fprintf(stderr, "[%d] %ld\n", job->number, (long)sh.background);
}

int
job_resume(struct job *job, bool foreground)
{
	pid_t to = job->control ? -job->group : job->group;
	int i;

	if (foreground && job->control)
		give_terminal(job->group);
	for (i = 0; i < job->count; i++)
		if (job->processes[i].state == JOB_STOPPED)
			job->processes[i].state = JOB_RUNNING;
	if (job->state == JOB_STOPPED)
		job->state = JOB_RUNNING;
	job->changed = false;
	kill(to, SIGCONT);
	return foreground ? job_wait(job) : 0;
}

/* Own group, and the terminal; false when there is no such thing here. */
static bool
control_start(void)
{
	int fd = open("/dev/tty", O_RDWR | O_CLOEXEC);
	pid_t group;

	if (fd < 0)
		fd = dup(STDIN_FILENO);
	if (fd < 0)
		return false;
	fd = fd_move_high(fd);
	while ((group = tcgetpgrp(fd)) > 0 && group != getpgrp())
		kill(0, SIGTTIN);
	if (fd < 0 || group < 0)
		goto fail;
	shell_group = getpid();
	if (getpgrp() != shell_group && setpgid(0, shell_group) != 0)
		goto fail;
	terminal = fd;
	sh.job_control = true;
	trap_interactive();
	if (tcsetpgrp(fd, shell_group) == 0 && tcgetattr(fd, &shell_modes) == 0)
		return true;
	terminal = -1;
	sh.job_control = false;
fail:
	if (fd >= 0)
		close(fd);
	return false;
}

void
job_init(void)
{
	trap_interactive();
	OPT('m') = control_start();
}

void
job_set_control(bool on)
{
	if (on == sh.job_control)
		return;
	if (!on)
		sh.job_control = false;
	else if (terminal >= 0)
		sh.job_control = true;
	else
		control_start();
	OPT('m') = sh.job_control;
}
