/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Waiting on a word of memory: ulock_wait and ulock_wake, by the address in one
 * task and by the memory behind it, wherever it is mapped; what ends a wait;
 * each wrong argument.
 */
#include <mach/vm_map_user.h>

#include "space.h"
#include "worker.h"

#define MILLISECOND 1000000UL
#define PAGE        4096UL
#define WAITERS     3
#define NOBODYS     ((uint32_t *)16) /* no memory of ours */

static uint32_t *word;  /* of shared memory */
static uint32_t *again; /* the same word, at another address */

static kern_return_t
call_wait(struct worker *worker)
{
	return ulock_wait(word, *word, 0, worker->id);
}

static kern_return_t
timed(uint64_t time, int flags)
{
	return ulock_wait(word, *word, time, flags);
}

static bool
make_words(void)
{
	vm_address_t first = 0, second = 0;
	vm_prot_t now, most;

	if (vm_allocate(self, &first, PAGE, TRUE) != KERN_SUCCESS ||
	    vm_inherit(self, first, PAGE, VM_INHERIT_SHARE) != KERN_SUCCESS)
		return false;
	*(volatile uint32_t *)first = 1;
	if (vm_remap(self, &second, PAGE, 0, TRUE, self, first, FALSE, &now,
		&most, VM_INHERIT_SHARE) != KERN_SUCCESS)
		return false;
	word = (uint32_t *)first;
	again = (uint32_t *)second;
	return *again == 1;
}

static void
test_wrong(void)
{
	is_int(ulock_wait(word, 1, 0, 2), KERN_INVALID_ARGUMENT, "no such way");
	is_int(ulock_wait((uint32_t *)((uintptr_t)word + 2), 1, 0, 0),
	    KERN_INVALID_ARGUMENT, "half a word");
	is_int(ulock_wait(NOBODYS, 1, 0, 0), KERN_INVALID_ADDRESS, "no memory");
	is_int(ulock_wait(NOBODYS, 1, 0, ULOCK_SHARED), KERN_INVALID_ADDRESS,
	    "nor shared");
}

static void
test_ends(void)
{
	struct worker worker = {.call = call_wait};

	is_int(ulock_wait(word, 2, 0, 0), KERN_SUCCESS, "another value");
	is_int(timed(MILLISECOND, 0), KERN_OPERATION_TIMED_OUT, "a time");
	is_int(timed(MILLISECOND, ULOCK_SHARED), KERN_OPERATION_TIMED_OUT,
	    "a time, shared");
	ok(worker_waits(&worker), "one waits");
	is_int(thread_abort(mach_thread_port(worker.thread)), KERN_SUCCESS,
	    "and is aborted");
	is_int(worker_end(&worker), KERN_ABORTED, "which it is told");
}

/* Nobody is woken but by who means the same word. */
static void
test_wake(int flags, uint32_t *by)
{
	struct worker workers[WAITERS];

	for (unsigned i = 0; i < WAITERS; i++) {
		workers[i] = (struct worker){.call = call_wait, .id = flags};
		ok(worker_waits(&workers[i]), "one waits");
	}
	is_int(ulock_wake(by + 1, WAITERS, flags), 0, "nobody waits");
	(void)clock_sleep(MILLISECOND);
	ok(workers[0].code == -1, "not for the word beside it");
	is_int(ulock_wake(by, 1, flags), 1, "for one");
	is_int(worker_end(&workers[0]), KERN_SUCCESS, "the first is woken");
	(void)clock_sleep(MILLISECOND);
	ok(workers[1].code == -1 && workers[2].code == -1, "alone");
	is_int(ulock_wake(by, WAITERS, flags), 2, "for all");
	is_int(worker_end(&workers[1]), KERN_SUCCESS, "the second");
	is_int(worker_end(&workers[2]), KERN_SUCCESS, "and the third");
}

/* The same memory at another address is the same word only when shared. */
static void
test_private(void)
{
	struct worker worker = {.call = call_wait};

	ok(worker_waits(&worker), "one waits for its address");
	is_int(ulock_wake(again, 1, 0), 0, "nobody waits");
	(void)clock_sleep(MILLISECOND);
	ok(worker.code == -1, "another address is not it");
	is_int(ulock_wake(word, 1, 0), 1, "one does");
	is_int(worker_end(&worker), KERN_SUCCESS, "its own is");
}

int
main(void)
{
	self = mach_task_self();
	if (!ok(make_words(), "a word with two addresses"))
		return test_done();
	test_wrong();
	test_ends();
	test_wake(0, word);
	test_wake(ULOCK_SHARED, word);
	test_wake(ULOCK_SHARED, again);
	test_private();
	return test_done();
}
