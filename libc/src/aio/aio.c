/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Asynchronous input and output: threads that take requests from a queue. The
 * requests of one descriptor are served one after the other, in order, so that
 * appending writes keep it and aio_fsync() comes behind what was before it. A
 * request holds the port of its descriptor, so that it outlives close(). What
 * was asked for is not looked at again once its end has been told: it may be
 * freed by then.
 */
#include <aio.h>
#include <errno.h>
#include <libmach/mach.h>
#include <limits.h>
#include <pthread.h>
#include <sched.h>
#include <servers/io_user.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "descriptor.h"
#include "io.h"
#include "process.h"
#include "signal_state.h"
#include "thread.h"
#include "thread_call.h"

#define WORKERS_MAX 8

#define OP_FSYNC    16 /* beside LIO_READ and LIO_WRITE */
#define OP_DSYNC    17

/* What lio_listio() counts down, and waits for or has told. */
struct __aio_list {
	int left;
	bool waited; /* whoever waits frees it */
	struct sigevent event;
};

static pthread_mutex_t mutex = PTHREAD_MUTEX_INITIALIZER;
static pthread_cond_t work = PTHREAD_COND_INITIALIZER;
static struct aiocb *queue;             /* waiting, in order */
static struct aiocb *busy[WORKERS_MAX]; /* being served */
static int workers;
static int idle;
static int unfinished;    /* requests, AIO_MAX at most */
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
		if (!__thread_call(event->sigev_notify_function,
			event->sigev_value, event->sigev_notify_attributes))
			event->sigev_notify_function(event->sigev_value);
		break;
	default:
		break;
	}
}

static void
wake_waiters(void)
{
	__atomic_fetch_add(&finished, 1, __ATOMIC_SEQ_CST);
	__wake(&finished, INT_MAX, false);
}

/* One of a list is done. With the lock held, which is given up to tell. */
static void
leave_list(struct __aio_list *list)
{
	if (--list->left > 0)
		return;
	if (list->waited) {
		wake_waiters();
		return;
	}
	pthread_mutex_unlock(&mutex);
	notify(&list->event);
	free(list);
	pthread_mutex_lock(&mutex);
}

/* With the lock held, which is given up to tell. */
static void
finish(struct aiocb *request, ssize_t result, int error)
{
	struct sigevent event = request->aio_sigevent;
	struct __aio_list *list = request->__list;

	__port_release(request->__port);
	unfinished--;
	request->__result = result;
	__atomic_store_n(&request->__error, error, __ATOMIC_RELEASE);
	wake_waiters();
	pthread_mutex_unlock(&mutex);
	notify(&event);
	pthread_mutex_lock(&mutex);
	if (list != NULL)
		leave_list(list);
}

/* A message's worth; at an offset if the file has such. */
static kern_return_t
transfer(struct aiocb *request, char *data, size_t size, size_t *done)
{
	bool reads = request->aio_lio_opcode == LIO_READ;
	int64_t *offset = &request->__offset;
	kern_return_t code;

	for (;;) {
		code = reads ? __read_once(
				   request->__port, data, size, *offset, done)
			     : __write_once(
				   request->__port, data, size, *offset, done);
		if (code != SERVER_ERROR(ESPIPE) || *offset < 0)
			break;
		*offset = IO_OFFSET_CURRENT;
	}
	if (*offset >= 0)
		*offset += (int64_t)*done;
	return code;
}

static ssize_t
serve(struct aiocb *request)
{
	char *data = (char *)(uintptr_t)request->aio_buf;
	size_t left = request->aio_nbytes;
	size_t all = 0;

	if (request->aio_lio_opcode > LIO_WRITE)
		return __result(io_sync(request->__port));
	while (left > 0) {
		size_t part = left < IO_DATA_MAX ? left : IO_DATA_MAX;
		size_t done;
		kern_return_t code = transfer(request, data + all, part, &done);

		if (code != KERN_SUCCESS && all == 0)
			return __result(code);
		all += done;
		left -= done;
		if (code != KERN_SUCCESS || done < part)
			break;
	}
	return (ssize_t)all;
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
	int flags;
	int access;

	if (operation <= LIO_WRITE &&
	    (request->aio_reqprio != 0 || request->aio_buf == NULL ||
		request->aio_offset < 0 || request->aio_nbytes > SSIZE_MAX))
		return EINVAL;
	flags = fcntl(request->aio_fildes, F_GETFL);
	access = flags & O_ACCMODE;
	if (flags < 0 || (operation == LIO_READ && access == O_WRONLY) ||
	    (operation != LIO_READ && access == O_RDONLY))
		return EBADF;
	return 0;
}

/* The request's own reference to the open file, and where in it. */
static int
hold(struct aiocb *request, int operation)
{
	mach_port_t port = __descriptor_port(request->aio_fildes);

	if (port == MACH_PORT_NULL ||
	    syscall_mach_port_mod_refs(mach_task_self(), port,
		MACH_PORT_RIGHT_SEND, 1) != KERN_SUCCESS)
		return EBADF;
	request->__port = port;
	request->__offset = request->aio_offset;
	if (operation == LIO_WRITE &&
	    (fcntl(request->aio_fildes, F_GETFL) & O_APPEND) != 0)
		request->__offset = IO_OFFSET_CURRENT;
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
	unfinished = 0;
	queue = NULL;
	memset(busy, 0, sizeof(busy));
}

static int
refuse(struct aiocb *request, int error)
{
	request->__self = request;
	request->__result = -1;
	request->__error = error;
	return error;
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
	request->__self = request;
	if (error == 0 && unfinished >= AIO_MAX)
		error = EAGAIN;
	if (error == 0 && idle == 0 && workers < WORKERS_MAX &&
	    !start_worker() && workers == 0)
		error = EAGAIN;
	if (error == 0)
		error = hold(request, operation);
	request->__error = error != 0 ? error : EINPROGRESS;
	if (error != 0)
		return error;
	unfinished++;
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
	int before;
	int error;
	bool started;

	pthread_mutex_lock(&mutex);
	before = workers;
	error = enter(request, operation, NULL);
	started = workers != before;
	pthread_mutex_unlock(&mutex);
	if (started)
		(void)sched_yield(); /* so that it is under way */
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
	if (request->__self != request)
		return fail(EINVAL);
	return __atomic_load_n(&request->__error, __ATOMIC_ACQUIRE);
}

ssize_t
aio_return(struct aiocb *request)
{
	int error = aio_error(request);

	if (error < 0 || error == EINPROGRESS)
		return -1;
	request->__self = NULL;
	return error == 0 ? request->__result : fail(error);
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

/*
 * Until a list is done, which is freed then, or by the last of it when a signal
 * was faster: EINTR. With the lock held, which is given up meanwhile.
 */
static int
wait_for_list(struct __aio_list *list)
{
	unsigned interrupts = __signal_interrupts;
	int error = 0;

	while (list->left > 0) {
		uint32_t seen = __atomic_load_n(&finished, __ATOMIC_SEQ_CST);

		pthread_mutex_unlock(&mutex);
		error =
		    __wait_until(&finished, seen, CLOCK_MONOTONIC, NULL, false);
		pthread_mutex_lock(&mutex);
		if (error == EINTR && interrupts != __signal_interrupts &&
		    list->left > 0) {
			list->waited = false;
			return EINTR;
		}
	}
	free(list);
	return 0;
}

/* Has one of them failed? */
static int
error_of_all(struct aiocb *restrict const requests[], int count)
{
	for (int i = 0; i < count; i++) {
		const struct aiocb *one = requests[i];

		if (one != NULL && one->aio_lio_opcode != LIO_NOP &&
		    one->__error != 0)
			return EIO;
	}
	return 0;
}

/*
 * One that fails at once counts as done, and tells so by its own error; for
 * want of means, or when it cannot even be tried, the whole fails, too.
 */
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
			error = refuse(requests[i], EINVAL);
		else
			error = enter(requests[i], operation, list);
		if (error == 0)
			continue;
		list->left--;
		if (error == EAGAIN)
			failed = EAGAIN;
		else if (error == EINVAL)
			failed = EIO;
	}
	return failed;
}

int
lio_listio(int mode, struct aiocb *restrict const requests[restrict], int count,
    struct sigevent *restrict event)
{
	struct __aio_list *list;
	int error;

	if ((mode != LIO_WAIT && mode != LIO_NOWAIT) || count < 0 ||
	    count > AIO_LISTIO_MAX)
		return fail(EINVAL);
	list = calloc(1, sizeof(*list));
	if (list == NULL)
		return fail(EAGAIN);
	list->waited = mode == LIO_WAIT;
	list->event.sigev_notify = SIGEV_NONE;
	if (event != NULL && mode == LIO_NOWAIT)
		list->event = *event;
	pthread_testcancel();
	pthread_mutex_lock(&mutex);
	list->left = 1; /* not before all are in */
	error = enter_all(requests, count, list);
	if (mode == LIO_WAIT) {
		int interrupted;

		list->left--;
		interrupted = wait_for_list(list);
		if (interrupted != 0)
			error = interrupted;
		else if (error == 0)
			error = error_of_all(requests, count);
	} else {
		leave_list(list);
	}
	pthread_mutex_unlock(&mutex);
	return error == 0 ? 0 : fail(error);
}
