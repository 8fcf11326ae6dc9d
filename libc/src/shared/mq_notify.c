/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Being told that a message has come to an empty queue: by a signal that the
 * sender's library sends, or in a thread that waits for it here.
 */
#include <errno.h>
#include <limits.h>
#include <stdlib.h>
#include <unistd.h>

#include "queue_file.h"
#include "signal_state.h"
#include "thread.h"

/* For the thread that waits to be told. */
struct listener {
	struct queue_head *head;
	uint32_t seen;
	void (*function)(union sigval);
	union sigval value;
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

static void *
listen(void *cookie)
{
	struct listener listener = *(struct listener *)cookie;
	uint32_t *word = &listener.head->notified;

	free(cookie);
	while (__atomic_load_n(word, __ATOMIC_SEQ_CST) == listener.seen)
		(void)__wait_until(
		    word, listener.seen, CLOCK_MONOTONIC, NULL, true);
	if (listener.head->notify_pid != getpid())
		listener.function(listener.value);
	return NULL;
}

static int
start_listener(struct queue_head *head, const struct sigevent *event)
{
	struct listener *listener = malloc(sizeof(*listener));
	pthread_attr_t attributes;
	pthread_t thread;

	if (listener == NULL)
		return ENOMEM;
	*listener = (struct listener){.head = head,
	    .seen = head->notified,
	    .function = event->sigev_notify_function,
	    .value = event->sigev_value};
	pthread_attr_init(&attributes);
	if (event->sigev_notify_attributes != NULL)
		attributes = *event->sigev_notify_attributes;
	pthread_attr_setdetachstate(&attributes, PTHREAD_CREATE_DETACHED);
	if (pthread_create(&thread, &attributes, listen, listener) == 0)
		return 0;
	free(listener);
	return EAGAIN;
}

static int
register_for(struct queue_head *head, const struct sigevent *event)
{
	int error = 0;

	if (event == NULL) {
		if (head->notify_pid == getpid())
			head->notify_pid = 0;
		return 0;
	}
	/* Who has ended does not keep others out. */
	if (head->notify_pid != 0 &&
	    (kill(head->notify_pid, 0) == 0 || errno != ESRCH))
		return EBUSY;
	if (event->sigev_notify == SIGEV_THREAD)
		error = start_listener(head, event);
	if (error != 0)
		return error;
	head->notify_pid = getpid();
	head->notify_how = event->sigev_notify;
	head->notify_signal = event->sigev_signo;
	head->notify_value = (uint64_t)(uintptr_t)event->sigev_value.sival_ptr;
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
		error = register_for(queue->head, event);
		__queue_unlock(queue->head);
	}
	if (error == 0)
		return 0;
	errno = error;
	return -1;
}
