/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Lock sets: every call, every error, and locks whose holder ends.
 */
#include <mach/sync_user.h>

#include "space.h"
#include "worker.h"

#define MILLISECOND 1000000UL
#define LOCKS       4

static mach_port_t set;
static volatile bool may_end;

static kern_return_t
call_acquire(struct worker *worker)
{
	kern_return_t kr = lock_acquire(worker->port, worker->id);

	(void)lock_release(worker->port, worker->id);
	return kr;
}

/* Keeps it until told, and ends with it. */
static kern_return_t
call_keep(struct worker *worker)
{
	kern_return_t kr = lock_acquire(worker->port, worker->id);

	while (!may_end)
		(void)clock_sleep(20 * MILLISECOND);
	return kr;
}

static kern_return_t
call_give(struct worker *worker)
{
	kern_return_t kr = lock_acquire(worker->port, worker->id);

	return kr == KERN_SUCCESS ? lock_handoff(worker->port, worker->id) : kr;
}

static kern_return_t
call_accept(struct worker *worker)
{
	kern_return_t kr = lock_handoff_accept(worker->port, worker->id);

	if (kr == KERN_SUCCESS || kr == KERN_LOCK_UNSTABLE)
		(void)lock_release(worker->port, worker->id);
	return kr;
}

static void
test_create(void)
{
	mach_port_t port;

	is_int(lock_set_create(self, &port, 0, SYNC_POLICY_FIFO),
	    KERN_INVALID_ARGUMENT, "no locks");
	is_int(lock_set_create(self, &port, -1, SYNC_POLICY_FIFO),
	    KERN_INVALID_ARGUMENT, "less than none");
	is_int(lock_set_create(self, &port, LOCK_SET_MAX + 1, SYNC_POLICY_FIFO),
	    KERN_INVALID_ARGUMENT, "too many");
	is_int(lock_set_create(self, &port, 1, SYNC_POLICY_MAX + 1),
	    KERN_INVALID_ARGUMENT, "no such policy");
	is_int(lock_set_create(mach_host_self(), &port, 1, 0),
	    KERN_INVALID_ARGUMENT, "no task");
	is_int(lock_set_create(self, &port, LOCK_SET_MAX, SYNC_POLICY_FIFO),
	    KERN_SUCCESS, "as many as may be");
	is_int(lock_acquire(port, LOCK_SET_MAX - 1), KERN_SUCCESS, "the last");
	is_int(lock_set_destroy(mach_host_self(), port), KERN_INVALID_ARGUMENT,
	    "no task");
	is_int(lock_set_destroy(self, self), KERN_INVALID_ARGUMENT, "no set");
	is_int(lock_set_destroy(self, port), KERN_SUCCESS, "destroyed");
	is_int(lock_acquire(port, 0), MACH_SEND_INVALID_DEST, "gone");
	(void)mach_port_deallocate(self, port);
}

static void
test_wrong(kern_return_t (*call)(lock_set_t, int), kern_return_t not_mine)
{
	is_int(call(set, -1), KERN_INVALID_ARGUMENT, "no such lock");
	is_int(call(set, LOCKS), KERN_INVALID_ARGUMENT, "nor this");
	is_int(call(self, 0), KERN_INVALID_ARGUMENT, "no set");
	is_int(call(set, 1), not_mine, "another's lock");
}

static void
test_errors(void)
{
	struct worker keeper = {.call = call_keep, .port = set, .id = 1};

	may_end = false;
	ok(worker_waits(&keeper), "a thread has a lock");
	test_wrong(lock_release, KERN_INVALID_RIGHT);
	test_wrong(lock_make_stable, KERN_INVALID_RIGHT);
	test_wrong(lock_handoff, KERN_INVALID_RIGHT);
	test_wrong(lock_try, KERN_LOCK_OWNED);
	is_int(lock_acquire(set, -1), KERN_INVALID_ARGUMENT, "no such lock");
	is_int(lock_acquire(self, 0), KERN_INVALID_ARGUMENT, "no set");
	is_int(lock_handoff_accept(set, LOCKS), KERN_INVALID_ARGUMENT, "nor");
	is_int(lock_release(set, 0), KERN_INVALID_RIGHT, "nobody's lock");
	may_end = true;
	is_int(worker_end(&keeper), KERN_SUCCESS, "it had it");
	is_int(lock_try(set, 1), KERN_LOCK_UNSTABLE, "it ended with it");
	is_int(lock_try(set, 1), KERN_LOCK_OWNED_SELF, "ours");
	is_int(lock_acquire(set, 1), KERN_LOCK_OWNED_SELF, "ours");
	is_int(lock_handoff_accept(set, 1), KERN_LOCK_OWNED_SELF, "ours");
	is_int(lock_release(set, 1), KERN_SUCCESS, "not any more");
	is_int(lock_acquire(set, 1), KERN_LOCK_UNSTABLE, "still not stable");
	is_int(lock_make_stable(set, 1), KERN_SUCCESS, "now");
	is_int(lock_release(set, 1), KERN_SUCCESS, "released");
	is_int(lock_try(set, 1), KERN_SUCCESS, "stable");
	is_int(lock_release(set, 1), KERN_SUCCESS, "released");
}

static void
test_waits(void)
{
	struct worker first = {.call = call_acquire, .port = set, .id = 2};
	struct worker second = first;

	is_int(lock_acquire(set, 2), KERN_SUCCESS, "a lock");
	ok(worker_waits(&first), "one waits");
	ok(worker_waits(&second), "two wait");
	is_int(thread_abort(mach_thread_port(first.thread)), KERN_SUCCESS,
	    "abort");
	is_int(worker_end(&first), KERN_ABORTED, "aborted");
	is_int(lock_acquire(set, 3), KERN_SUCCESS, "another lock is free");
	is_int(lock_release(set, 3), KERN_SUCCESS, "and released");
	is_int(second.code, -1, "that is not what it waits for");
	is_int(lock_release(set, 2), KERN_SUCCESS, "released");
	is_int(worker_end(&second), KERN_SUCCESS, "it got it");
}

/* The holder ends: who waits gets it, and is told. */
static void
test_death(void)
{
	struct worker keeper = {.call = call_keep, .port = set, .id = 0};
	struct worker waiter = {.call = call_acquire, .port = set, .id = 0};

	may_end = false;
	ok(worker_waits(&keeper), "a thread has it");
	ok(worker_waits(&waiter), "another waits");
	may_end = true;
	is_int(worker_end(&keeper), KERN_SUCCESS, "the first ends");
	is_int(worker_end(&waiter), KERN_LOCK_UNSTABLE, "the other is told");
	is_int(lock_acquire(set, 0), KERN_LOCK_UNSTABLE, "the next, too");
	is_int(lock_make_stable(set, 0), KERN_SUCCESS, "now it is");
	is_int(lock_release(set, 0), KERN_SUCCESS, "released");
}

static void
test_handoff(void)
{
	struct worker giver = {.call = call_give, .port = set, .id = 1};
	struct worker accepter = {.call = call_accept, .port = set, .id = 1};

	ok(worker_waits(&giver), "who gives waits");
	is_int(lock_handoff_accept(set, 1), KERN_SUCCESS, "accepted");
	is_int(worker_end(&giver), KERN_SUCCESS, "given");
	ok(worker_waits(&accepter), "who accepts waits");
	is_int(lock_handoff(set, 1), KERN_SUCCESS, "given");
	is_int(worker_end(&accepter), KERN_SUCCESS, "accepted");
	ok(worker_waits(&accepter), "one who accepts");
	is_int(lock_handoff_accept(set, 1), KERN_ALREADY_WAITING, "is enough");
	is_int(thread_abort(mach_thread_port(accepter.thread)), KERN_SUCCESS,
	    "abort");
	is_int(worker_end(&accepter), KERN_ABORTED, "aborted");
	ok(worker_waits(&giver), "who gives waits");
	is_int(thread_abort(mach_thread_port(giver.thread)), KERN_SUCCESS,
	    "abort");
	is_int(worker_end(&giver), KERN_ABORTED, "he had it, and ended");
	is_int(lock_acquire(set, 1), KERN_LOCK_UNSTABLE, "with it");
	is_int(lock_make_stable(set, 1), KERN_SUCCESS, "mended");
	is_int(lock_release(set, 1), KERN_SUCCESS, "released");
}

/* The set goes, with locks held and waited for. */
static void
test_destroy(void)
{
	struct worker waiter = {.call = call_acquire, .id = 0};
	struct worker giver = {.call = call_give, .id = 1};
	mach_port_t child;

	is_int(lock_set_create(self, &waiter.port, 2, SYNC_POLICY_FIFO),
	    KERN_SUCCESS, "a set");
	giver.port = waiter.port;
	is_int(lock_acquire(waiter.port, 0), KERN_SUCCESS, "ours");
	ok(worker_waits(&waiter), "it waits");
	ok(worker_waits(&giver), "it waits");
	is_int(lock_set_destroy(self, waiter.port), KERN_SUCCESS, "destroyed");
	is_int(worker_end(&waiter), KERN_LOCK_SET_DESTROYED, "no more");
	is_int(worker_end(&giver), KERN_LOCK_SET_DESTROYED, "no more");
	(void)mach_port_deallocate(self, waiter.port);

	is_int(task_create(self, FALSE, &child), KERN_SUCCESS, "a task");
	is_int(lock_set_create(child, &waiter.port, 1, SYNC_POLICY_FIFO),
	    KERN_SUCCESS, "its set");
	is_int(lock_set_destroy(self, waiter.port), KERN_INVALID_RIGHT,
	    "not ours");
	is_int(lock_acquire(waiter.port, 0), KERN_SUCCESS, "but its lock");
	ok(worker_waits(&waiter), "it waits");
	is_int(task_terminate(child), KERN_SUCCESS, "the owner ends");
	is_int(worker_end(&waiter), KERN_LOCK_SET_DESTROYED, "no more");
	(void)mach_port_deallocate(self, waiter.port);
	(void)mach_port_deallocate(self, child);
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
	is_int(lock_set_create(self, &set, LOCKS, SYNC_POLICY_FIFO),
	    KERN_SUCCESS, "a set");
	test_errors();
	test_waits();
	test_death();
	test_handoff();
	test_destroy();
	(void)mach_port_deallocate(self, set);
	is_int(space_names(), names, "no name is left");
	return test_done();
}
