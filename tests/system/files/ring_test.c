/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Pipes and sockets that are read and written without messages (libc's
 * direct.h), while they come into use, are shared, and end: nothing is lost,
 * doubled or mixed, nobody waits for ever, and who spoils a ring spoils his
 * own stream only.
 */
#include <mach/mach_port_user.h>
#include <mach/task_user.h>
#include <mach/vm_map_user.h>

#include <errno.h>
#include <fcntl.h>
#include <libmach/mach.h>
#include <libtest/test.h>
#include <limits.h>
#include <poll.h>
#include <pthread.h>
#include <servers/bootstrap_user.h>
#include <servers/io_ring.h>
#include <servers/io_user.h>
#include <servers/pipe_user.h>
#include <signal.h>
#include <stdint.h>
#include <stdlib.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

#define MUCH  (1024 * 1024UL)
#define CHUNK 65536

static unsigned char data[CHUNK];
static int ends[2];

static unsigned
roll(unsigned limit)
{
	static uint64_t state = 88172645463325252ULL;

	state ^= state << 13;
	state ^= state >> 7;
	state ^= state << 17;
	return (unsigned)(state >> 20) % limit;
}

static unsigned char
byte_at(size_t place)
{
	return (unsigned char)(place * 31 + place / 251);
}

/* A pipe, or a pair of sockets: ends[0] is read, ends[1] written. */
static void
open_ends(bool sockets)
{
	is_int(sockets ? socketpair(AF_UNIX, SOCK_STREAM, 0, ends) : pipe(ends),
	    0, sockets ? "a pair of sockets" : "a pipe");
}

static void
close_ends(void)
{
	close(ends[0]);
	close(ends[1]);
}

/* Bytes over, so that both ends are held directly. */
static bool
warm(void)
{
	for (int i = 0; i < 12; i++)
		if (write(ends[1], "x", 1) != 1 || read(ends[0], data, 1) != 1)
			return false;
	return true;
}

static int
status_of(pid_t pid)
{
	int status = -1;

	while (waitpid(pid, &status, 0) < 0 && errno == EINTR)
		;
	return status;
}

static void
send_much(int fd, size_t size)
{
	for (size_t done = 0; done < size;) {
		size_t part = roll(20) == 0 ? CHUNK : roll(3000) + 1;
		ssize_t put;

		if (part > size - done)
			part = size - done;
		for (size_t i = 0; i < part; i++)
			data[i] = byte_at(done + i);
		put = write(fd, data, part);
		if (put < 0)
			_exit(2);
		done += (size_t)put;
	}
}

/* Receives all, in pieces of all sizes, up to the end. */
static bool
receive_much(int fd, size_t *done)
{
	ssize_t got;

	*done = 0;
	while ((got = read(fd, data, roll(20) == 0 ? CHUNK : roll(5000) + 1)) >
	       0) {
		for (ssize_t i = 0; i < got; i++)
			if (data[i] != byte_at(*done + (size_t)i))
				return false;
		*done += (size_t)got;
	}
	return got == 0;
}

static void
test_much(bool sockets)
{
	size_t done;
	pid_t pid;

	open_ends(sockets);
	pid = fork();
	if (pid == 0) {
		close(ends[0]);
		send_much(ends[1], MUCH);
		_exit(0);
	}
	close(ends[1]);
	ok(receive_much(ends[0], &done), "what comes is what was sent");
	is_int(done, MUCH, "all of it");
	is_int(status_of(pid), 0, "its writer has ended");
	close(ends[0]);
}

/* An end that was held directly, and then is two processes'. */
static void
test_shared_writers(void)
{
	enum { LINES = 300, LENGTH = 500 };
	static char line[LENGTH];
	unsigned count[3] = {0};
	bool whole = true;

	open_ends(false);
	ok(warm(), "both ends in use");
	for (int i = 0; i < 3; i++) {
		if (fork() != 0)
			continue;
		memset(line, 'a' + i, LENGTH);
		for (int n = 0; n < LINES; n++)
			if (write(ends[1], line, LENGTH) != LENGTH)
				_exit(1);
		_exit(0);
	}
	close(ends[1]);
	for (size_t got = 0;;) {
		ssize_t size = read(ends[0], line + got, LENGTH - got);

		if (size <= 0)
			break;
		got += (size_t)size;
		if (got < LENGTH)
			continue;
		for (size_t i = 1; i < LENGTH; i++)
			whole = whole && line[i] == line[0];
		if (line[0] >= 'a' && line[0] < 'd')
			count[line[0] - 'a']++;
		got = 0;
	}
	is_int(count[0] + count[1] + count[2], 3 * LINES,
	    "every line of three writers");
	ok(whole, "is whole");
	for (int i = 0; i < 3; i++)
		(void)wait(NULL);
	close(ends[0]);
}

/* A parent that goes on writing beside its child, and after it. */
static void
test_taking_turns(void)
{
	pid_t pid;
	bool good = true;

	open_ends(false);
	ok(warm(), "in use");
	for (int i = 0; i < 20; i++) {
		good = good && write(ends[1], "p", 1) == 1;
		pid = fork();
		if (pid == 0)
			_exit(write(ends[1], "c", 1) == 1 ? 0 : 1);
		good = good && status_of(pid) == 0;
		good = good && read(ends[0], data, 10) == 2 && data[0] == 'p' &&
		       data[1] == 'c';
	}
	ok(good, "parent and children in their order");
	ok(warm(), "and alone again");
	close_ends();
}

static volatile sig_atomic_t caught;

static void
note(int signal)
{
	caught = signal;
}

static void
test_ends(bool sockets)
{
	struct pollfd entry;
	ssize_t put = 0;

	open_ends(sockets);
	ok(warm(), "in use");
	is_int(write(ends[1], "last", 4), 4, "some bytes");
	close(ends[1]);
	entry = (struct pollfd){.fd = ends[0], .events = POLLIN};
	is_int(poll(&entry, 1, 0), 1, "poll tells of them");
	ok((entry.revents & (POLLIN | POLLHUP)) == (POLLIN | POLLHUP),
	    "and of the end");
	is_int(read(ends[0], data, 100), 4, "they are read");
	is_int(read(ends[0], data, 100), 0, "before the end");
	is_int(read(ends[0], data, 100), 0, "which stays");
	close(ends[0]);
	open_ends(sockets);
	ok(warm(), "in use");
	close(ends[0]);
	caught = 0;
	signal(SIGPIPE, note);
	put = write(ends[1], "x", 1);
	is_int(put, -1, "without a reader nothing is written");
	is_int(errno, EPIPE, "EPIPE");
	is_int(caught, SIGPIPE, "and SIGPIPE");
	signal(SIGPIPE, SIG_DFL);
	close(ends[1]);
}

/* Whoever waits hears of the other's end, whatever ended it. */
static void
test_killed(bool writer_dies)
{
	int side = writer_dies ? 1 : 0;
	int go[2];
	pid_t pid;

	signal(SIGPIPE, SIG_IGN);
	open_ends(false);
	(void)!pipe(go);
	pid = fork();
	if (pid == 0) {
		close(ends[1 - side]);
		for (int i = 0; i < 12; i++)
			(void)!(writer_dies ? write(ends[1], "x", 1)
					    : read(ends[0], data, 1));
		(void)!write(go[1], "x", 1);
		for (;;)
			pause();
	}
	close(ends[side]);
	for (int i = 0; i < 12; i++)
		(void)!(writer_dies ? read(ends[0], data, 1)
				    : write(ends[1], "x", 1));
	(void)!read(go[0], data, 1);
	if (fork() == 0) {
		usleep(50000);
		kill(pid, SIGKILL);
		_exit(0);
	}
	if (writer_dies) {
		is_int(read(ends[0], data, 1), 0, "a writer killed: the end");
	} else {
		while (write(ends[1], data, CHUNK) > 0)
			;
		is_int(errno, EPIPE, "a reader killed: EPIPE");
	}
	(void)wait(NULL);
	(void)wait(NULL);
	close(ends[1 - side]);
	close(go[0]);
	close(go[1]);
	signal(SIGPIPE, SIG_DFL);
}

/* A child that has ended is known to have. */
static void
test_exited(void)
{
	struct pollfd entry;
	pid_t pid;

	open_ends(false);
	pid = fork();
	if (pid == 0) {
		close(ends[0]);
		for (int i = 0; i < 40; i++)
			(void)!write(ends[1], "x", 1);
		_exit(0);
	}
	close(ends[1]);
	for (int i = 0; i < 40; i++)
		(void)!read(ends[0], data, 1);
	is_int(status_of(pid), 0, "a child that wrote has ended");
	(void)fcntl(ends[0], F_SETFL, O_NONBLOCK);
	is_int(read(ends[0], data, 1), 0, "so its pipe has, at once");
	entry = (struct pollfd){.fd = ends[0], .events = POLLIN};
	is_int(poll(&entry, 1, 0), 1, "as poll says");
	close(ends[0]);
}

static void
test_nonblocking(void)
{
	struct pollfd entry;
	size_t all = 0;
	ssize_t put;

	open_ends(false);
	ok(warm(), "in use");
	(void)fcntl(ends[0], F_SETFL, O_NONBLOCK);
	(void)fcntl(ends[1], F_SETFL, O_NONBLOCK);
	is_int(read(ends[0], data, 1), -1, "nothing there");
	is_int(errno, EAGAIN, "EAGAIN");
	while ((put = write(ends[1], data, 5000)) > 0)
		all += (size_t)put;
	is_int(errno, EAGAIN, "full");
	is_int(all, 65536, "to the last byte");
	entry = (struct pollfd){.fd = ends[1], .events = POLLOUT};
	is_int(poll(&entry, 1, 0), 0, "poll says so");
	is_int(read(ends[0], data, 100), 100, "a little less");
	is_int(write(ends[1], data, PIPE_BUF), -1, "a small write is whole");
	is_int(errno, EAGAIN, "or EAGAIN");
	is_int(write(ends[1], data, PIPE_BUF + 1), 100, "a large one is not");
	(void)fcntl(ends[0], F_SETFL, 0);
	is_int(read(ends[0], data, CHUNK), CHUNK, "all of it");
	close_ends();
}

static void
test_interrupted(void)
{
	struct sigaction action = {.sa_handler = note};

	(void)sigaction(SIGALRM, &action, NULL);
	open_ends(false);
	ok(warm(), "in use");
	caught = 0;
	alarm(1);
	is_int(read(ends[0], data, 1), -1, "a read that waits is cut short");
	is_int(errno, EINTR, "EINTR");
	is_int(caught, SIGALRM, "by the signal");
	is_int(write(ends[1], data, CHUNK), CHUNK, "filled");
	alarm(1);
	is_int(write(ends[1], data, 1), -1, "so is a write");
	is_int(errno, EINTR, "EINTR");
	close_ends();
}

/* The pipe that a handler writes to is the one that was interrupted. */
static void
write_one(int signal)
{
	(void)signal;
	(void)!write(ends[1], "s", 1);
}

static void
test_handler(void)
{
	struct sigaction action = {
	    .sa_handler = write_one, .sa_flags = SA_RESTART};
	size_t signals = 0, plain = 0, written;
	pid_t pid, parent = getpid();

	(void)sigaction(SIGUSR1, &action, NULL);
	open_ends(false);
	ok(warm(), "in use");
	pid = fork();
	if (pid == 0) {
		close_ends();
		for (int i = 0; i < 200; i++)
			kill(parent, SIGUSR1);
		_exit(0);
	}
	/* The child may be late. */
	for (written = 0; written < 3000 || (signals == 0 && written < 1000000);
	     written++) {
		ssize_t got;

		(void)!write(ends[1], "p", 1);
		got = read(ends[0], data, sizeof(data));
		for (ssize_t n = 0; n < got; n++) {
			signals += data[n] == 's';
			plain += data[n] == 'p';
		}
	}
	is_int(plain, (int)written, "what is written is read, handlers or not");
	is_int(status_of(pid), 0, "of signals");
	ok(signals > 0, "that came");
	close_ends();
}

static void *
write_thread(void *argument)
{
	static char line[100];

	memset(line, (int)(intptr_t)argument, sizeof(line));
	for (int i = 0; i < 500; i++)
		if (write(ends[1], line, sizeof(line)) != (ssize_t)sizeof(line))
			return NULL;
	return argument;
}

static void *
read_thread(void *argument)
{
	size_t done = 0;
	ssize_t got;

	while (done < 50000 && (got = read(ends[0], data, 777)) > 0)
		done += (size_t)got;
	*(size_t *)argument = done;
	return argument;
}

static void
test_threads(void)
{
	pthread_t reader, writer;
	size_t done = 0;
	pid_t pid;

	open_ends(false);
	ok(warm(), "in use");
	(void)pthread_create(&reader, NULL, read_thread, &done);
	(void)pthread_create(&writer, NULL, write_thread, (void *)'t');
	/* They lose their ends in the middle. */
	for (int i = 0; i < 5; i++) {
		usleep(1000);
		pid = fork();
		if (pid == 0)
			_exit(0);
		(void)status_of(pid);
	}
	(void)pthread_join(writer, NULL);
	(void)pthread_join(reader, NULL);
	is_int(done, 50000, "two threads, while others are forked");
	close_ends();
}

/* The server's pipe, with rights of ours only. */
static kern_return_t
pipe_ports(mach_port_t *reader, mach_port_t *writer)
{
	mach_port_t bootstrap, server;
	kern_return_t code = task_get_special_port(
	    mach_task_self(), TASK_BOOTSTRAP_PORT, &bootstrap);

	if (code == KERN_SUCCESS)
		code = bootstrap_look_up(bootstrap, "pipe", &server);
	return code == KERN_SUCCESS ? pipe_create(server, 0, reader, writer)
				    : code;
}

static struct io_ring *
map_ring(mach_port_t port)
{
	vm_address_t memory = 0;
	mach_port_t object;
	int64_t which;
	int kind;

	if (io_direct(port, &kind, &object, &which) != KERN_SUCCESS ||
	    kind != IO_DIRECT_RING ||
	    vm_map(mach_task_self(), &memory, IO_RING_BYTES, 0, TRUE, object, 0,
		FALSE, VM_PROT_READ | VM_PROT_WRITE,
		VM_PROT_READ | VM_PROT_WRITE, VM_INHERIT_NONE) != KERN_SUCCESS)
		return NULL;
	return (struct io_ring *)memory;
}

/* Nonsense in a ring: the server goes on, and so do other pipes. */
static void
test_spoilt(void)
{
	mach_port_t reader = MACH_PORT_NULL, writer = MACH_PORT_NULL;
	struct io_ring *ring;
	char bytes[IO_DATA_MAX];

	is_int(pipe_ports(&reader, &writer), KERN_SUCCESS, "ends of a pipe");
	ring = map_ring(writer);
	ok(ring != NULL, "its ring is ours");
	if (ring == NULL)
		return;
	(void)io_set_flags(reader, O_NONBLOCK);
	(void)io_set_flags(writer, O_NONBLOCK);
	for (unsigned i = 0; i < 3000; i++) {
		mach_msg_type_number_t count = sizeof(bytes);
		uint32_t *words = (uint32_t *)(void *)ring;
		uint32_t put;
		int ready;

		words[roll(sizeof(*ring) / 4)] =
		    roll(4) == 0 ? roll(UINT32_MAX) : roll(70000);
		switch (roll(4)) {
		case 0:
			(void)io_read(reader, IO_OFFSET_CURRENT, bytes, &count);
			break;
		case 1:
			(void)io_write(writer, IO_OFFSET_CURRENT, bytes,
			    roll(8000) + 1, &put);
			break;
		case 2:
			(void)io_poll(reader, POLLIN, MACH_PORT_NULL, &ready);
			break;
		default:
			(void)io_wake(writer);
		}
	}
	open_ends(false);
	ok(warm(), "another pipe works after three thousand lies");
	close_ends();
	(void)mach_port_deallocate(mach_task_self(), reader);
	(void)mach_port_deallocate(mach_task_self(), writer);
}

/* More pipes in use than there is shared memory for, and again. */
static void
test_many(void)
{
	enum { PIPES = 100 };
	int many[PIPES][2];
	bool good = true;

	for (int round = 0; round < 8; round++) {
		for (int i = 0; i < PIPES; i++) {
			good = good && pipe(ends) == 0 && warm();
			many[i][0] = ends[0];
			many[i][1] = ends[1];
		}
		for (int i = 0; i < PIPES; i++) {
			close(many[i][0]);
			close(many[i][1]);
		}
	}
	ok(good, "a hundred pipes, eight times");
}

int
main(void)
{
	test_much(false);
	test_much(true);
	test_shared_writers();
	test_taking_turns();
	test_ends(false);
	test_ends(true);
	test_killed(true);
	test_killed(false);
	test_exited();
	test_nonblocking();
	test_interrupted();
	test_handler();
	test_spoilt();
	test_many();
	test_threads();
	return test_done();
}
