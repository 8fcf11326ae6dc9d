/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * What can be used up. Each push takes what has become free since the last, so
 * that nothing is free for longer than the pause between two.
 */
#include <mach/host_user.h>
#include <mach/mach_port_user.h>
#include <mach/task_user.h>

#include <errno.h>
#include <fcntl.h>
#include <libmach/mach.h>
#include <servers/bootstrap_user.h>
#include <servers/pipe_user.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include "press.h"

#define FILLER "/var/pressure/filler"
#define BLOCK  8192U
#define SLACK  (32 * (off_t)BLOCK)
#define CHUNK  (1UL << 20)
#define PAGE   4096UL
#define EATERS 2

/* Some of it is freed and written again, so that there is always to write. */
static int
push_disk(void)
{
	static char block[BLOCK];
	static int fd = -1;
	off_t size;
	int error;

	if (fd < 0)
		fd = open(FILLER, O_WRONLY | O_CREAT | O_APPEND, 0600);
	if (fd < 0)
		return errno;
	size = lseek(fd, 0, SEEK_END);
	if (size > SLACK && ftruncate(fd, size - SLACK) != 0)
		return errno;
	memset(block, 'x', sizeof(block));
	while (write(fd, block, sizeof(block)) > 0)
		continue;
	error = errno;
	return fsync(fd) == 0 ? error : errno;
}

/* Locked, so that it is an error of mlock, and not the end, that tells that
   there is no more. */
static int
push_memory(void)
{
	int error = 0;

	for (size_t size = CHUNK; size >= PAGE;) {
		void *memory = mmap(NULL, size, PROT_READ | PROT_WRITE,
		    MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);

		if (memory == MAP_FAILED)
			return errno;
		if (mlock(memory, size) == 0)
			continue;
		error = errno;
		(void)munmap(memory, size);
		size /= 4;
	}
	return error;
}

static _Noreturn void
touch(void)
{
	if (!belong_to(false))
		_exit(1);
	for (;;) {
		char *memory = malloc(CHUNK);

		if (memory == NULL)
			_exit(2);
		for (size_t at = 0; at < CHUNK; at += PAGE)
			((volatile char *)memory)[at] = 1;
	}
}

static bool
is_little_left(void)
{
	vm_statistics_data_t now;

	return vm_statistics(mach_host_self(), &now) == KERN_SUCCESS &&
	       now.free_count < now.total_count / 32;
}

/* Children that touch memory until they are ended for it; never fewer. */
static int
push_touch(void)
{
	static pid_t eaters[EATERS];
	int status;

	for (unsigned i = 0; i < EATERS; i++) {
		if (eaters[i] > 0 &&
		    waitpid(eaters[i], &status, WNOHANG) == eaters[i]) {
			if (!WIFSIGNALED(status))
				return EINVAL;
			eaters[i] = 0;
		}
		if (eaters[i] > 0)
			continue;
		eaters[i] = fork();
		if (eaters[i] == 0)
			touch();
		if (eaters[i] < 0 && errno != ENOMEM)
			return errno;
	}
	return is_little_left() ? ENOMEM : 0;
}

/* What the program itself may have: descriptors, and address space. */
static int
push_limits(void)
{
	static const struct rlimit least = {64 * CHUNK, 64 * CHUNK};
	int error;

	(void)setrlimit(RLIMIT_AS, &least);
	while (dup(STDIN_FILENO) >= 0)
		continue;
	error = errno;
	while (mmap(NULL, CHUNK, PROT_READ | PROT_WRITE,
		   MAP_PRIVATE | MAP_ANONYMOUS, -1, 0) != MAP_FAILED)
		continue;
	return errno == ENOMEM ? error : errno;
}

/* What the servers have: all pipes, without descriptors, and all terminals. */
static int
push_tables(void)
{
	static mach_port_t bootstrap;
	mach_port_t server = MACH_PORT_NULL, reader, writer;
	kern_return_t kr;

	while (open("/dev/ptmx", O_RDWR | O_NOCTTY) >= 0)
		continue;
	if (bootstrap == MACH_PORT_NULL)
		(void)task_get_special_port(
		    mach_task_self(), TASK_BOOTSTRAP_PORT, &bootstrap);
	/* There may be no server just now. */
	if (bootstrap_look_up(bootstrap, "pipe", &server) != KERN_SUCCESS)
		return 0;
	kr = KERN_SUCCESS;
	while (kr == KERN_SUCCESS)
		kr = pipe_create(server, 0, &reader, &writer);
	(void)mach_port_deallocate(mach_task_self(), server);
	return SERVER_IS_ERROR(kr) ? SERVER_ERRNO(kr) : 0;
}

static int
push_processes(void)
{
	pid_t pid;

	while ((pid = fork()) > 0)
		continue;
	if (pid < 0)
		return errno;
	for (;;)
		(void)pause();
}

const struct pressure pressures[] = {
    {.name = "disk", .push = push_disk, .error = ENOSPC, .as_user = true},
    {.name = "memory", .push = push_memory, .error = EAGAIN, .as_user = true},
    {.name = "touch", .push = push_touch, .error = ENOMEM},
    {.name = "limits", .push = push_limits, .error = EMFILE, .as_user = true},
    {.name = "tables", .push = push_tables, .error = ENFILE, .as_user = true},
    {.name = "processes",
	.push = push_processes,
	.error = EAGAIN,
	.as_user = true},
};

const unsigned pressure_count = sizeof(pressures) / sizeof(pressures[0]);
