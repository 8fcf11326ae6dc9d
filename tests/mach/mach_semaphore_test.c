/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Semaphores: create, destroy, every way to signal and to wait, by message and
 * by trap; who is woken; what ends a wait otherwise.
 */
#include <mach/sync_user.h>

#include "space.h"
#include "worker.h"

#define MILLISECOND 1000000L
#define WAITERS     3

extern __typeof__(semaphore_signal) semaphore_signal_rpc;
extern __typeof__(semaphore_signal_all) semaphore_signal_all_rpc;
extern __typeof__(semaphore_signal_thread) semaphore_signal_thread_rpc;
extern __typeof__(semaphore_wait) semaphore_wait_rpc;
extern __typeof__(semaphore_wait_signal) semaphore_wait_signal_rpc;
extern __typeof__(semaphore_timedwait) semaphore_timedwait_rpc;
extern __typeof__(semaphore_timedwait_signal) semaphore_timedwait_signal_rpc;

/* The same calls by message, and by trap. */
static const struct way {
	const char *name;
	__typeof__(semaphore_signal) *signal;
	__typeof__(semaphore_signal_all) *signal_all;
	__typeof__(semaphore_signal_thread) *signal_thread;
	__typeof__(semaphore_wait) *wait;
	__typeof__(semaphore_wait_signal) *wait_signal;
	__typeof__(semaphore_timedwait) *timedwait;
	__typeof__(semaphore_timedwait_signal) *timedwait_signal;
	kern_return_t when_dead;
} ways[] = {
    {"message", semaphore_signal_rpc, semaphore_signal_all_rpc,
	semaphore_signal_thread_rpc, semaphore_wait_rpc,
	semaphore_wait_signal_rpc, semaphore_timedwait_rpc,
	semaphore_timedwait_signal_rpc, MACH_SEND_INVALID_DEST},
    {"trap", semaphore_signal, semaphore_signal_all, semaphore_signal_thread,
	semaphore_wait, semaphore_wait_signal, semaphore_timedwait,
	semaphore_timedwait_signal, KERN_TERMINATED},
};

static const struct way *way;
static const mach_timespec_t at_once;
static const mach_timespec_t soon = {.tv_nsec = 20 * MILLISECOND};
static const mach_timespec_t late = {.tv_sec = 20};

static mach_port_t
semaphore(int policy, int value)
{
	mach_port_t port = MACH_PORT_NULL;

	is_int(semaphore_create(self, &port, policy, value), KERN_SUCCESS,
	    "a semaphore");
	return port;
}

static void
destroy(mach_port_t port)
{
	is_int(semaphore_destroy(self, port), KERN_SUCCESS, "destroyed");
	is_int(space_type(port), MACH_PORT_TYPE_DEAD_NAME, "it is gone");
	(void)mach_port_deallocate(self, port);
}

static kern_return_t
call_wait(struct worker *worker)
{
	return way->wait(worker->port);
}

static kern_return_t
call_timedwait(struct worker *worker)
{
	return way->timedwait(worker->port, late);
}

static kern_return_t
call_wait_signal(struct worker *worker)
{
	return way->wait_signal(worker->port, worker->other);
}

static void
test_create(void)
{
	mach_port_t port;

	is_int(semaphore_create(self, &port, SYNC_POLICY_FIFO, -1),
	    KERN_INVALID_ARGUMENT, "less than none");
	is_int(semaphore_create(self, &port, SYNC_POLICY_MAX + 1, 0),
	    KERN_INVALID_ARGUMENT, "no such policy");
	is_int(semaphore_create(self, &port, -1, 0), KERN_INVALID_ARGUMENT,
	    "nor this");
	is_int(semaphore_create(mach_host_self(), &port, 0, 0),
	    KERN_INVALID_ARGUMENT, "no task");
	is_int(semaphore_destroy(self, mach_host_self()), KERN_INVALID_ARGUMENT,
	    "no semaphore");
	port = semaphore(SYNC_POLICY_FIFO, 0);
	is_int(semaphore_destroy(mach_host_self(), port), KERN_INVALID_ARGUMENT,
	    "no task");
	destroy(port);
}

static void
test_count(void)
{
	mach_port_t port = semaphore(SYNC_POLICY_FIFO, 2);

	is_int(way->wait(port), KERN_SUCCESS, "one of two");
	is_int(way->timedwait(port, at_once), KERN_SUCCESS, "the other");
	is_int(way->timedwait(port, at_once), KERN_OPERATION_TIMED_OUT, "none");
	is_int(way->signal(port), KERN_SUCCESS, "signal");
	is_int(way->signal_all(port), KERN_SUCCESS, "signal to nobody");
	is_int(way->wait(port), KERN_SUCCESS, "it was kept");
	is_int(way->timedwait(port, at_once), KERN_OPERATION_TIMED_OUT,
	    "the one to nobody was not");
	destroy(port);
	port = semaphore(SYNC_POLICY_FIFO, INT32_MAX);
	is_int(way->signal(port), KERN_FAILURE, "it is full");
	is_int(way->wait(port), KERN_SUCCESS, "one less");
	is_int(way->signal(port), KERN_SUCCESS, "one more");
	destroy(port);
}

static void
test_times(void)
{
	mach_port_t port = semaphore(SYNC_POLICY_FIFO, 0);
	mach_port_t other = semaphore(SYNC_POLICY_FIFO, 0);
	mach_timespec_t wrong = {.tv_nsec = NSEC_PER_SEC};
	uint64_t before = clock_get_ns(SYSTEM_CLOCK);

	is_int(way->timedwait(port, soon), KERN_OPERATION_TIMED_OUT, "no");
	ok(clock_get_ns(SYSTEM_CLOCK) - before >= 20 * MILLISECOND, "waited");
	is_int(way->timedwait_signal(port, other, soon),
	    KERN_OPERATION_TIMED_OUT, "no");
	is_int(way->wait(other), KERN_SUCCESS, "but the other is signalled");
	is_int(
	    way->timedwait(port, wrong), KERN_INVALID_VALUE, "a second of ns");
	is_int(way->timedwait_signal(port, other, wrong), KERN_INVALID_VALUE,
	    "and here");
	wrong.tv_nsec = -1;
	is_int(way->timedwait(port, wrong), KERN_INVALID_VALUE, "less than 0");
	is_int(way->timedwait(other, at_once), KERN_OPERATION_TIMED_OUT,
	    "nothing was signalled");
	destroy(port);
	destroy(other);
}

/* Signalled, whom does the policy wake? */
static void
test_policy(int policy, int first)
{
	mach_port_t port = semaphore(policy, 0);
	struct worker workers[WAITERS];
	int woken = -1;

	for (int i = 0; i < WAITERS; i++) {
		workers[i] = (struct worker){.call = call_wait, .port = port};
		ok(worker_waits(&workers[i]), "it waits");
	}
	is_int(way->signal(port), KERN_SUCCESS, "signal");
	(void)clock_sleep(10 * MILLISECOND);
	for (int i = 0; i < WAITERS; i++) {
		if (workers[i].code == KERN_SUCCESS)
			woken = woken < 0 ? i : WAITERS;
	}
	is_int(woken, first, "whose turn it is");
	is_int(way->signal_all(port), KERN_SUCCESS, "signal all");
	for (int i = 0; i < WAITERS; i++)
		is_int(worker_end(&workers[i]), KERN_SUCCESS, "woken");
	destroy(port);
}

static void
test_one_thread(void)
{
	mach_port_t port = semaphore(SYNC_POLICY_FIFO, 0);
	struct worker workers[2];

	is_int(way->signal_thread(port, mach_thread_self()), KERN_NOT_WAITING,
	    "this one does not wait");
	is_int(way->signal_thread(port, MACH_PORT_NULL), KERN_NOT_WAITING,
	    "nobody does");
	for (int i = 0; i < 2; i++) {
		workers[i] =
		    (struct worker){.call = call_timedwait, .port = port};
		ok(worker_waits(&workers[i]), "it waits");
	}
	is_int(way->signal_thread(port, mach_thread_port(workers[1].thread)),
	    KERN_SUCCESS, "the second");
	is_int(worker_end(&workers[1]), KERN_SUCCESS, "is woken");
	is_int(workers[0].code, -1, "the first is not");
	is_int(way->signal_thread(port, MACH_PORT_NULL), KERN_SUCCESS, "any");
	is_int(worker_end(&workers[0]), KERN_SUCCESS, "is the first");
	destroy(port);
}

static void
test_wait_signal(void)
{
	mach_port_t port = semaphore(SYNC_POLICY_FIFO, 0);
	mach_port_t other = semaphore(SYNC_POLICY_FIFO, 0);
	struct worker first = {.call = call_wait, .port = other};
	struct worker second = {
	    .call = call_wait_signal, .port = port, .other = other};

	ok(worker_waits(&first), "one waits");
	ok(worker_waits(&second), "another signals it and waits");
	is_int(worker_end(&first), KERN_SUCCESS, "woken");
	is_int(way->signal(port), KERN_SUCCESS, "signal");
	is_int(worker_end(&second), KERN_SUCCESS, "woken");
	is_int(way->wait_signal(port, port), KERN_SUCCESS, "its own signal");
	is_int(way->wait_signal(mach_host_self(), port), KERN_INVALID_ARGUMENT,
	    "wait at none");
	is_int(way->wait_signal(port, mach_host_self()), KERN_INVALID_ARGUMENT,
	    "signal none");
	destroy(port);
	destroy(other);
}

/* Aborted, and destroyed, while somebody waits; and afterwards. */
static void
test_ends(void)
{
	mach_port_t port = semaphore(SYNC_POLICY_FIFO, 0);
	struct worker workers[2];
	kern_return_t kr;

	for (int i = 0; i < 2; i++) {
		workers[i] = (struct worker){
		    .call = i == 0 ? call_wait : call_timedwait, .port = port};
		ok(worker_waits(&workers[i]), "it waits");
	}
	is_int(thread_abort(mach_thread_port(workers[0].thread)), KERN_SUCCESS,
	    "abort");
	is_int(worker_end(&workers[0]), KERN_ABORTED, "aborted");
	workers[0].call = call_wait;
	ok(worker_waits(&workers[0]), "it waits");
	is_int(semaphore_destroy(self, port), KERN_SUCCESS, "destroyed");
	is_int(worker_end(&workers[0]), KERN_TERMINATED, "no more");
	is_int(worker_end(&workers[1]), KERN_TERMINATED, "no more");
	kr = way->when_dead;
	is_int(way->wait(port), kr, "wait");
	is_int(way->signal(port), kr, "signal");
	is_int(way->signal_all(port), kr, "signal all");
	is_int(way->signal_thread(port, mach_thread_self()), kr, "thread");
	is_int(way->timedwait(port, soon), kr, "wait with a time");
	(void)mach_port_deallocate(self, port);
}

static void
test_no_semaphore(void)
{
	mach_port_t receive = space_allocate(RECEIVE);

	is_int(way->wait(mach_thread_self()), KERN_INVALID_ARGUMENT, "thread");
	is_int(way->signal(mach_host_self()), KERN_INVALID_ARGUMENT, "host");
	is_int(way->signal_all(self), KERN_INVALID_ARGUMENT, "task");
	is_int(way->timedwait(self, at_once), KERN_INVALID_ARGUMENT, "task");
	is_int(semaphore_signal_trap(NOBODY), KERN_INVALID_NAME, "no name");
	is_int(
	    semaphore_wait_trap(receive), KERN_INVALID_RIGHT, "receive right");
	(void)mach_port_destroy(self, receive);
}

/* It belongs to a task, whoever made it, and ends with it. */
static void
test_owner(void)
{
	struct worker worker = {.call = call_wait};
	mach_port_t child;

	is_int(task_create(self, FALSE, &child), KERN_SUCCESS, "a task");
	is_int(semaphore_create(child, &worker.port, 0, 0), KERN_SUCCESS,
	    "its semaphore");
	is_int(semaphore_destroy(self, worker.port), KERN_INVALID_RIGHT,
	    "not ours to destroy");
	ok(worker_waits(&worker), "it waits");
	is_int(task_terminate(child), KERN_SUCCESS, "the owner ends");
	is_int(worker_end(&worker), KERN_TERMINATED, "no more");
	is_int(space_type(worker.port), MACH_PORT_TYPE_DEAD_NAME, "gone");
	(void)mach_port_deallocate(self, worker.port);
	(void)mach_port_deallocate(self, child);
}

/* The last right goes while a thread waits by trap, which holds none. */
static void
test_no_senders(void)
{
	struct worker worker = {.call = call_wait};

	worker.port = semaphore(SYNC_POLICY_FIFO, 0);
	ok(worker_waits(&worker), "it waits");
	is_int(
	    mach_port_deallocate(self, worker.port), KERN_SUCCESS, "no right");
	is_int(worker_end(&worker), KERN_TERMINATED, "no more");
}

int
main(void)
{
	int names;

	self = mach_task_self();
	(void)mach_host_self();
	(void)mach_thread_self();
	names = space_names();
	test_create();
	for (way = ways; way < ways + 2; way++) {
		printf("# by %s\n", way->name);
		test_count();
		test_times();
		test_policy(SYNC_POLICY_FIFO, 0);
		test_policy(SYNC_POLICY_LIFO, WAITERS - 1);
		test_one_thread();
		test_wait_signal();
		test_ends();
		test_no_semaphore();
		test_owner();
	}
	way = &ways[1];
	test_no_senders();
	is_int(space_names(), names, "no name is left");
	return test_done();
}
