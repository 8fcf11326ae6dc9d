/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Signals between processes: handlers, masks, stops, alarms, faults, what exec
 * and the end of a parent do to them. Plain POSIX.
 */
#include <errno.h>
#include <libtest/test.h>
#include <setjmp.h>
#include <signal.h>
#include <stdint.h>
#include <stdlib.h>
#include <sys/time.h>
#include <sys/wait.h>
#include <unistd.h>

#define CHILDREN 60

static volatile sig_atomic_t caught;
static volatile sig_atomic_t caught_pid;
static volatile sig_atomic_t caught_status;
static volatile sig_atomic_t caught_code;
static void *volatile caught_address;
static sigjmp_buf back;

static void
note(int signal, siginfo_t *information, void *context)
{
	(void)context;
	caught = signal;
	caught_pid = information->si_pid;
	caught_status = information->si_status;
	caught_code = information->si_code;
	caught_address = information->si_addr;
}

static void
jump(int signal, siginfo_t *information, void *context)
{
	note(signal, information, context);
	siglongjmp(back, 1);
}

static void
install(int signal, void (*function)(int, siginfo_t *, void *), int flags)
{
	struct sigaction action = {0};

	action.sa_sigaction = function;
	action.sa_flags = SA_SIGINFO | flags;
	sigaction(signal, &action, NULL);
	caught = 0;
}

static void
block(int how, int signal)
{
	sigset_t set;

	sigemptyset(&set);
	sigaddset(&set, signal);
	sigprocmask(how, &set, NULL);
}

/* A child that sends us a signal after a while, and ends. */
static pid_t
child_sends(int signal)
{
	pid_t pid = fork();

	if (pid == 0) {
		usleep(20000);
		kill(getppid(), signal);
		usleep(20000);
		_exit(3);
	}
	return pid;
}

static void
test_handlers(void)
{
	sigset_t pending, empty;
	int status;
	pid_t pid;

	install(SIGUSR1, note, 0);
	pid = child_sends(SIGUSR1);
	ok(waitpid(pid, &status, 0) == -1 && errno == EINTR,
	    "a handler without SA_RESTART ends waitpid: EINTR");
	is_int(caught, SIGUSR1, "it ran");
	is_int(caught_pid, pid, "si_pid");
	is_int(caught_code, SI_USER, "si_code");
	is_int(waitpid(pid, &status, 0), pid, "the child can be waited for");
	install(SIGUSR1, note, SA_RESTART);
	pid = child_sends(SIGUSR1);
	is_int(waitpid(pid, &status, 0), pid, "with SA_RESTART it goes on");
	is_int(caught, SIGUSR1, "and the handler ran");

	install(SIGUSR1, note, 0);
	block(SIG_BLOCK, SIGUSR1);
	pid = child_sends(SIGUSR1);
	is_int(waitpid(pid, &status, 0), pid, "a blocked signal ends no wait");
	is_int(caught, 0, "nor runs its handler");
	sigpending(&pending);
	ok(sigismember(&pending, SIGUSR1), "it is pending");
	block(SIG_UNBLOCK, SIGUSR1);
	is_int(caught, SIGUSR1, "unblocked, it is caught at once");

	block(SIG_BLOCK, SIGUSR2);
	install(SIGUSR2, note, 0);
	pid = child_sends(SIGUSR2);
	sigemptyset(&empty);
	ok(sigsuspend(&empty) == -1 && errno == EINTR, "sigsuspend");
	is_int(caught, SIGUSR2, "waits for the signal");
	block(SIG_UNBLOCK, SIGUSR2);
	waitpid(pid, &status, 0);
}

static void
test_child(void)
{
	sigset_t set;
	int status, number = 0;
	pid_t pid;

	install(SIGCHLD, note, SA_RESTART);
	pid = fork();
	if (pid == 0)
		_exit(5);
	is_int(waitpid(pid, &status, 0), pid, "a child with SIGCHLD caught");
	is_int(caught, SIGCHLD, "SIGCHLD");
	is_int(caught_pid, pid, "of that child");
	is_int(caught_status, 5, "with its status");
	is_int(caught_code, CLD_EXITED, "and why");
	signal(SIGCHLD, SIG_DFL);

	sigemptyset(&set);
	sigaddset(&set, SIGCHLD);
	sigprocmask(SIG_BLOCK, &set, NULL);
	pid = fork();
	if (pid == 0)
		_exit(0);
	is_int(sigwait(&set, &number), 0, "sigwait for a signal with no");
	is_int(number, SIGCHLD, "handler, that is ignored by default");
	waitpid(pid, &status, 0);
	sigprocmask(SIG_UNBLOCK, &set, NULL);

	signal(SIGCHLD, SIG_IGN);
	pid = fork();
	if (pid == 0)
		_exit(0);
	is_int(waitpid(pid, &status, 0), -1, "wait");
	is_int(errno, ECHILD,
	    "ignored SIGCHLD: no zombies, wait ends with ECHILD");
	signal(SIGCHLD, SIG_DFL);
}

/* Children end while their parent goes into waitpid, comes out, or is in it. */
static void
test_no_child_lost(int flags, const char *name)
{
	int told = 0;
	int status;

	install(SIGCHLD, note, flags);
	for (int i = 0; i < CHILDREN; i++) {
		pid_t pid = fork();
		pid_t waited;

		if (pid == 0)
			_exit(i);
		do
			waited = waitpid(pid, &status, 0);
		while (waited == -1 && errno == EINTR);
		if (waited == pid && WEXITSTATUS(status) == i)
			told++;
	}
	is_int(told, CHILDREN, name);
	signal(SIGCHLD, SIG_DFL);
}

static void
test_waitid(void)
{
	siginfo_t information = {0};
	int status;
	pid_t pid = fork();

	if (pid == 0)
		_exit(6);
	is_int(waitid(P_PID, (id_t)pid, &information, WEXITED | WNOWAIT), 0,
	    "waitid, WNOWAIT");
	is_int(information.si_status, 6, "tells");
	is_int(waitpid(pid, &status, 0), pid, "and leaves it");
}

static void
test_stop(void)
{
	int status;
	pid_t pid = fork();

	if (pid == 0) {
		install(SIGCONT, note, 0);
		raise(SIGSTOP);
		_exit(caught == SIGCONT ? 4 : 1);
	}
	is_int(waitpid(pid, &status, WUNTRACED), pid, "a child stops itself");
	ok(WIFSTOPPED(status), "and is told of");
	is_int(waitpid(pid, &status, WUNTRACED | WNOHANG), 0, "once");
	kill(pid, SIGUSR1);
	is_int(waitpid(pid, &status, WNOHANG), 0, "a signal waits meanwhile");
	kill(pid, SIGKILL);
	is_int(waitpid(pid, &status, 0), pid, "but not SIGKILL");
	is_int(WTERMSIG(status), SIGKILL, "which ends it");
	pid = fork();
	if (pid == 0) {
		install(SIGCONT, note, 0);
		raise(SIGSTOP);
		_exit(caught == SIGCONT ? 4 : 1);
	}
	waitpid(pid, &status, WUNTRACED);
	kill(pid, SIGCONT);
	is_int(waitpid(pid, &status, 0), pid, "continued, it ends");
	is_int(WEXITSTATUS(status), 4, "SIGCONT was caught");
}

static void
test_alarm(void)
{
	struct itimerval timer = {{0, 10000}, {0, 10000}};
	int i;

	install(SIGALRM, note, 0);
	ualarm(20000, 0);
	pause();
	is_int(caught, SIGALRM, "an alarm ends pause");
	caught = 0;
	setitimer(ITIMER_REAL, &timer, NULL);
	for (i = 0; i < 3; i++) {
		pause();
		caught = 0;
	}
	timer.it_value.tv_usec = 0;
	timer.it_interval.tv_usec = 0;
	setitimer(ITIMER_REAL, &timer, NULL);
	is_int(i, 3, "an interval timer comes again");
	ualarm(30000, 0);
	while (caught == 0)
		;
	is_int(caught, SIGALRM, "an alarm interrupts a loop");
}

static void
test_faults(void)
{
	static char stack[65536];
	stack_t alternate = {.ss_sp = stack, .ss_size = sizeof(stack)};
	volatile int zero = 0, many = 1000;
	volatile int *volatile nowhere = (volatile int *)16;

	install(SIGSEGV, jump, 0);
	if (sigsetjmp(back, 1) == 0)
		*nowhere = 1;
	is_int(caught, SIGSEGV, "SIGSEGV can be caught");
	ok(caught_address == (void *)16, "si_addr");
	is_int(caught_code, SEGV_MAPERR, "si_code");
	if (sigsetjmp(back, 1) == 0)
		*nowhere = 1;
	is_int(caught, SIGSEGV, "and again");
	sigaltstack(&alternate, NULL);
	install(SIGSEGV, jump, SA_ONSTACK);
	if (sigsetjmp(back, 1) == 0)
		*nowhere = 1;
	is_int(caught, SIGSEGV, "on an alternate stack");
	install(SIGTRAP, jump, 0);
	install(SIGILL, jump, 0);
	if (sigsetjmp(back, 1) == 0)
		__builtin_trap();
	ok(caught == SIGILL || caught == SIGTRAP, "SIGILL");
	install(SIGFPE, jump, 0);
	if (sigsetjmp(back, 1) == 0) {
		/* NOLINTNEXTLINE(clang-analyzer-core.DivideZero): to fault */
		zero = many / zero;
		/* Some machines do not mind. */
		caught = zero == 0 ? SIGFPE : 0;
	}
	is_int(caught, SIGFPE, "SIGFPE");
}

/* The child's end as a status word: 0x100 * signal + exit status. */
static int
end_of(pid_t pid)
{
	int status = 0;

	waitpid(pid, &status, 0);
	return WIFSIGNALED(status) ? WTERMSIG(status) << 8
				   : WEXITSTATUS(status);
}

static void
test_exec(const char *self)
{
	pid_t pid = fork();

	if (pid == 0) {
		install(SIGUSR1, note, 0);
		signal(SIGUSR2, SIG_IGN);
		block(SIG_BLOCK, SIGHUP);
		kill(getpid(), SIGHUP);
		execl(self, self, "exec", (char *)NULL);
		_exit(99);
	}
	is_int(end_of(pid), 0, "exec: ignored and blocked and pending stay");
}

/* What the program that test_exec starts looks at. */
static int
after_exec(void)
{
	struct sigaction action;
	sigset_t set;

	sigaction(SIGUSR1, NULL, &action);
	if (action.sa_handler != SIG_DFL)
		return 1;
	sigaction(SIGUSR2, NULL, &action);
	if (action.sa_handler != SIG_IGN)
		return 2;
	sigprocmask(SIG_BLOCK, NULL, &set);
	if (!sigismember(&set, SIGHUP))
		return 3;
	sigpending(&set);
	return sigismember(&set, SIGHUP) ? 0 : 4;
}

static void
test_orphans(void)
{
	sigset_t set;
	int signal = 0;
	pid_t pid = fork();

	if (pid == 0) {
		pid_t parent = getpid();
		pid_t grandchild = fork();

		if (grandchild == 0) {
			while (getppid() == parent)
				usleep(1000);
			_exit(0);
		}
		_exit(grandchild > 0 ? 8 : 1);
	}
	is_int(end_of(pid), 8, "a child leaves a child of its own");

	/* A stopped member of a group that becomes an orphan: SIGHUP. */
	sigemptyset(&set);
	sigaddset(&set, SIGUSR1);
	sigprocmask(SIG_BLOCK, &set, NULL);
	pid = fork();
	if (pid == 0) {
		pid_t main_pid = getppid();
		pid_t member;

		setpgid(0, 0);
		member = fork();
		if (member == 0) {
			install(SIGHUP, note, 0);
			raise(SIGSTOP);
			if (caught == SIGHUP)
				kill(main_pid, SIGUSR1);
			_exit(0);
		}
		waitpid(member, NULL, WUNTRACED);
		_exit(9);
	}
	is_int(end_of(pid), 9, "a child leaves a stopped child");
	alarm(5);
	sigwait(&set, &signal);
	is_int(signal, SIGUSR1, "which gets SIGHUP and SIGCONT");
	alarm(0);
	sigprocmask(SIG_UNBLOCK, &set, NULL);
}

static void
test_permission(void)
{
	pid_t victim, pid;

	if (getuid() != 0)
		return;
	victim = fork();
	if (victim == 0) {
		for (;;)
			pause();
	}
	pid = fork();
	if (pid == 0) {
		bool good = setuid(1000) == 0 && geteuid() == 1000 &&
			    setuid(0) == -1 && errno == EPERM &&
			    kill(victim, SIGKILL) == -1 && errno == EPERM &&
			    kill(1, 0) == -1 && errno == EPERM;

		_exit(good ? 0 : 1);
	}
	is_int(end_of(pid), 0, "another user may not signal it");
	kill(victim, SIGKILL);
	is_int(end_of(victim), SIGKILL << 8, "its own may");
}

int
main(int argc, char **argv)
{
	if (argc > 1 && strcmp(argv[1], "exec") == 0)
		return after_exec();
	test_handlers();
	test_child();
	test_no_child_lost(0, "no child is lost with an interrupted wait");
	test_no_child_lost(SA_RESTART, "nor with one that goes on");
	test_waitid();
	test_stop();
	test_alarm();
	test_faults();
	test_exec(argv[0]);
	test_orphans();
	test_permission();
	return test_done();
}
