/* SPDX-License-Identifier: BSD-2-Clause */
/* Message queues: sending and receiving. */
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <string.h>

#include "process.h"
#include "queue_file.h"
#include "thread.h"

static int
fail(int error)
{
	errno = error;
	return -1;
}

static void
let_go(void *cookie)
{
	uint32_t *waiters = cookie;

	__atomic_fetch_sub(waiters, 1, __ATOMIC_SEQ_CST);
}

/* Wait without the lock for a word to count up; 0 or an errno. */
static int
wait_for(struct queue_head *head, uint32_t *word, uint32_t *waiters,
    const struct timespec *until)
{
	uint32_t seen = *word;
	unsigned interrupts = __signal_interrupts;
	int error;

	if (until != NULL && !__valid_time(until))
		return EINVAL;
	__atomic_fetch_add(waiters, 1, __ATOMIC_SEQ_CST);
	__queue_unlock(head);
	pthread_cleanup_push(let_go, waiters);
	__cancel_begin();
	error = __wait_until(word, seen, CLOCK_REALTIME, until, true);
	__cancel_end();
	pthread_testcancel();
	pthread_cleanup_pop(1);
	if (__queue_lock(head) != 0)
		return EBADF;
	/* What handlers with SA_RESTART interrupt goes on. */
	if (error == EINTR && interrupts == __signal_interrupts)
		error = 0;
	return error;
}

static void
count_up(uint32_t *word, const uint32_t *waiters)
{
	__atomic_fetch_add(word, 1, __ATOMIC_SEQ_CST);
	if (__atomic_load_n(waiters, __ATOMIC_SEQ_CST) > 0)
		__wake(word, INT_MAX, true);
}

/* Chain a free slot in, behind those of its priority. */
static void
put(struct queue_head *head, const char *from, size_t size, unsigned priority)
{
	uint32_t index = head->free;
	struct queue_slot *slot = __queue_slot(head, index);
	uint32_t *link = &head->first;

	head->free = slot->next;
	slot->priority = priority;
	slot->size = size;
	memcpy(slot->data, from, size);
	while (*link != QUEUE_NONE &&
	       __queue_slot(head, *link)->priority >= priority)
		link = &__queue_slot(head, *link)->next;
	slot->next = *link;
	*link = index;
	if (head->count++ == 0 && head->receivers == 0)
		__queue_notify(head);
	count_up(&head->arrivals, &head->receivers);
}

static ssize_t
take(struct queue_head *head, char *to, unsigned *priority)
{
	uint32_t index = head->first;
	struct queue_slot *slot = __queue_slot(head, index);
	size_t size = slot->size;

	if (size > (size_t)head->message_size)
		size = (size_t)head->message_size;
	memcpy(to, slot->data, size);
	if (priority != NULL)
		*priority = slot->priority;
	head->first = slot->next;
	slot->next = head->free;
	head->free = index;
	head->count--;
	count_up(&head->departures, &head->senders);
	return (ssize_t)size;
}

int
mq_timedsend(mqd_t descriptor, const char *from, size_t size, unsigned priority,
    const struct timespec *until)
{
	struct queue *queue = __queue_of(descriptor);
	struct queue_head *head;
	int error;

	pthread_testcancel();
	if (queue == NULL || (queue->flags & O_ACCMODE) == O_RDONLY)
		return fail(EBADF);
	head = queue->head;
	if (priority >= MQ_PRIORITIES)
		return fail(EINVAL);
	if (size > (size_t)head->message_size)
		return fail(EMSGSIZE);
	error = __queue_lock(head);
	if (error != 0)
		return fail(EBADF);
	while (error == 0 && head->count == head->max_messages) {
		if (queue->flags & O_NONBLOCK)
			error = EAGAIN;
		else
			error = wait_for(
			    head, &head->departures, &head->senders, until);
	}
	if (error == 0)
		put(head, from, size, priority);
	__queue_unlock(head);
	return error == 0 ? 0 : fail(error);
}

int
mq_send(mqd_t descriptor, const char *from, size_t size, unsigned priority)
{
	return mq_timedsend(descriptor, from, size, priority, NULL);
}

ssize_t
mq_timedreceive(mqd_t descriptor, char *restrict to, size_t size,
    unsigned *restrict priority, const struct timespec *restrict until)
{
	struct queue *queue = __queue_of(descriptor);
	struct queue_head *head;
	ssize_t result = -1;
	int error;

	pthread_testcancel();
	if (queue == NULL || (queue->flags & O_ACCMODE) == O_WRONLY)
		return fail(EBADF);
	head = queue->head;
	if (size < (size_t)head->message_size)
		return fail(EMSGSIZE);
	error = __queue_lock(head);
	if (error != 0)
		return fail(EBADF);
	while (error == 0 && head->count == 0) {
		if (queue->flags & O_NONBLOCK)
			error = EAGAIN;
		else
			error = wait_for(
			    head, &head->arrivals, &head->receivers, until);
	}
	if (error == 0)
		result = take(head, to, priority);
	__queue_unlock(head);
	return error == 0 ? result : fail(error);
}

ssize_t
mq_receive(mqd_t descriptor, char *to, size_t size, unsigned *priority)
{
	return mq_timedreceive(descriptor, to, size, priority, NULL);
}
