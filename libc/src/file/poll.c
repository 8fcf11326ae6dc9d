/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * poll() and select(). Each descriptor is asked what it is ready for; if none
 * is ready for anything wanted, all are asked again with a port to tell, which
 * is then waited on, and destroyed, so that nobody tells it any more. What a
 * ring shows is believed when it shows something; that there is nothing is for
 * the server to say.
 *
 * A handler that runs when the mask has been set, but before the thread waits,
 * must end the wait, too: it leaves a message at the port.
 */
#include <mach/mach_port_user.h>

#include <errno.h>
#include <libmach/mach.h>
#include <poll.h>
#include <servers/io_user.h>
#include <signal.h>
#include <stdbool.h>
#include <string.h>
#include <sys/select.h>

#include "descriptor.h"
#include "direct.h"
#include "process.h"
#include "thread.h"

#define SECOND 1000000000UL
#define ALWAYS (IO_POLL_ERR | IO_POLL_HUP)

_Static_assert(POLLIN == IO_POLL_IN && POLLPRI == IO_POLL_PRI &&
		   POLLOUT == IO_POLL_OUT && POLLERR == IO_POLL_ERR &&
		   POLLHUP == IO_POLL_HUP,
    "the server's numbers are ours");

static short
ask(const struct pollfd *entry, mach_port_t notify, bool exact)
{
	int events = entry->events & (POLLIN | POLLPRI | POLLOUT);
	mach_port_t port = MACH_PORT_NULL;
	int ready = DIRECT_BY_MESSAGE;
	short result;
	kern_return_t code = KERN_SUCCESS;

	if (entry->fd < __descriptors_end)
		port = __descriptors[entry->fd].port;
	if (port == MACH_PORT_NULL)
		return POLLNVAL;
	if (entry->events & POLLRDNORM)
		events |= IO_POLL_IN;
	if (entry->events & POLLWRNORM)
		events |= IO_POLL_OUT;
	if (!exact)
		ready = __direct_poll(entry->fd);
	if (ready == DIRECT_BY_MESSAGE)
		code = io_poll(port, events | ALWAYS, notify, &ready);
	/* Whoever knows no waiting is always ready. */
	if (code == MIG_BAD_ID || code == SERVER_ERROR(EOPNOTSUPP))
		ready = events;
	else if (code != KERN_SUCCESS)
		return POLLERR;
	result = (short)(ready & (entry->events | ALWAYS));
	if (ready & IO_POLL_IN)
		result |= entry->events & POLLRDNORM;
	if (ready & IO_POLL_OUT)
		result |= entry->events & POLLWRNORM;
	return result;
}

static int
ask_all(struct pollfd entries[], nfds_t count, mach_port_t notify, bool exact)
{
	int ready = 0;
	nfds_t i;

	for (i = 0; i < count; i++) {
		entries[i].revents = 0;
		if (entries[i].fd >= 0)
			entries[i].revents = ask(&entries[i], notify, exact);
		ready += entries[i].revents != 0;
	}
	return ready;
}

static bool
has_direct(const struct pollfd entries[], nfds_t count)
{
	for (nfds_t i = 0; i < count; i++)
		if (entries[i].fd >= 0 && entries[i].fd < __descriptors_end &&
		    __descriptors[entries[i].fd].direct != NULL)
			return true;
	return false;
}

/* A handler may leave poll() by longjmp(): then the port is left, too. */
struct poll_wait {
	mach_port_t port;
	mach_port_t outer; /* of the code that a handler interrupted */
	bool outer_ended;
	bool masked; /* `mask` is to be restored */
	sigset_t mask;
};

struct told {
	mach_msg_header_t header;
	mach_msg_max_trailer_t trailer;
};

void
__poll_end(struct pthread *self)
{
	mach_msg_header_t message = {
	    .msgh_bits = MACH_MSGH_BITS(MACH_MSG_TYPE_MAKE_SEND_ONCE, 0),
	    .msgh_size = sizeof(message),
	    .msgh_remote_port = self->poll,
	};

	if (self->poll_ended)
		return;
	__atomic_store_n(&self->poll_ended, true, __ATOMIC_RELAXED);
	(void)mach_msg(&message, MACH_SEND_MSG, sizeof(message), 0,
	    MACH_PORT_NULL, 0, MACH_PORT_NULL);
}

/* Wait for one to tell, or for the deadline (0: none). */
static mach_msg_return_t
wait_told(mach_port_t port, uint64_t deadline)
{
	struct told message;
	mach_msg_option_t option = MACH_RCV_MSG | MACH_RCV_INTERRUPT;
	mach_msg_timeout_t timeout = 0;
	mach_msg_return_t code;
	uint64_t now;

	if (deadline != 0) {
		now = clock_get_ns(0);
		if (now >= deadline)
			return MACH_RCV_TIMED_OUT;
		option |= MACH_RCV_TIMEOUT;
		now = (deadline - now + 999999) / 1000000;
		timeout = now > INT32_MAX ? INT32_MAX : (uint32_t)now;
	}
	__cancel_begin();
	code = mach_msg(&message.header, option, 0, sizeof(message), port,
	    timeout, MACH_PORT_NULL);
	__cancel_end();
	return code;
}

static int
wait_ready(
    struct pollfd entries[], nfds_t count, mach_port_t port, uint64_t deadline)
{
	const struct pthread *self = thread_self();
	int ready = ask_all(entries, count, port, true);

	while (ready == 0) {
		mach_msg_return_t code =
		    __atomic_load_n(&self->poll_ended, __ATOMIC_RELAXED)
			? MACH_RCV_INTERRUPTED
			: wait_told(port, deadline);

		if (code == MACH_RCV_TIMED_OUT && clock_get_ns(0) >= deadline)
			return 0;
		if (code != MACH_MSG_SUCCESS && code != MACH_RCV_TIMED_OUT)
			return __result(code);
		ready = ask_all(entries, count, port, true);
	}
	return ready;
}

/* Also when the thread is cancelled. */
static void
end_wait(void *cookie)
{
	struct poll_wait *wait = cookie;
	struct pthread *self = thread_self();
	int saved = errno;

	self->poll = wait->outer;
	self->poll_ended = wait->outer_ended;
	if (wait->masked)
		sigprocmask(SIG_SETMASK, &wait->mask, NULL);
	mach_port_mod_refs(
	    mach_task_self(), wait->port, MACH_PORT_RIGHT_RECEIVE, -1);
	errno = saved;
}

static int
poll_until(struct pollfd entries[], nfds_t count, uint64_t deadline,
    const sigset_t *mask)
{
	struct pthread *self = thread_self();
	struct poll_wait wait = {
	    .outer = self->poll, .outer_ended = self->poll_ended};
	int ready;

	if (__result(syscall_mach_port_allocate(
		mach_task_self(), MACH_PORT_RIGHT_RECEIVE, &wait.port)) != 0)
		return -1;
	pthread_cleanup_push(end_wait, &wait);
	self->poll_ended = false;
	self->poll = wait.port;
	if (mask != NULL) {
		sigprocmask(SIG_SETMASK, NULL, &wait.mask);
		wait.masked = true;
		sigprocmask(SIG_SETMASK, mask, NULL);
	}
	ready = wait_ready(entries, count, wait.port, deadline);
	pthread_cleanup_pop(1);
	return ready;
}

/* When the time is over; 0: never, as far as can be counted. */
static uint64_t
deadline_of(const struct timespec *timeout)
{
	uint64_t now = clock_get_ns(0);

	if (timeout == NULL ||
	    (uint64_t)timeout->tv_sec >= (UINT64_MAX - now) / SECOND - 1)
		return 0;
	return now + (uint64_t)timeout->tv_sec * SECOND +
	       (uint64_t)timeout->tv_nsec;
}

int
ppoll(struct pollfd entries[], nfds_t count, const struct timespec *timeout,
    const sigset_t *mask)
{
	int ready;

	pthread_testcancel();
	if (count > PROC_FD_MAX * 4UL ||
	    (timeout != NULL && (timeout->tv_sec < 0 || timeout->tv_nsec < 0 ||
				    timeout->tv_nsec >= (long)SECOND))) {
		errno = EINVAL;
		return -1;
	}
	ready = ask_all(entries, count, MACH_PORT_NULL, false);
	if (ready != 0)
		return ready;
	if (timeout != NULL && timeout->tv_sec == 0 && timeout->tv_nsec == 0)
		return has_direct(entries, count)
			   ? ask_all(entries, count, MACH_PORT_NULL, true)
			   : 0;
	return poll_until(entries, count, deadline_of(timeout), mask);
}

int
poll(struct pollfd entries[], nfds_t count, int milliseconds)
{
	struct timespec timeout = {
	    .tv_sec = milliseconds / 1000,
	    .tv_nsec = milliseconds % 1000 * 1000000L,
	};

	return ppoll(entries, count, milliseconds < 0 ? NULL : &timeout, NULL);
}

static bool
is_in(const fd_set *set, int fd)
{
	return set != NULL && FD_ISSET(fd, set);
}

/* The word of a set where a descriptor is. */
static unsigned long
word_of(const fd_set *set, int fd)
{
	return set != NULL ? __FD_WORD(fd, set) : 0;
}

static nfds_t
from_sets(struct pollfd entries[], int limit, const fd_set *in,
    const fd_set *out, const fd_set *except)
{
	nfds_t count = 0;

	for (int fd = 0; fd < limit; fd++) {
		unsigned long rest =
		    word_of(in, fd) | word_of(out, fd) | word_of(except, fd);
		short events = 0;

		/* On to the next that is in any of them. */
		rest >>= fd % 64;
		fd = rest != 0 ? fd + __builtin_ctzl(rest) : fd | 63;
		if (rest == 0 || fd >= limit)
			continue;

		if (is_in(in, fd))
			events |= POLLIN;
		if (is_in(out, fd))
			events |= POLLOUT;
		if (is_in(except, fd))
			events |= POLLPRI;
		if (events != 0)
			entries[count++] =
			    (struct pollfd){.fd = fd, .events = events};
	}
	return count;
}

static int
keep(fd_set *set, const struct pollfd *entry, int wanted, int events)
{
	if (set == NULL || !(entry->events & wanted))
		return 0;
	if (entry->revents & events)
		return 1;
	FD_CLR(entry->fd, set);
	return 0;
}

int
pselect(int limit, fd_set *restrict in, fd_set *restrict out,
    fd_set *restrict except, const struct timespec *restrict timeout,
    const sigset_t *restrict mask)
{
	struct pollfd entries[PROC_FD_MAX];
	nfds_t count;
	nfds_t i;
	int ready = 0;

	if (limit < 0 || limit > FD_SETSIZE) {
		errno = EINVAL;
		return -1;
	}
	if (limit > PROC_FD_MAX)
		limit = PROC_FD_MAX;
	count = from_sets(entries, limit, in, out, except);
	if (ppoll(entries, count, timeout, mask) < 0)
		return -1;
	for (i = 0; i < count; i++) {
		const struct pollfd *entry = &entries[i];

		if (entry->revents & POLLNVAL) {
			errno = EBADF;
			return -1;
		}
		ready += keep(in, entry, POLLIN, POLLIN | POLLHUP | POLLERR);
		ready += keep(out, entry, POLLOUT, POLLOUT | POLLERR);
		ready += keep(except, entry, POLLPRI, POLLPRI);
	}
	return ready;
}

int
select(int limit, fd_set *restrict in, fd_set *restrict out,
    fd_set *restrict except, struct timeval *restrict timeout)
{
	struct timespec exact;

	if (timeout == NULL)
		return pselect(limit, in, out, except, NULL, NULL);
	exact.tv_sec = timeout->tv_sec + timeout->tv_usec / 1000000;
	exact.tv_nsec = timeout->tv_usec % 1000000 * 1000;
	return pselect(limit, in, out, except, &exact, NULL);
}
