/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Asynchronous input and output: threads that take requests from a queue. The
 * requests of one descriptor are served one after the other, in order, so that
 * appending writes keep it and aio_fsync() comes behind what was before it.
 */
#include <aio.h>
#include <errno.h>
#include <limits.h>
#include <pthread.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "signal_state.h"
#include "thread.h"

#define WORKERS_MAX 8

#define OP_FSYNC    16 /* beside LIO_READ and LIO_WRITE */
#define OP_DSYNC    17

/* What lio_listio() counts down. */
struct __aio_list {
	int left;
	struct sigevent event;
};

static pthread_mutex_t mutex = PTHREAD_MUTEX_INITIALIZER;
static pthread_cond_t work = PTHREAD_COND_INITIALIZER;
static struct aiocb *queue;             /* waiting, in order */
static struct aiocb *busy[WORKERS_MAX]; /* being served */
static int workers;
static int idle;
static uint32_t finished; /* counts requests that are done */

static int
fail(int error)
{
	errno = error;
	return -1;
}

/* Tell who asked for it; in a worker, without the lock. */
static void
notify(const struct sigevent *event)
{
	switch (event->sigev_notify) {
	case SIGEV_SIGNAL:
		if (event->sigev_signo > 0)
			(void)__signal_queue(getpid(), event->sigev_signo,
			    SI_ASYNCIO, event->sigev_value);
		break;
	case SIGEV_THREAD:
		event->sigev_notify_function(event->sigev_value);
		break;
	default:
		break;
	}
}

/* The last of a list; the list's event is to be told then. */
static struct __aio_list *
leave_list(struct aiocb *request)
{
	struct __aio_list *list = request->__list;

	request->__list = NULL;
	return list != NULL && --list->left == 0 ? list : NULL;
}

/* With the lock held, which is given up to tell. */
static void
finish(struct aiocb *request, ssize_t result, int error)
{
	struct sigevent event = request->aio_sigevent;
	struct __aio_list *list = leave_list(request);

	request->__result = result;
	__atomic_store_n(&request->__error, error, __ATOMIC_RELEASE);
	__atomic_fetch_add(&finished, 1, __ATOMIC_SEQ_CST);
	__wake(&finished, INT_MAX, false);
	pthread_mutex_unlock(&mutex);
	notify(&event);
	if (list != NULL) {
		notify(&list->event);
		free(list);
	}
	pthread_mutex_lock(&mutex);
}

static ssize_t
serve(const struct aiocb *request)
{
	void *data = (void *)(uintptr_t)request->aio_buf;
	size_t size = request->aio_nbytes;
	int fd = request->aio_fildes;
	ssize_t result;

	switch (request->aio_lio_opcode) {
	case LIO_READ:
		result = pread(fd, data, size, request->aio_offset);
		return result < 0 && errno == ESPIPE ? read(fd, data, size)
						     : result;
	case LIO_WRITE:
		if (fcntl(fd, F_GETFL) & O_APPEND)
			return write(fd, data, size);
		result = pwrite(fd, data, size, request->aio_offset);
		return result < 0 && errno == ESPIPE ? write(fd, data, size)
						     : result;
	case OP_DSYNC:
		return fdatasync(fd);
	default:
		return fsync(fd);
	}
}

static bool
is_busy(int fd)
{
	for (int i = 0; i < WORKERS_MAX; i++)
		if (busy[i] != NULL && busy[i]->aio_fildes == fd)
			return true;
	return false;
}

/* The first whose descriptor nobody serves, out of the queue. */
static struct aiocb *
next_request(void)
{
	struct aiocb **link = &queue;
	struct aiocb *request;

	while (*link != NULL && is_busy((*link)->aio_fildes))
		link = &(*link)->__next;
	request = *link;
	if (request != NULL)
		*link = request->__next;
	return request;
}

static void *
run_worker(void *cookie)
{
	struct aiocb **place = cookie;
	struct aiocb *request;
	ssize_t result;

	pthread_mutex_lock(&mutex);
	for (;;) {
		request = next_request();
		if (request == NULL) {
			idle++;
			pthread_cond_wait(&work, &mutex);
			idle--;
			continue;
		}
		*place = request;
		pthread_mutex_unlock(&mutex);
		errno = 0;
		result = serve(request);
		pthread_mutex_lock(&mutex);
		*place = NULL;
		finish(request, result, result < 0 ? errno : 0);
		pthread_cond_broadcast(&work);
	}
	return NULL;
}

/* Workers take no signals. */
static bool
start_worker(void)
{
	pthread_attr_t attributes;
	pthread_t thread;
	sigset_t all, old;
	bool started;

	sigfillset(&all);
	pthread_sigmask(SIG_SETMASK, &all, &old);
	pthread_attr_init(&attributes);
	pthread_attr_setdetachstate(&attributes, PTHREAD_CREATE_DETACHED);
	started = pthread_create(
		      &thread, &attributes, run_worker, &busy[workers]) == 0;
	pthread_sigmask(SIG_SETMASK, &old, NULL);
	workers += started;
	return started;
}

static int
check(const struct aiocb *request, int operation)
{
	int flags = fcntl(request->aio_fildes, F_GETFL);
	int access = flags & O_ACCMODE;

	if (flags < 0 || (operation == LIO_READ && access == O_WRONLY) ||
	    (operation != LIO_READ && access == O_RDONLY))
		return EBADF;
	if (request->aio_reqprio != 0 ||
	    (operation <= LIO_WRITE &&
		(request->aio_offset < 0 || request->aio_nbytes > SSIZE_MAX)))
		return EINVAL;
	return 0;
}

/* In the child of fork() there are no workers. */
static void
check_forked(void)
{
	static pid_t owner;

	if (owner == getpid())
		return;
	owner = getpid();
	workers = 0;
	idle = 0;
	queue = NULL;
	memset(busy, 0, sizeof(busy));
}

/* Enter a request; 0, or an errno that is also the request's. */
static int
enter(struct aiocb *request, int operation, struct __aio_list *list)
{
	struct aiocb **link = &queue;
	int error = check(request, operation);

	check_forked();
	request->__result = -1;
	request->__next = NULL;
	request->__list = list;
	if (error == 0 && idle == 0 && workers < WORKERS_MAX &&
	    !start_worker() && workers == 0)
		error = EAGAIN;
	request->__error = error != 0 ? error : EINPROGRESS;
	if (error != 0)
		return error;
	request->aio_lio_opcode = operation;
	while (*link != NULL)
		link = &(*link)->__next;
	*link = request;
	pthread_cond_signal(&work);
	return 0;
}

static int
submit(struct aiocb *request, int operation)
{
	int error;

	pthread_mutex_lock(&mutex);
	error = enter(request, operation, NULL);
	pthread_mutex_unlock(&mutex);
	return error == 0 ? 0 : fail(error);
}

int
aio_read(struct aiocb *request)
{
	return submit(request, LIO_READ);
}

int
aio_write(struct aiocb *request)
{
	return submit(request, LIO_WRITE);
}

int
aio_fsync(int operation, struct aiocb *request)
{
	if (operation != O_SYNC && operation != O_DSYNC)
		return fail(EINVAL);
	return submit(request, operation == O_SYNC ? OP_FSYNC : OP_DSYNC);
}

int
aio_error(const struct aiocb *request)
{
	return __atomic_load_n(&request->__error, __ATOMIC_ACQUIRE);
}

ssize_t
aio_return(struct aiocb *request)
{
	int error = aio_error(request);

	if (error == EINPROGRESS || error == EINVAL)
		return fail(EINVAL);
	request->__error = EINVAL;
	if (error != 0)
		return fail(error);
	return request->__result;
}

/* Those that nobody serves yet. */
int
aio_cancel(int fd, struct aiocb *wanted)
{
	struct aiocb **link = &queue;
	int result = AIO_ALLDONE;

	if (fcntl(fd, F_GETFL) < 0)
		return -1;
	if (wanted != NULL && wanted->aio_fildes != fd)
		return fail(EINVAL);
	pthread_mutex_lock(&mutex);
	while (*link != NULL) {
		struct aiocb *request = *link;

		if (request->aio_fildes != fd ||
		    (wanted != NULL && request != wanted)) {
			link = &request->__next;
			continue;
		}
		*link = request->__next;
		finish(request, -1, ECANCELED);
		link = &queue; /* the lock was given up */
		result = AIO_CANCELED;
	}
	for (int i = 0; i < WORKERS_MAX; i++)
		if (busy[i] != NULL && busy[i]->aio_fildes == fd &&
		    (wanted == NULL || wanted == busy[i]))
			result = AIO_NOTCANCELED;
	pthread_mutex_unlock(&mutex);
	return result;
}

static bool
is_one_done(const struct aiocb *const requests[], int count)
{
	for (int i = 0; i < count; i++)
		if (requests[i] != NULL &&
		    aio_error(requests[i]) != EINPROGRESS)
			return true;
	return false;
}

static struct timespec
end_of(const struct timespec *timeout)
{
	struct timespec end;

	clock_gettime(CLOCK_MONOTONIC, &end);
	end.tv_sec += timeout->tv_sec;
	end.tv_nsec += timeout->tv_nsec;
	if (end.tv_nsec >= 1000000000) {
		end.tv_nsec -= 1000000000;
		end.tv_sec++;
	}
	return end;
}

int
aio_suspend(const struct aiocb *const requests[], int count,
    const struct timespec *timeout)
{
	struct timespec end = {0, 0};
	int error = 0;

	pthread_testcancel();
	if (timeout != NULL)
		end = end_of(timeout);
	while (error == 0) {
		uint32_t seen = __atomic_load_n(&finished, __ATOMIC_SEQ_CST);

		if (is_one_done(requests, count))
			return 0;
		__cancel_begin();
		error = __wait_until(&finished, seen, CLOCK_MONOTONIC,
		    timeout != NULL ? &end : NULL, false);
		__cancel_end();
		pthread_testcancel();
	}
	return fail(error == ETIMEDOUT ? EAGAIN : error);
}

/* All that a list waits for; the errors of each are in each. */
static int
wait_for_all(struct aiocb *restrict const requests[], int count)
{
	for (int i = 0; i < count; i++) {
		const struct aiocb *one = requests[i];

		if (one == NULL || one->aio_lio_opcode == LIO_NOP)
			continue;
		while (aio_error(one) == EINPROGRESS)
			if (aio_suspend(&one, 1, NULL) != 0)
				return -1;
		if (aio_error(one) != 0)
			return fail(EIO);
	}
	return 0;
}

static int
enter_all(
    struct aiocb *restrict const requests[], int count, struct __aio_list *list)
{
	int failed = 0;

	for (int i = 0; i < count; i++) {
		int operation =
		    requests[i] != NULL ? requests[i]->aio_lio_opcode : LIO_NOP;
		int error = 0;

		if (operation == LIO_NOP)
			continue;
		list->left++;
		if (operation != LIO_READ && operation != LIO_WRITE)
			error = requests[i]->__error = EINVAL;
		else
			error = enter(requests[i], operation, list);
		if (error == 0)
			continue;
		list->left--;
		failed = error == EAGAIN ? EAGAIN : EIO;
	}
	return failed;
}

int
lio_listio(int mode, struct aiocb *restrict const requests[restrict], int count,
    struct sigevent *restrict event)
{
	struct __aio_list *list;
	int failed;
	bool empty;

	if ((mode != LIO_WAIT && mode != LIO_NOWAIT) || count < 0 ||
	    count > AIO_LISTIO_MAX)
		return fail(EINVAL);
	list = calloc(1, sizeof(*list));
	if (list == NULL)
		return fail(EAGAIN);
	list->event.sigev_notify = SIGEV_NONE;
	if (event != NULL && mode == LIO_NOWAIT)
		list->event = *event;
	pthread_mutex_lock(&mutex);
	list->left = 1; /* not before all are in */
	failed = enter_all(requests, count, list);
	empty = --list->left == 0;
	pthread_mutex_unlock(&mutex);
	if (empty) {
		notify(&list->event);
		free(list);
	}
	if (mode == LIO_WAIT && wait_for_all(requests, count) != 0)
		return -1;
	return failed == 0 ? 0 : fail(failed);
}
