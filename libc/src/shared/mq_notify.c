/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Being told that a message has come to an empty queue: by a signal that the
 * sender's library sends, or in a thread that waits for it here.
 */
#include <errno.h>
#include <limits.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <unistd.h>

#include "queue_file.h"
#include "signal_state.h"
#include "thread.h"

/* For the thread that waits to be told, which frees it: notify_value. */
struct listener {
	struct queue_head *head;
	uint32_t seen;
	void (*function)(union sigval);
	union sigval value;
	bool ended; /* nobody wants to be told any more */
};

void
__queue_notify(struct queue_head *head)
{
	union sigval value;
	pid_t pid = head->notify_pid;
	int saved = errno;

	if (pid == 0)
		return;
	value.sival_ptr = (void *)head->notify_value;
	head->notify_pid = 0;
	if (head->notify_how == SIGEV_SIGNAL)
		(void)__signal_queue(pid, head->notify_signal, SI_MESGQ, value);
	head->notified++;
	__wake(&head->notified, INT_MAX, true);
	errno = saved;
}

/*
 * At most one process is registered, so whatever is counted ends the wait:
 * what has come, or that nobody wants to know.
 */
static void *
listen(void *cookie)
{
	struct listener *listener = cookie;
	struct listener found;
	uint32_t *word = &listener->head->notified;

	while (__atomic_load_n(word, __ATOMIC_SEQ_CST) == listener->seen)
		(void)__wait_until(
		    word, listener->seen, CLOCK_MONOTONIC, NULL, true);
	found = *listener;
	free(listener);
	(void)munmap(found.head, sizeof(*found.head));
	if (!found.ended)
		found.function(found.value);
	return NULL;
}

static bool
start_thread(struct listener *listener, const struct sigevent *event)
{
	pthread_attr_t attributes;
	pthread_t thread;

	pthread_attr_init(&attributes);
	if (event->sigev_notify_attributes != NULL)
		attributes = *event->sigev_notify_attributes;
	pthread_attr_setdetachstate(&attributes, PTHREAD_CREATE_DETACHED);
	return pthread_create(&thread, &attributes, listen, listener) == 0;
}

/* It sees the queue through memory of its own: mq_close() takes the other. */
static struct listener *
start_listener(mqd_t queue, const struct sigevent *event)
{
	struct listener *listener = malloc(sizeof(*listener));
	struct queue_head *head = mmap(
	    NULL, sizeof(*head), PROT_READ | PROT_WRITE, MAP_SHARED, queue, 0);

	if (listener != NULL && head != MAP_FAILED) {
		*listener = (struct listener){.head = head,
		    .seen = head->notified,
		    .function = event->sigev_notify_function,
		    .value = event->sigev_value};
		if (start_thread(listener, event))
			return listener;
	}
	if (head != MAP_FAILED)
		(void)munmap(head, sizeof(*head));
	free(listener);
	return NULL;
}

void
__queue_unregister(struct queue_head *head)
{
	struct listener *listener =
	    (struct listener *)(uintptr_t)head->notify_value;

	if (head->notify_pid != getpid())
		return;
	head->notify_pid = 0;
	if (head->notify_how != SIGEV_THREAD)
		return;
	listener->ended = true;
	__atomic_add_fetch(&head->notified, 1, __ATOMIC_SEQ_CST);
	__wake(&head->notified, INT_MAX, true);
}

static int
register_for(mqd_t queue, struct queue_head *head, const struct sigevent *event)
{
	struct listener *listener;

	if (event == NULL) {
		__queue_unregister(head);
		return 0;
	}
	/* Who has ended does not keep others out. */
	if (head->notify_pid != 0 &&
	    (kill(head->notify_pid, 0) == 0 || errno != ESRCH))
		return EBUSY;
	head->notify_value = (uint64_t)(uintptr_t)event->sigev_value.sival_ptr;
	if (event->sigev_notify == SIGEV_THREAD) {
		listener = start_listener(queue, event);
		if (listener == NULL)
			return EAGAIN;
		head->notify_value = (uint64_t)(uintptr_t)listener;
	}
	head->notify_pid = getpid();
	head->notify_how = event->sigev_notify;
	head->notify_signal = event->sigev_signo;
	return 0;
}

int
mq_notify(mqd_t descriptor, const struct sigevent *event)
{
	struct queue *queue = __queue_of(descriptor);
	int error;

	if (queue == NULL)
		return -1;
	if (event != NULL && event->sigev_notify != SIGEV_SIGNAL &&
	    event->sigev_notify != SIGEV_NONE &&
	    event->sigev_notify != SIGEV_THREAD) {
		errno = EINVAL;
		return -1;
	}
	error = __queue_lock(queue->head);
	if (error == 0) {
		error = register_for(descriptor, queue->head, event);
		__queue_unlock(queue->head);
	}
	if (error == 0)
		return 0;
	errno = error;
	return -1;
}
