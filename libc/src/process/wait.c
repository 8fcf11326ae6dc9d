/* SPDX-License-Identifier: BSD-2-Clause */
/* Waiting for children. */
#include <errno.h>
#include <servers/process_user.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/wait.h>

#include "process.h"
#include "thread.h"

static struct timeval
to_timeval(uint64_t nanoseconds)
{
	return (struct timeval){
	    .tv_sec = (time_t)(nanoseconds / 1000000000UL),
	    .tv_usec = (suseconds_t)(nanoseconds % 1000000000UL / 1000),
	};
}

/* As wait4, with WEXITED for children that have ended, and WNOWAIT. */
static pid_t
wait_for(pid_t pid, int *status, int options, struct rusage *usage)
{
	struct proc_usage used;
	kern_return_t code;
	unsigned interrupts;
	int waited;
	int result;

	do {
		interrupts = __signal_interrupts;
		__cancel_begin();
		code = proc_wait(
		    __process.proc, pid, options, &waited, &result, &used);
		__cancel_end();
	} while (__restart(code, interrupts));
	if (__result(code) != 0)
		return -1;
	if (waited > 0 && status != NULL)
		*status = result;
	if (waited > 0 && usage != NULL) {
		memset(usage, 0, sizeof(*usage));
		usage->ru_utime = to_timeval(used.user_ns);
		usage->ru_stime = to_timeval(used.system_ns);
		usage->ru_maxrss = (long)(used.max_rss / 1024);
	}
	return waited;
}

pid_t
wait4(pid_t pid, int *status, int options, struct rusage *usage)
{
	return wait_for(pid, status, options | WEXITED, usage);
}

pid_t
wait3(int *status, int options, struct rusage *usage)
{
	return wait4(-1, status, options, usage);
}

pid_t
waitpid(pid_t pid, int *status, int options)
{
	return wait4(pid, status, options, NULL);
}

pid_t
wait(int *status)
{
	return wait4(-1, status, 0, NULL);
}

static void
describe(siginfo_t *information, pid_t pid, int status)
{
	memset(information, 0, sizeof(*information));
	if (pid == 0)
		return;
	information->si_signo = SIGCHLD;
	information->si_pid = pid;
	if (WIFEXITED(status)) {
		information->si_code = CLD_EXITED;
		information->si_status = WEXITSTATUS(status);
	} else if (WIFCONTINUED(status)) {
		information->si_code = CLD_CONTINUED;
		information->si_status = SIGCONT;
	} else if (WIFSTOPPED(status)) {
		information->si_code = CLD_STOPPED;
		information->si_status = WSTOPSIG(status);
	} else {
		information->si_code =
		    WCOREDUMP(status) ? CLD_DUMPED : CLD_KILLED;
		information->si_status = WTERMSIG(status);
	}
}

int
waitid(idtype_t type, id_t id, siginfo_t *information, int options)
{
	pid_t which = -1;
	pid_t pid;
	int status = 0;

	if ((options & (WEXITED | WSTOPPED | WCONTINUED)) == 0 ||
	    (options &
		~(WEXITED | WSTOPPED | WCONTINUED | WNOHANG | WNOWAIT)) != 0) {
		errno = EINVAL;
		return -1;
	}
	if (type == P_PID)
		which = (pid_t)id;
	else if (type == P_PGID)
		which = -(pid_t)id;
	pid = wait_for(which, &status, options, NULL);
	if (pid < 0)
		return -1;
	if (information != NULL)
		describe(information, pid, status);
	return 0;
}
