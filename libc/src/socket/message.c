/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * sendmsg() and recvmsg(): data of several places, and rights with them
 * (SCM_RIGHTS). These are by message: who has the socket's rings gives them up.
 * The server does not wait; who has to, polls.
 */
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <poll.h>
#include <servers/socket_user.h>
#include <signal.h>
#include <stdbool.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include "descriptor.h"
#include "direct.h"
#include "process.h"
#include "socket.h"
#include "vm.h"

#define SEND_FLAGS (MSG_DONTWAIT | MSG_EOR | MSG_NOSIGNAL | MSG_DONTROUTE)
#define RECV_FLAGS                                              \
	(MSG_DONTWAIT | MSG_PEEK | MSG_WAITALL | MSG_NOSIGNAL | \
	    MSG_CMSG_CLOEXEC)
#define NAP 5000000L /* ns: there is room, but no memory for it */

/* Rights on their way, with what the receiver is to know of them. */
struct rights {
	unsigned count;
	mach_port_t ports[SOCKET_RIGHTS_MAX];
	int flags[SOCKET_RIGHTS_MAX];
};

static bool
fail(int error)
{
	errno = error;
	return false;
}

static bool
is_vector(const struct msghdr *message)
{
	return (message->msg_iovlen > 0 && message->msg_iovlen <= IOV_MAX) ||
	       fail(EMSGSIZE);
}

static void
release(const struct rights *rights)
{
	for (unsigned i = 0; i < rights->count; i++)
		__port_release(rights->ports[i]);
}

/* The descriptors of one piece of control data. */
static bool
add_rights(struct rights *rights, const struct cmsghdr *control)
{
	const unsigned char *data = CMSG_DATA(control);
	size_t head = CMSG_LEN(0);
	size_t count = (control->cmsg_len - head) / sizeof(int);

	if (control->cmsg_level != SOL_SOCKET ||
	    control->cmsg_type != SCM_RIGHTS ||
	    (control->cmsg_len - head) % sizeof(int) != 0 ||
	    count > SOCKET_RIGHTS_MAX - rights->count)
		return fail(EINVAL);
	for (size_t i = 0; i < count; i++) {
		unsigned at = rights->count;
		int fd;

		memcpy(&fd, data + i * sizeof(fd), sizeof(fd));
		rights->ports[at] = __descriptor_copy(fd, &rights->flags[at]);
		if (rights->ports[at] == MACH_PORT_NULL)
			return false;
		rights->count++;
	}
	return true;
}

/* All descriptors of the control data. False: nothing is held, errno is set. */
static bool
get_rights(const struct msghdr *message, struct rights *rights)
{
	const char *at = message->msg_control;
	size_t left = at != NULL ? message->msg_controllen : 0;

	rights->count = 0;
	while (left >= sizeof(struct cmsghdr)) {
		const struct cmsghdr *control = (const void *)at;
		size_t size = control->cmsg_len;

		if (size < CMSG_LEN(0) || size > left) {
			release(rights);
			return fail(EINVAL);
		}
		if (!add_rights(rights, control)) {
			release(rights);
			return false;
		}
		size = __CMSG_ALIGN(size);
		if (size > left)
			size = left;
		at += size;
		left -= size;
	}
	return true;
}

/* All by message from now on, as the server has to see what goes where. */
static mach_port_t
message_port(int fd)
{
	mach_port_t port = __socket_port(fd);

	if (port == MACH_PORT_NULL)
		return port;
	__descriptors_lock();
	__direct_give_up(__descriptors[fd].direct);
	__descriptors_unlock();
	return port;
}

/* Wait until it may be worth another try. */
static bool
wait_for(int fd, int events, int flags)
{
	struct pollfd entry = {.fd = fd, .events = (short)events};

	if ((flags & MSG_DONTWAIT) != 0 ||
	    (fcntl(fd, F_GETFL) & O_NONBLOCK) != 0)
		return fail(EAGAIN);
	for (;;) {
		unsigned interrupts = __signal_interrupts;

		if (poll(&entry, 1, -1) >= 0)
			return true;
		if (errno != EINTR || interrupts != __signal_interrupts)
			return false;
	}
}

/* Send data with rights; what of it was sent, or -1. */
static ssize_t
send_rights(
    int fd, const struct iovec *part, const struct rights *rights, int flags)
{
	size_t size = part->iov_len < IO_DATA_MAX ? part->iov_len : IO_DATA_MAX;
	mach_port_t port = message_port(fd);
	uint32_t amount = 0;
	kern_return_t code;

	if (port == MACH_PORT_NULL)
		return -1;
	for (;;) {
		code = socket_send(port, part->iov_base,
		    (mach_msg_type_number_t)size,
		    (mach_port_array_t)(uintptr_t)rights->ports, rights->count,
		    rights->flags, rights->count, &amount);
		if (code != SERVER_ERROR(EAGAIN))
			break;
		if (!wait_for(fd, POLLOUT, flags))
			return -1;
		nanosleep(&(struct timespec){.tv_nsec = NAP}, NULL);
	}
	if (code == SERVER_ERROR(EPIPE) && (flags & MSG_NOSIGNAL) == 0)
		(void)raise(SIGPIPE);
	return __result(code) == 0 ? (ssize_t)amount : -1;
}

/* Send from a place in the vector on. */
static ssize_t
send_parts(
    int fd, const struct msghdr *message, int first, size_t skip, int flags)
{
	ssize_t total = 0;

	for (int i = first; i < message->msg_iovlen; i++) {
		const struct iovec *part = &message->msg_iov[i];
		size_t size = part->iov_len - skip;
		ssize_t sent =
		    send(fd, (char *)part->iov_base + skip, size, flags);

		if (sent < 0)
			return total > 0 ? total : -1;
		total += sent;
		if ((size_t)sent < size)
			break;
		skip = 0;
	}
	return total;
}

ssize_t
sendmsg(int fd, const struct msghdr *message, int flags)
{
	struct rights rights;
	ssize_t total, more;
	int first = 0;

	if (!is_vector(message) || __socket_port(fd) == MACH_PORT_NULL)
		return -1;
	if ((flags & ~SEND_FLAGS) != 0) {
		errno = EOPNOTSUPP;
		return -1;
	}
	if (!get_rights(message, &rights))
		return -1;
	if (rights.count == 0)
		return send_parts(fd, message, 0, 0, flags);
	while (first < message->msg_iovlen - 1 &&
	       message->msg_iov[first].iov_len == 0)
		first++;
	total = send_rights(fd, &message->msg_iov[first], &rights, flags);
	release(&rights);
	if (total < 0)
		return -1;
	more = send_parts(fd, message, first, (size_t)total, flags);
	return more > 0 ? total + more : total;
}

/* Where the next byte of a vector goes. */
struct place {
	const struct iovec *part;
	size_t skip;
	int left; /* parts, this one included */
};

static size_t
room_of(const struct msghdr *message)
{
	size_t room = 0;

	for (int i = 0; i < message->msg_iovlen && room < IO_DATA_MAX; i++)
		room += message->msg_iov[i].iov_len;
	return room < IO_DATA_MAX ? room : IO_DATA_MAX;
}

static void
scatter(struct place *place, const char *from, size_t size)
{
	while (size > 0 && place->left > 0) {
		size_t room = place->part->iov_len - place->skip;
		size_t part = size < room ? size : room;

		memcpy((char *)place->part->iov_base + place->skip, from, part);
		from += part;
		size -= part;
		place->skip += part;
		if (place->skip == place->part->iov_len) {
			place->part++;
			place->skip = 0;
			place->left--;
		}
	}
}

/* How many descriptors the control data have room for. */
static unsigned
control_room(const struct msghdr *message)
{
	size_t head = CMSG_LEN(0);
	size_t size = message->msg_controllen;

	if (message->msg_control == NULL || size < head + sizeof(int))
		return 0;
	return (unsigned)((size - head) / sizeof(int));
}

/* Make descriptors of rights; for which there is no room are given back. */
static void
put_rights(struct msghdr *message, const mach_port_t *ports, const int *flags,
    unsigned count, int extra)
{
	struct cmsghdr *control = message->msg_control;
	unsigned room = control_room(message);
	unsigned made = 0;

	for (unsigned i = 0; i < count; i++) {
		mach_port_t port =
		    ports[i] != MACH_PORT_NULL ? ports[i] : MACH_PORT_DEAD;
		int fd = -1;

		if (made < room)
			fd = __descriptor_receive(
			    port, (flags[i] & ~O_CLOEXEC) | extra);
		if (fd < 0) {
			message->msg_flags |= MSG_CTRUNC;
			__port_release(port);
			room = made;
			continue;
		}
		memcpy(CMSG_DATA(control) + made * sizeof(fd), &fd, sizeof(fd));
		made++;
	}
	message->msg_controllen = 0;
	if (made == 0)
		return;
	control->cmsg_level = SOL_SOCKET;
	control->cmsg_type = SCM_RIGHTS;
	control->cmsg_len = (socklen_t)CMSG_LEN(made * sizeof(int));
	message->msg_controllen = (socklen_t)CMSG_LEN(made * sizeof(int));
}

/* One message's worth, which may bring rights; as recv(). */
static ssize_t
receive_some(int fd, struct msghdr *message, size_t room, int how, int flags,
    struct place *to)
{
	mach_port_t port = message_port(fd);
	mach_msg_type_number_t size = 0, count = 0, flag_count = 0;
	int right_flags[SOCKET_RIGHTS_MAX];
	mach_port_array_t rights = NULL;
	char data[IO_DATA_MAX];
	kern_return_t code;

	for (;;) {
		if (port == MACH_PORT_NULL)
			return -1;
		code = socket_receive(port, how, (uint32_t)room, data, &size,
		    &rights, &count, right_flags, &flag_count);
		if (code != SERVER_ERROR(EAGAIN))
			break;
		if (!wait_for(fd, POLLIN, flags))
			return -1;
	}
	if (__result(code) != 0)
		return -1;
	scatter(to, data, size);
	if ((how & SOCKET_NO_RIGHTS) == 0)
		put_rights(message, rights, right_flags, count,
		    flags & MSG_CMSG_CLOEXEC ? O_CLOEXEC : 0);
	if (count > 0)
		__vm_release(rights, count * sizeof(*rights));
	return (ssize_t)size;
}

/* MSG_WAITALL: the rest, up to the next rights or the end. */
static size_t
receive_rest(int fd, struct msghdr *message, struct place *to, int flags)
{
	size_t total = 0;
	ssize_t got = 1;

	while (got > 0 && to->left > 0) {
		size_t room = to->part->iov_len - to->skip;

		if (room == 0) {
			to->part++;
			to->left--;
			continue;
		}
		got = receive_some(fd, message,
		    room < IO_DATA_MAX ? room : IO_DATA_MAX, SOCKET_NO_RIGHTS,
		    flags, to);
		if (got > 0)
			total += (size_t)got;
	}
	return total;
}

ssize_t
recvmsg(int fd, struct msghdr *message, int flags)
{
	struct place to;
	ssize_t total;

	if (!is_vector(message) || __socket_port(fd) == MACH_PORT_NULL)
		return -1;
	if ((flags & ~RECV_FLAGS) != 0) {
		errno = EOPNOTSUPP;
		return -1;
	}
	to = (struct place){message->msg_iov, 0, message->msg_iovlen};
	message->msg_flags = 0;
	total = receive_some(fd, message, room_of(message),
	    flags & MSG_PEEK ? SOCKET_PEEK : 0, flags, &to);
	if (total < 0)
		return -1;
	message->msg_namelen = 0;
	if (total > 0 && (flags & MSG_WAITALL) && !(flags & MSG_PEEK))
		total += (ssize_t)receive_rest(fd, message, &to, flags);
	return total;
}
