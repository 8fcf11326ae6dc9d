/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Lock sets: locks that the kernel knows the holder of, so that none is lost
 * when a thread ends: it becomes unstable and goes to the next.
 *
 * A lock with waiters has a holder. At most one thread is on `handoff`: the
 * holder, who gives it away, or else one who would accept it.
 */
#include <kern/convert.h>
#include <kern/sync.h>
#include <sync_server.h>

struct ulock {
	struct thread *holder;
	struct list held; /* holder->held_locks */
	struct wait_queue waiters;
	struct wait_queue handoff;
	struct lock_set *set;
	bool unstable;
};

struct lock_set {
	struct sync_object sync; /* first */
	int count;
	struct ulock locks[];
};

kern_return_t
lock_set_create(
    struct task *task, mach_port_t *lock_set, int n_ulocks, int policy)
{
	struct lock_set *set;

	if (task == NULL || !task->alive || n_ulocks <= 0 ||
	    n_ulocks > LOCK_SET_MAX || policy < 0 || policy > SYNC_POLICY_MAX)
		return KERN_INVALID_ARGUMENT;
	set = (struct lock_set *)sync_create(task, IKOT_LOCK_SET,
	    sizeof(*set) + (size_t)n_ulocks * sizeof(set->locks[0]), policy,
	    lock_set);
	if (set == NULL)
		return KERN_RESOURCE_SHORTAGE;
	set->count = n_ulocks;
	for (int i = 0; i < n_ulocks; i++) {
		set->locks[i].set = set;
		wait_queue_init(&set->locks[i].waiters);
		wait_queue_init(&set->locks[i].handoff);
	}
	return KERN_SUCCESS;
}

kern_return_t
lock_set_destroy(struct task *task, struct lock_set *set)
{
	return sync_destroy(task, (struct sync_object *)set);
}

void
lock_set_wake_all(struct lock_set *set)
{
	for (int i = 0; i < set->count; i++) {
		struct ulock *lock = &set->locks[i];

		if (lock->holder != NULL)
			list_unlink(&lock->held);
		sync_wake_all(&lock->waiters, KERN_LOCK_SET_DESTROYED);
		sync_wake_all(&lock->handoff, KERN_LOCK_SET_DESTROYED);
	}
}

/* NULL: there is none. */
static struct ulock *
lock_of(struct lock_set *set, int id)
{
	return set != NULL && id >= 0 && id < set->count ? &set->locks[id]
							 : NULL;
}

/* The lock becomes the thread's. */
static kern_return_t
hold(struct ulock *lock, struct thread *thread)
{
	lock->holder = thread;
	list_append(&thread->held_locks, &lock->held);
	return lock->unstable ? KERN_LOCK_UNSTABLE : KERN_SUCCESS;
}

/* From its holder to the next. */
static void
pass_on(struct ulock *lock)
{
	struct thread *next = sync_next(&lock->waiters, lock->set->sync.policy);

	list_unlink(&lock->held);
	lock->holder = NULL;
	if (next != NULL)
		sync_wake(next, hold(lock, next));
}

void
lock_set_thread_ends(struct thread *thread)
{
	struct list *first;

	while ((first = list_first(&thread->held_locks)) != NULL) {
		struct ulock *lock = list_entry(first, struct ulock, held);

		lock->unstable = true;
		pass_on(lock);
	}
}

kern_return_t
lock_acquire(struct lock_set *set, int id)
{
	struct ulock *lock = lock_of(set, id);

	if (lock == NULL)
		return KERN_INVALID_ARGUMENT;
	if (lock->holder == NULL)
		return hold(lock, current_thread());
	if (lock->holder == current_thread())
		return KERN_LOCK_OWNED_SELF;
	return sync_wait(&lock->waiters, WAIT_FOREVER, false);
}

kern_return_t
lock_try(struct lock_set *set, int id)
{
	struct ulock *lock = lock_of(set, id);

	if (lock == NULL)
		return KERN_INVALID_ARGUMENT;
	if (lock->holder == NULL)
		return hold(lock, current_thread());
	return lock->holder == current_thread() ? KERN_LOCK_OWNED_SELF
						: KERN_LOCK_OWNED;
}

/* The lock, if the caller holds it. */
static kern_return_t
lock_held(struct lock_set *set, int id, struct ulock **lock)
{
	*lock = lock_of(set, id);
	if (*lock == NULL)
		return KERN_INVALID_ARGUMENT;
	return (*lock)->holder == current_thread() ? KERN_SUCCESS
						   : KERN_INVALID_RIGHT;
}

kern_return_t
lock_release(struct lock_set *set, int id)
{
	struct ulock *lock;
	kern_return_t kr = lock_held(set, id, &lock);

	if (kr == KERN_SUCCESS)
		pass_on(lock);
	return kr;
}

kern_return_t
lock_make_stable(struct lock_set *set, int id)
{
	struct ulock *lock;
	kern_return_t kr = lock_held(set, id, &lock);

	if (kr == KERN_SUCCESS)
		lock->unstable = false;
	return kr;
}

kern_return_t
lock_handoff(struct lock_set *set, int id)
{
	struct ulock *lock;
	struct thread *accepter;
	kern_return_t kr = lock_held(set, id, &lock);

	if (kr != KERN_SUCCESS)
		return kr;
	accepter = wait_queue_first(&lock->handoff);
	if (accepter == NULL)
		return sync_wait(&lock->handoff, WAIT_FOREVER, false);
	list_unlink(&lock->held);
	sync_wake(accepter, hold(lock, accepter));
	return KERN_SUCCESS;
}

kern_return_t
lock_handoff_accept(struct lock_set *set, int id)
{
	struct ulock *lock = lock_of(set, id);
	struct thread *giver;

	if (lock == NULL)
		return KERN_INVALID_ARGUMENT;
	if (lock->holder == current_thread())
		return KERN_LOCK_OWNED_SELF;
	giver = wait_queue_first(&lock->handoff);
	if (giver == NULL)
		return sync_wait(&lock->handoff, WAIT_FOREVER, false);
	if (giver != lock->holder)
		return KERN_ALREADY_WAITING;
	list_unlink(&lock->held);
	sync_wake(giver, KERN_SUCCESS);
	return hold(lock, current_thread());
}
