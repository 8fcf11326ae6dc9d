/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Waiting in the kernel on a word of user memory: what libc's locks come to
 * when they are contended. Waiters are found by the address of the word in
 * their address space, through a small hash of wait queues.
 *
 * The word is compared with interrupts off, so that a wake between the compare
 * and the wait cannot be lost; reading it may fault and block, which is why it
 * is read first and nothing happens between the last read and the wait.
 *
 * With ULOCK_SHARED waiters are found by the memory that is mapped there, so
 * that a word can be waited for in several address spaces. The object is only
 * compared, never followed: it may be gone when its address is unmapped.
 */
#include <arch/copy.h>
#include <arch/timer.h>

#include <kern/task.h>
#include <kern/thread.h>
#include <kern/traps.h>
#include <vm/vm_map.h>
#include <vm/vm_object.h>

#define ULOCK_BUCKETS 64

static struct wait_queue buckets[ULOCK_BUCKETS];

void
ulock_init(void)
{
	for (int i = 0; i < ULOCK_BUCKETS; i++)
		wait_queue_init(&buckets[i]);
}

/* Where a word is: in a task's address space, or in an object. */
struct word_key {
	const void *space;
	uint64_t address;
};

/* Will the word stay in that object, whoever writes to it? */
static bool
is_shared(const struct vm_map_entry *entry)
{
	const struct vm_object *object = entry->object;

	return object != NULL && !entry->needs_copy &&
	       (entry->inheritance == VM_INHERIT_SHARE || object->shared ||
		   object->pager != NULL);
}

static struct word_key
key_of(const struct task *task, uint64_t address, uint64_t flags)
{
	const struct vm_map_entry *entry = NULL;

	if ((flags & ULOCK_SHARED) != 0)
		entry = vm_map_lookup(task->map, address);
	if (entry == NULL || !is_shared(entry))
		return (struct word_key){task, address};
	return (struct word_key){
	    entry->object, entry->offset + (address - entry->start)};
}

static struct wait_queue *
bucket_for(struct word_key key)
{
	uint64_t hash = ((uintptr_t)key.space >> 6) ^ (key.address >> 2);

	return &buckets[(hash ^ (hash >> 6)) % ULOCK_BUCKETS];
}

/*
 * Wait while *address == value, at most timeout_ns (0: for ever).
 * KERN_SUCCESS also when the word differs; KERN_OPERATION_TIMED_OUT;
 * KERN_ABORTED; KERN_INVALID_ADDRESS. flags: ULOCK_SHARED.
 */
uint64_t
trap_ulock_wait(
    uint64_t address, uint64_t value, uint64_t timeout_ns, uint64_t flags)
{
	struct thread *self = current_thread();
	uint64_t deadline = WAIT_FOREVER;
	struct word_key key;
	uint32_t word;

	if (((int)flags & ~ULOCK_SHARED) != 0 || (address & 3) != 0)
		return KERN_INVALID_ARGUMENT;
	if (timeout_ns != 0)
		deadline = clock_uptime_ns() + timeout_ns;
	if (deadline < timeout_ns)
		deadline = WAIT_FOREVER;
	if (!copyin(address, &word, sizeof(word)))
		return KERN_INVALID_ADDRESS;
	if (word != (uint32_t)value)
		return KERN_SUCCESS;
	key = key_of(self->task, address, flags);
	self->ulock_space = key.space;
	self->ulock_address = key.address;
	thread_wait(bucket_for(key), WAIT_INTERRUPTIBLE, deadline);
	switch (thread_block(NULL)) {
	case WAIT_AWAKENED:
		return KERN_SUCCESS;
	case WAIT_TIMED_OUT:
		return KERN_OPERATION_TIMED_OUT;
	case WAIT_INTERRUPTED:
		break;
	}
	return KERN_ABORTED;
}

static bool
waits_for(const struct thread *thread, struct word_key key)
{
	return thread->ulock_space == key.space &&
	       thread->ulock_address == key.address;
}

/* Of those who wait for the word the best, of equals the longest waiting. */
static struct thread *
best_waiter(const struct wait_queue *queue, struct word_key key)
{
	struct thread *best = NULL;

	list_for_each (node, &queue->threads) {
		struct thread *thread =
		    list_entry(node, struct thread, wait_link);

		if (waits_for(thread, key) &&
		    (best == NULL ||
			thread->base_priority < best->base_priority))
			best = thread;
	}
	return best;
}

static uint32_t
wake_many(struct wait_queue *queue, struct word_key key, uint32_t count)
{
	uint32_t woken = 0;

	list_for_each_safe (node, after, &queue->threads) {
		struct thread *thread =
		    list_entry(node, struct thread, wait_link);

		if (woken >= count)
			break;
		if (!waits_for(thread, key))
			continue;
		thread_wake(thread, WAIT_AWAKENED);
		woken++;
	}
	return woken;
}

/*
 * Wake up to count waiters; returns how many there were. One is the one of the
 * best base priority, as POSIX wants it of sem_post() and of mutexes.
 */
uint64_t
trap_ulock_wake(uint64_t address, uint64_t count, uint64_t flags)
{
	struct word_key key = key_of(current_task(), address, flags);
	struct wait_queue *queue = bucket_for(key);
	struct thread *best;

	if (((int)flags & ~ULOCK_SHARED) != 0)
		return 0;
	if ((uint32_t)count != 1)
		return wake_many(queue, key, (uint32_t)count);
	best = best_waiter(queue, key);
	if (best != NULL)
		thread_wake(best, WAIT_AWAKENED);
	return best != NULL;
}
