/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Tickets of named pipes in the hands of those who mean no good: made up, kept,
 * used twice, bound to a name, sent nonsense; and their holders killed.
 */
#include <mach/mach_port_user.h>
#include <mach/task_user.h>

#include <errno.h>
#include <fcntl.h>
#include <libmach/mach.h>
#include <libtest/test.h>
#include <servers/bootstrap_user.h>
#include <servers/fs_user.h>
#include <servers/pipe_user.h>
#include <signal.h>
#include <stdio.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#define USER 12345
#define MANY 300
#define PIPE "/var/ticket_test"

static mach_port_t bootstrap, root, pipe_server;

static mach_port_t
named(const char *name)
{
	mach_port_t port = MACH_PORT_NULL;

	(void)bootstrap_look_up(bootstrap, name, &port);
	return port;
}

/* A ticket to open the pipe so, or null. */
static mach_port_t
ticket_for(int flags)
{
	char rest[IO_PATH_MAX];
	mach_port_t ticket = MACH_PORT_NULL;
	int retry = 0;

	if (dir_lookup(root, PIPE + 1, flags, 0, &retry, rest, &ticket) !=
		KERN_SUCCESS ||
	    retry != FS_RETRY_MAGIC)
		return MACH_PORT_NULL;
	return ticket;
}

static void
drop(mach_port_t right)
{
	(void)mach_port_deallocate(mach_task_self(), right);
}

static void
nap(void)
{
	nanosleep(&(struct timespec){.tv_nsec = 100000000}, NULL);
}

/* The end that a ticket gives; null, and the code. */
static mach_port_t
open_with(mach_port_t ticket, kern_return_t *code)
{
	mach_port_t end = MACH_PORT_NULL;

	*code = fifo_open(ticket, &end);
	return *code == KERN_SUCCESS ? end : MACH_PORT_NULL;
}

static void
test_once(void)
{
	mach_port_t ticket = ticket_for(O_RDONLY | O_NONBLOCK);
	mach_port_t end;
	kern_return_t code;

	end = open_with(ticket, &code);
	is_int(code, KERN_SUCCESS, "a ticket opens");
	(void)open_with(ticket, &code);
	is_int(code, MACH_SEND_INVALID_DEST, "once");
	drop(end);
	drop(ticket);
}

static void
test_twice(void)
{
	mach_port_t ticket = ticket_for(O_RDONLY);
	kern_return_t code;
	pid_t child = fork();

	if (child == 0) {
		(void)open_with(ticket, &code);
		_exit(0);
	}
	nap();
	(void)open_with(ticket, &code);
	is_int(code, SERVER_ERROR(EBUSY), "one waits with a ticket, not two");
	ok(open(PIPE, O_RDWR | O_NONBLOCK) >= 0, "whoever comes is welcome");
	is_int(waitpid(child, NULL, 0), child, "and who waited goes on");
	drop(ticket);
	closefrom(3);
}

/* As a user: the ticket's receive right, and the handle, are just gone. */
static int
make_one_up(void)
{
	mach_port_t port, handle, end;
	char rest[IO_PATH_MAX];
	kern_return_t code;
	int retry;

	if (setgid(USER) != 0 || setuid(USER) != 0 ||
	    mach_port_allocate(mach_task_self(), MACH_PORT_RIGHT_RECEIVE,
		&port) != KERN_SUCCESS ||
	    mach_port_insert_right(mach_task_self(), port, port,
		MACH_MSG_TYPE_MAKE_SEND) != KERN_SUCCESS ||
	    dir_lookup(root, PIPE + 1, FS_LOOKUP_PATH, 0, &retry, rest,
		&handle) != KERN_SUCCESS ||
	    fifo_ticket(pipe_server, handle, port, O_RDWR) != KERN_SUCCESS)
		return 1;
	nap();
	end = open_with(port, &code);
	return end != MACH_PORT_NULL || code != MACH_SEND_INVALID_DEST ? 2 : 0;
}

static void
test_made_up(void)
{
	pid_t child = fork();
	int status = 1;

	if (child == 0)
		_exit(make_one_up());
	waitpid(child, &status, 0);
	is_int(status, 0, "a user makes no tickets");
}

/* Kept for ever, and bound as a socket's address: the old ones end. */
static void
test_many(void)
{
	static mach_port_t tickets[MANY];
	kern_return_t code;
	int made = 0;
	int fd;

	for (int i = 0; i < MANY; i++) {
		tickets[i] = ticket_for(O_RDONLY);
		made += tickets[i] != MACH_PORT_NULL;
	}
	is_int(made, MANY, "many tickets");
	(void)open_with(tickets[0], &code);
	is_int(code, MACH_SEND_INVALID_DEST, "the oldest are taken back");
	fd = open(PIPE, O_RDWR);
	ok(fd >= 0, "others open as before");
	close(fd);
	for (int i = 0; i < MANY; i++)
		drop(tickets[i]);
	for (int i = 0; i < MANY; i++) {
		mach_port_t ticket = ticket_for(O_RDONLY);

		if (dir_bind(root, "ticket_sock", 0600, ticket) == KERN_SUCCESS)
			(void)dir_unlink(root, "ticket_sock");
		else
			drop(ticket);
	}
	fd = open(PIPE, O_RDWR);
	ok(fd >= 0, "put away where nothing ends, too");
	close(fd);
}

static void
test_nonsense(void)
{
	mach_port_t ticket = ticket_for(O_RDONLY);
	mach_msg_header_t message = {
	    .msgh_bits = MACH_MSGH_BITS(MACH_MSG_TYPE_COPY_SEND, 0),
	    .msgh_size = sizeof(message),
	    .msgh_remote_port = ticket,
	};
	int fd;

	for (int id = 20990; id < 21820; id++) {
		message.msgh_id = id;
		(void)mach_msg(&message, MACH_SEND_MSG | MACH_SEND_TIMEOUT,
		    sizeof(message), 0, MACH_PORT_NULL, 1000, MACH_PORT_NULL);
	}
	drop(ticket);
	fd = open(PIPE, O_RDWR);
	ok(fd >= 0, "nonsense does no harm");
	close(fd);
}

/* Its holder is killed with and without waiting; the name goes meanwhile. */
static void
test_killed(void)
{
	for (int waits = 0; waits < 2; waits++) {
		kern_return_t code;
		pid_t child = fork();

		if (child == 0) {
			mach_port_t ticket = ticket_for(O_WRONLY);

			if (waits)
				(void)open_with(ticket, &code);
			for (;;)
				pause();
		}
		nap();
		(void)unlink(PIPE);
		kill(child, SIGKILL);
		waitpid(child, NULL, 0);
		is_int(mkfifo(PIPE, 0644), 0, "the name is free");
	}
	is_int(open(PIPE, O_WRONLY | O_NONBLOCK), -1, "nobody is there");
	is_int(errno, ENXIO, "ENXIO");
}

int
main(void)
{
	if (task_get_special_port(mach_task_self(), TASK_BOOTSTRAP_PORT,
		&bootstrap) != KERN_SUCCESS ||
	    geteuid() != 0) {
		printf("1..0 # SKIP for root\n");
		return 0;
	}
	root = named("root");
	pipe_server = named("pipe");
	is_int(mkfifo(PIPE, 0644), 0, "a named pipe");
	test_once();
	test_twice();
	test_made_up();
	test_many();
	test_nonsense();
	test_killed();
	unlink(PIPE);
	return test_done();
}
