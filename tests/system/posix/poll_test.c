/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * pselect() and poll(): a signal that waits for the mask ends the wait, so does
 * a request to end the thread; times that are long are long.
 */
#include <errno.h>
#include <libtest/test.h>
#include <limits.h>
#include <poll.h>
#include <pthread.h>
#include <setjmp.h>
#include <signal.h>
#include <string.h>
#include <sys/select.h>
#include <sys/time.h>
#include <time.h>
#include <unistd.h>

#define LONG_YEARS 0x7fffffffffffffffL

static volatile sig_atomic_t handled;
static sigjmp_buf back;

static void
note(int signal)
{
	(void)signal;
	handled++;
}

static void
leave(int signal)
{
	siglongjmp(back, signal);
}

static void
handle(int signal, void (*handler)(int))
{
	struct sigaction action = {.sa_handler = handler};

	sigaction(signal, &action, NULL);
}

static void
test_mask(void)
{
	struct timespec seconds = {5, 0};
	sigset_t blocked, old, now;
	int result;

	handle(SIGUSR1, note);
	sigemptyset(&blocked);
	sigaddset(&blocked, SIGUSR1);
	sigprocmask(SIG_BLOCK, &blocked, &old);
	raise(SIGUSR1);
	ok(handled == 0, "a blocked signal waits");
	result = pselect(0, NULL, NULL, NULL, &seconds, &old);
	ok(result == -1 && errno == EINTR, "pselect() ends with its handler");
	is_int(handled, 1, "which has run once");
	sigprocmask(SIG_SETMASK, NULL, &now);
	ok(sigismember(&now, SIGUSR1) == 1, "the mask is as before");
	is_int(
	    pselect(0, NULL, NULL, NULL, &(struct timespec){0, 1000000}, &old),
	    0, "without a signal the time ends it");
	sigprocmask(SIG_SETMASK, &old, NULL);
}

static void
test_long(void)
{
	struct timeval longest = {LONG_YEARS, 0};
	int result;

	handle(SIGALRM, note);
	alarm(1);
	result = select(0, NULL, NULL, NULL, &longest);
	ok(result == -1 && errno == EINTR, "the longest time is not over");
	handle(SIGALRM, leave);
	alarm(1);
	if (sigsetjmp(back, 1) == 0)
		(void)poll(NULL, 0, -1);
	handle(SIGALRM, note);
	alarm(1);
	result = poll(NULL, 0, -1);
	ok(result == -1 && errno == EINTR, "a wait after one that was left");
	is_int(poll(NULL, 0, 10), 0, "and one that ends by itself");
}

static void *
wait_for_ever(void *unused)
{
	(void)poll(NULL, 0, -1);
	return unused;
}

static void
test_cancel(void)
{
	struct timespec moment = {0, 50000000};
	pthread_t thread;
	void *result = NULL;

	pthread_create(&thread, NULL, wait_for_ever, NULL);
	nanosleep(&moment, NULL);
	pthread_cancel(thread);
	pthread_join(thread, &result);
	ok(result == PTHREAD_CANCELED, "poll() is a cancellation point");
}

static void *
wait_undisturbed(void *unused)
{
	struct timespec moment = {0, 300000000};
	bool whole;

	pthread_setcancelstate(PTHREAD_CANCEL_DISABLE, NULL);
	whole = poll(NULL, 0, 300) == 0;
	whole &= nanosleep(&moment, NULL) == 0;
	return whole ? unused : NULL;
}

static void
test_disabled(void)
{
	struct timespec moment = {0, 100000000};
	pthread_t thread;
	void *result = NULL;

	pthread_create(&thread, NULL, wait_undisturbed, &moment);
	nanosleep(&moment, NULL);
	pthread_cancel(thread);
	pthread_join(thread, &result);
	ok(result == &moment, "who may not be cancelled is not disturbed");
}

int
main(void)
{
	test_mask();
	test_long();
	test_cancel();
	test_disabled();
	return test_done();
}
