/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * What a user's process can do to who looks at it in /proc: memory that it
 * pages itself and never gives, files that it serves itself and never answers
 * for, and nonsense about where things are. All get an answer soon, and others'
 * files as ever.
 */
#include <mach/mach_port_user.h>
#include <mach/traps.h>
#include <mach/vm_map_user.h>

#include <errno.h>
#include <fcntl.h>
#include <libmach/mach.h>
#include <libtest/test.h>
#include <machr/system.h>
#include <process.h>
#include <pthread.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#define USER    12345
#define PAGE    4096UL
#define SOON_MS 1500 /* of 30000 that the kernel waits for a pager */

static int ready[2] = {-1, -1};
static mach_port_t nobody; /* that never answers */
static struct proc_descriptor table[4];

static long
now_ms(void)
{
	struct timespec now;

	clock_gettime(CLOCK_MONOTONIC, &now);
	return now.tv_sec * 1000 + now.tv_nsec / 1000000;
}

/* How a read ends; -1: well. */
static int
read_error(pid_t pid, const char *file)
{
	char path[64];
	char data[256];
	ssize_t got;
	int fd, error;

	snprintf(path, sizeof(path), "/proc/%d/%s", (int)pid, file);
	fd = open(path, O_RDONLY);
	if (fd < 0)
		return errno;
	got = read(fd, data, sizeof(data));
	error = got < 0 ? errno : -1;
	close(fd);
	return error;
}

static int
link_error(pid_t pid, const char *file)
{
	char path[64];
	char data[256];

	snprintf(path, sizeof(path), "/proc/%d/%s", (int)pid, file);
	return readlink(path, data, sizeof(data)) < 0 ? errno : -1;
}

static void
become_user(void)
{
	if (setgid(USER) != 0 || setuid(USER) != 0)
		_exit(1);
}

static void
make_nobody(void)
{
	(void)syscall_mach_port_allocate(
	    mach_task_self(), MACH_PORT_RIGHT_RECEIVE, &nobody);
	(void)mach_port_insert_right(
	    mach_task_self(), nobody, nobody, MACH_MSG_TYPE_MAKE_SEND);
}

/* Pages at an address, or anywhere, that never come. */
static vm_address_t
map_nothing(vm_address_t address)
{
	boolean_t anywhere = address == 0;

	if (!anywhere)
		(void)syscall_vm_deallocate(mach_task_self(), address, PAGE);
	if (vm_map(mach_task_self(), &address, PAGE, 0, anywhere, nobody, 0,
		FALSE, VM_PROT_READ | VM_PROT_WRITE,
		VM_PROT_READ | VM_PROT_WRITE, VM_INHERIT_NONE) != KERN_SUCCESS)
		_exit(2);
	return address;
}

/* The first thread waits, as its stack may be on the same page. */
static void *
lose_arguments(void *argument)
{
	const struct proc_details *details = argument;

	(void)map_nothing(details->args & ~(PAGE - 1));
	if (write(ready[1], "x", 1) != 1)
		_exit(3);
	for (;;)
		pause();
}

static void
page_arguments(void)
{
	static struct proc_details details;
	pthread_t thread;

	if (machr_process_details(getpid(), &details) != 0 ||
	    pthread_create(&thread, NULL, lose_arguments, &details) != 0)
		_exit(4);
	for (;;)
		pause();
}

static void
tell_and_wait(void)
{
	if (write(ready[1], "x", 1) != 1)
		_exit(5);
	for (;;)
		pause();
}

static void
page_directories(void)
{
	__process.signals->places.directories = map_nothing(0);
	tell_and_wait();
}

static void
page_descriptors(void)
{
	__process.signals->places.descriptors_end = map_nothing(0);
	tell_and_wait();
}

/* Directories and a descriptor that it serves itself. */
static void
serve_files(void)
{
	static int end = 4;
	static mach_port_name_t directories[2];

	directories[0] = directories[1] = nobody;
	table[3].port = nobody;
	__process.signals->places = (struct proc_places){
	    (uint64_t)directories,
	    (uint64_t)table,
	    (uint64_t)&end,
	    sizeof(table[0]),
	};
	tell_and_wait();
}

static void
tell_nonsense(void)
{
	static int end = 2000000000;

	__process.signals->places =
	    (struct proc_places){UINT64_MAX - 3, UINT64_MAX, (uint64_t)&end, 1};
	tell_and_wait();
}

static void
tell_more_nonsense(void)
{
	static int end = PROC_FD_MAX;

	__process.signals->places =
	    (struct proc_places){1, UINT64_MAX - 9, (uint64_t)&end, 24};
	tell_and_wait();
}

static pid_t
start(void (*function)(void))
{
	pid_t child = fork();
	char c;

	if (child == 0) {
		become_user();
		make_nobody();
		function();
		_exit(0);
	}
	if (read(ready[0], &c, 1) != 1)
		return -1;
	return child;
}

static void
end(pid_t child)
{
	kill(child, SIGKILL);
	waitpid(child, NULL, 0);
}

/* Until nobody remembers it against the user. */
static void
be_forgiven(void)
{
	sleep(4);
}

/* One thing that does not come, and what is told then, twice. */
static void
test_stuck(void (*function)(void), const char *file,
    int (*error)(pid_t, const char *), const char *what)
{
	pid_t child = start(function);
	long begin = now_ms();
	long first;

	is_int(error(child, file), EIO, what);
	first = now_ms() - begin;
	printf("# after %ld ms\n", first);
	ok(first < SOON_MS, "in time");
	begin = now_ms();
	is_int(error(child, file), EIO, "again");
	ok(now_ms() - begin <= first + 20, "and sooner");
	is_int(read_error(getpid(), "cmdline"), -1, "others are shown");
	end(child);
	be_forgiven();
}

/* Somebody reads while the one that does not answer is looked at for ever. */
static void
test_others(void)
{
	pid_t child = start(page_arguments);
	pid_t reader = fork();
	long worst = 0;
	int failed = 0;

	if (reader == 0) {
		for (;;)
			(void)read_error(child, "cmdline");
	}
	for (int i = 0; i < 300; i++) {
		long begin = now_ms();

		failed += read_error(getpid(), "cmdline") != -1;
		failed += link_error(getpid(), "cwd") != -1;
		if (now_ms() - begin > worst)
			worst = now_ms() - begin;
		usleep(10000);
	}
	is_int(failed, 0, "all others' reads go well");
	printf("# %ld ms at most\n", worst);
	ok(worst < SOON_MS, "and nobody waits for long");
	kill(reader, SIGKILL);
	waitpid(reader, NULL, 0);
	end(child);
	be_forgiven();
}

static void
test_nonsense(void)
{
	pid_t child = start(tell_nonsense);

	is_int(link_error(child, "cwd"), EFAULT, "no such directories");
	is_int(link_error(child, "fd/0"), ENOENT, "no such table");
	end(child);
	child = start(tell_more_nonsense);
	ok(link_error(child, "root") > 0, "another address");
	is_int(link_error(child, "fd/0"), EFAULT, "and table");
	is_int(link_error(child, "exe"), -1, "which is known otherwise");
	end(child);
}

int
main(void)
{
	ok(geteuid() == 0 && pipe(ready) == 0, "as user 0");
	test_stuck(page_arguments, "cmdline", read_error, "arguments");
	test_stuck(page_directories, "cwd", link_error, "directories");
	test_stuck(page_descriptors, "fd/0", link_error, "descriptors");
	test_stuck(serve_files, "cwd", link_error, "a directory of its own");
	test_stuck(serve_files, "fd/3", link_error, "a file of its own");
	test_others();
	test_nonsense();
	return test_done();
}
