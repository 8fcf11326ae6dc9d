/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Programs that take all memory there is: they end by it, and what else runs,
 * the servers first, does not.
 */
#include <mach/mach_types.h>
#include <mach/vm_map_user.h>

#include <errno.h>
#include <fcntl.h>
#include <libmach/mach.h>
#include <libtest/test.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#define STEP  (1U << 20)
#define HUGE  (1ULL << 32)
#define FILE  "/tmp/hungry"
#define BYTES 262144

static char text[BYTES];

/* Touches memory until there is none; no signal is in the way of the end. */
static void
touch(void)
{
	for (;;) {
		char *memory = malloc(STEP);

		if (memory == NULL)
			_exit(1);
		memset(memory, 1, STEP);
	}
}

/* The kernel makes the pages, not a fault of ours. */
static void
copy(void)
{
	vm_address_t from = 0, to = 0;

	if (vm_allocate(mach_task_self(), &from, HUGE, TRUE) != KERN_SUCCESS ||
	    vm_allocate(mach_task_self(), &to, HUGE, TRUE) != KERN_SUCCESS)
		_exit(2);
	_exit(vm_copy(mach_task_self(), from + 1, HUGE - 3, to + 2) ==
		      KERN_RESOURCE_SHORTAGE
		  ? 0
		  : 3);
}

/* So many at once; how many ended as they have to. */
static int
run(void (*eat)(void), int count)
{
	pid_t pids[4];
	int right = 0;

	for (int i = 0; i < count; i++) {
		pids[i] = fork();
		if (pids[i] == 0)
			eat();
	}
	for (int i = 0; i < count; i++) {
		int status = 0;

		if (waitpid(pids[i], &status, 0) == pids[i])
			right +=
			    WIFSIGNALED(status) || WEXITSTATUS(status) == 0;
	}
	return right;
}

static void
check_files(void)
{
	static char read_back[BYTES];
	int fd = open(FILE, O_CREAT | O_RDWR | O_TRUNC, 0600);

	ok(fd >= 0, "a file");
	is_int(write(fd, text, BYTES), BYTES, "is written");
	is_int(lseek(fd, 0, SEEK_SET), 0, "from its start");
	is_int(read(fd, read_back, BYTES), BYTES, "is read");
	ok(memcmp(text, read_back, BYTES) == 0, "as it was written");
	(void)close(fd);
	is_int(unlink(FILE), 0, "and removed");
}

static void
check_processes(void)
{
	pid_t pid = fork();
	int status = -1;

	if (pid == 0)
		_exit(7);
	is_int(waitpid(pid, &status, 0), pid, "a child");
	is_int(WEXITSTATUS(status), 7, "has come and gone");
}

int
main(void)
{
	for (unsigned i = 0; i < BYTES; i++)
		text[i] = (char)(i * 7 >> 4);
	for (int round = 0; round < 3; round++) {
		is_int(run(touch, 1), 1, "one that touches all memory");
		check_files();
		check_processes();
	}
	is_int(run(touch, 3), 3, "three at once");
	check_files();
	is_int(run(copy, 1), 1, "vm_copy of more than there is");
	check_files();
	check_processes();
	return test_done();
}
