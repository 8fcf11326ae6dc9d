/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * What operations cost. Each is done many times between two looks at the clock;
 * under QEMU's -icount shift=0 a nanosecond is an instruction. A line is
 * "operation<TAB>instructions<TAB>target", target 0 where there is none.
 */
#include <mach/mach_port_user.h>

#include <fcntl.h>
#include <libmach/mach.h>
#include <libmach/thread.h>
#include <signal.h>
#include <spawn.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#define CLOCK_BOOT 0
#define PAGE       4096UL
#define MEGA       (1024UL * 1024)
#define SCRATCH    "/tmp/machbench"

static uint64_t empty_loop;

/* Run operation `count` times and print what one took. */
static void
measure(
    const char *name, unsigned count, unsigned target, void (*operation)(void))
{
	uint64_t start, end;

	operation(); /* what only the first time costs */
	start = clock_get_time(CLOCK_BOOT);
	for (unsigned i = 0; i < count; i++)
		operation();
	end = clock_get_time(CLOCK_BOOT);
	if (name != NULL)
		printf("%s\t%llu\t%u\n", name,
		    (unsigned long long)((end - start) / count - empty_loop),
		    target);
	else
		empty_loop = (end - start) / count;
	fflush(stdout);
}

static void
nothing(void)
{
}

static void
null_trap(void)
{
	(void)swtch_pri(0);
}

static void
self_trap(void)
{
	(void)mach_thread_self();
}

struct null_message {
	mach_msg_header_t header;
	char body[32 - sizeof(mach_msg_header_t)];
	mach_msg_trailer_t trailer;
};

static mach_port_t server_port;
static mach_port_t reply_port;

/* The other side: answers each request with its own header turned round. */
static void
serve(void *unused)
{
	struct null_message message;

	(void)unused;
	if (mach_msg(&message.header, MACH_RCV_MSG, 0, sizeof(message),
		server_port, 0, MACH_PORT_NULL) != MACH_MSG_SUCCESS)
		return;
	for (;;) {
		message.header.msgh_bits =
		    MACH_MSGH_BITS(MACH_MSG_TYPE_MOVE_SEND_ONCE, 0);
		message.header.msgh_local_port = MACH_PORT_NULL;
		message.header.msgh_size = 32;
		if (mach_msg(&message.header, MACH_SEND_MSG | MACH_RCV_MSG, 32,
			sizeof(message), server_port, 0,
			MACH_PORT_NULL) != MACH_MSG_SUCCESS)
			return;
	}
}

static void
null_rpc(void)
{
	struct null_message message = {
	    .header =
		{
		    .msgh_bits = MACH_MSGH_BITS(
			MACH_MSG_TYPE_COPY_SEND, MACH_MSG_TYPE_MAKE_SEND_ONCE),
		    .msgh_size = 32,
		    .msgh_remote_port = server_port,
		    .msgh_local_port = reply_port,
		    .msgh_id = 1,
		},
	};

	if (mach_msg(&message.header, MACH_SEND_MSG | MACH_RCV_MSG, 32,
		sizeof(message), reply_port, 0,
		MACH_PORT_NULL) != MACH_MSG_SUCCESS)
		exit(1);
}

static mach_port_t
new_port(void)
{
	mach_port_t port = MACH_PORT_NULL;

	(void)mach_port_allocate(
	    mach_task_self(), MACH_PORT_RIGHT_RECEIVE, &port);
	(void)mach_port_insert_right(
	    mach_task_self(), port, port, MACH_MSG_TYPE_MAKE_SEND);
	return port;
}

static void
start_server(void)
{
	struct mach_thread *thread;

	(void)mach_thread_create(&thread, serve, NULL, MACH_THREAD_STACK);
}

/* The client is a child, which has our send rights. */
static void
measure_rpc(void)
{
	pid_t child;

	server_port = new_port();
	child = fork();
	if (child == 0) {
		reply_port = mach_reply_port();
		measure("null RPC, two tasks", 2000, 500, null_rpc);
		_exit(0);
	}
	start_server();
	(void)waitpid(child, NULL, 0);
	reply_port = mach_reply_port();
	measure("null RPC, two threads", 2000, 470, null_rpc);
}

static void
port_pair(void)
{
	mach_port_t port;

	(void)mach_port_allocate(
	    mach_task_self(), MACH_PORT_RIGHT_RECEIVE, &port);
	(void)mach_port_mod_refs(
	    mach_task_self(), port, MACH_PORT_RIGHT_RECEIVE, -1);
}

static void
memory_page(void)
{
	vm_address_t address = 0;

	(void)syscall_vm_allocate(mach_task_self(), &address, PAGE, TRUE);
	*(volatile char *)address = 1;
	(void)syscall_vm_deallocate(mach_task_self(), address, PAGE);
}

static void
zero_fill(void)
{
	vm_address_t address = 0;

	(void)syscall_vm_allocate(mach_task_self(), &address, MEGA, TRUE);
	for (size_t at = 0; at < MEGA; at += PAGE)
		*(volatile char *)(address + at) = 1;
	(void)syscall_vm_deallocate(mach_task_self(), address, MEGA);
}

static void
fork_wait(void)
{
	pid_t child = fork();

	if (child == 0)
		_exit(0);
	(void)waitpid(child, NULL, 0);
}

static char *const true_words[] = {(char[]){"true"}, NULL};

static void
spawn_wait(void)
{
	pid_t child;

	if (posix_spawn(&child, "/bin/true", NULL, NULL, true_words, environ) ==
	    0)
		(void)waitpid(child, NULL, 0);
}

static void
fork_exec_wait(void)
{
	pid_t child = fork();

	if (child == 0) {
		(void)execv("/bin/true", true_words);
		_exit(127);
	}
	(void)waitpid(child, NULL, 0);
}

static void
open_close(void)
{
	close(open(SCRATCH, O_RDONLY));
}

static void
stat_path(void)
{
	struct stat status;

	(void)stat(SCRATCH, &status);
}

static int file;
static char block[PAGE];

static void
read_page(void)
{
	(void)!pread(file, block, PAGE, 0);
}

static void
create_unlink(void)
{
	close(open(SCRATCH "2", O_WRONLY | O_CREAT, 0600));
	(void)unlink(SCRATCH "2");
}

static int ends[2];

static void
pipe_byte(void)
{
	(void)!write(ends[1], block, 1);
	(void)!read(ends[0], block, 1);
}

static void
parent_id(void)
{
	(void)getppid();
}

static void
measure_posix(void)
{
	file = open(SCRATCH, O_RDWR | O_CREAT | O_TRUNC, 0600);
	(void)!write(file, block, PAGE);
	measure("getppid", 1000, 100, parent_id);
	measure("open + close", 300, 3500, open_close);
	measure("stat", 300, 1800, stat_path);
	measure("read 4 KiB, cached", 300, 900, read_page);
	measure("create + unlink", 100, 15000, create_unlink);
	if (pipe(ends) == 0)
		measure("pipe, write + read a byte", 300, 0, pipe_byte);
	measure("fork + wait", 30, 60000, fork_wait);
	measure("fork + exec + wait", 30, 120000, fork_exec_wait);
	measure("spawn + wait", 30, 60000, spawn_wait);
	close(file);
	(void)unlink(SCRATCH);
}

int
main(void)
{
	measure(NULL, 10000, 0, nothing);
	measure("null trap", 10000, 60, null_trap);
	measure("thread_self trap", 1000, 90, self_trap);
	measure("port allocate + destroy", 1000, 500, port_pair);
	measure("memory: allocate, touch, free", 1000, 1900, memory_page);
	measure("memory: 1 MiB, touched", 20, 0, zero_fill);
	measure_posix();
	measure_rpc();
	printf("end\n");
	return 0;
}
