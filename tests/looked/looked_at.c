/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Does what it is told, for tests/system/looking.exp to find again in what the
 * utilities show of it: calls, threads, ports, or waits without end.
 */
#include <mach/mach_port_user.h>

#include <fcntl.h>
#include <libmach/mach.h>
#include <libmach/thread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#define MESSAGE_ID 424242
#define NOBODY     0xdead00U
#define PORTS      9
#define MEMBERS    2
#define QUEUED     3

struct message {
	mach_msg_header_t header;
	mach_msg_max_trailer_t trailer;
};

static mach_port_t
new_name(mach_port_right_t right)
{
	mach_port_t name = MACH_PORT_NULL;

	if (mach_port_allocate(mach_task_self(), right, &name) != KERN_SUCCESS)
		exit(EXIT_FAILURE);
	return name;
}

static void
send_to(mach_port_t port)
{
	struct message message = {
	    .header.msgh_bits = MACH_MSGH_BITS(MACH_MSG_TYPE_MAKE_SEND, 0),
	    .header.msgh_size = sizeof(message.header),
	    .header.msgh_remote_port = port,
	    .header.msgh_id = MESSAGE_ID,
	};

	(void)mach_msg(&message.header, MACH_SEND_MSG, sizeof(message.header),
	    0, MACH_PORT_NULL, 0, MACH_PORT_NULL);
}

static void
receive_from(mach_port_t port)
{
	struct message message;

	(void)mach_msg(&message.header, MACH_RCV_MSG, 0, sizeof(message), port,
	    0, MACH_PORT_NULL);
}

static int
do_calls(void)
{
	mach_port_t self = mach_task_self();
	mach_port_t port = new_name(MACH_PORT_RIGHT_RECEIVE);
	mach_port_status_t status;

	(void)mach_port_set_qlimit(self, port, 7);
	(void)mach_port_get_receive_status(self, port, &status);
	(void)mach_port_set_qlimit(self, NOBODY, 7);
	(void)open("/etc/nothing", O_RDONLY);
	(void)!write(STDOUT_FILENO, "looked at\n", 10);
	send_to(port);
	receive_from(port);
	return 3;
}

static void
sleep_once(void *argument)
{
	(void)argument;
	(void)clock_sleep(1000000);
}

static int
do_threads(void)
{
	struct mach_thread *thread;

	if (mach_thread_create(&thread, sleep_once, NULL, MACH_THREAD_STACK) !=
	    KERN_SUCCESS)
		return EXIT_FAILURE;
	mach_thread_join(thread);
	return EXIT_SUCCESS;
}

static void
wait_long(void)
{
	for (unsigned i = 0; i < 1000; i++)
		(void)clock_sleep(100000000);
}

static int
do_ports(void)
{
	mach_port_t self = mach_task_self();
	mach_port_t set = new_name(MACH_PORT_RIGHT_PORT_SET);
	mach_port_t ports[PORTS];

	for (unsigned i = 0; i < PORTS; i++)
		ports[i] = new_name(MACH_PORT_RIGHT_RECEIVE);
	for (unsigned i = 1; i <= MEMBERS; i++)
		(void)mach_port_move_member(self, ports[i], set);
	(void)mach_port_set_qlimit(self, ports[0], 2 * QUEUED);
	(void)mach_port_insert_right(
	    self, ports[0], ports[0], MACH_MSG_TYPE_MAKE_SEND);
	for (unsigned i = 0; i < QUEUED; i++)
		send_to(ports[0]);
	printf("set %x port %x\n", set, ports[0]);
	(void)fflush(stdout);
	wait_long();
	return EXIT_SUCCESS;
}

int
main(int argc, char **argv)
{
	const char *what = argc > 1 ? argv[1] : "";

	if (strcmp(what, "calls") == 0)
		return do_calls();
	if (strcmp(what, "threads") == 0)
		return do_threads();
	if (strcmp(what, "ports") == 0)
		return do_ports();
	wait_long();
	return EXIT_SUCCESS;
}
