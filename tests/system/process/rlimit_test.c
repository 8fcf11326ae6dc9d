/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Resource limits: set and inherited, and what comes of going beyond those of
 * descriptors, file sizes, memory and processor time.
 */
#include <errno.h>
#include <fcntl.h>
#include <libtest/test.h>
#include <signal.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#define FILE_NAME "/tmp/rlimit_test"
#define SOMEBODY  1000
#define MIB       1048576UL

static int
set(int which, rlim_t soft, rlim_t hard)
{
	struct rlimit limit = {.rlim_cur = soft, .rlim_max = hard};

	return setrlimit(which, &limit) == 0 ? 0 : errno;
}

static rlim_t
soft(int which)
{
	struct rlimit limit = {0};

	return getrlimit(which, &limit) == 0 ? limit.rlim_cur : 1;
}

/* The status of a child that does this. */
static int
status_of(int (*function)(void))
{
	int status = -1;
	pid_t child = fork();

	if (child == 0)
		_exit(function());
	if (waitpid(child, &status, 0) != child)
		return -1;
	return status;
}

static int
as_somebody(void)
{
	if (set(RLIMIT_CORE, 100, 200) != 0 || setuid(SOMEBODY) != 0)
		return 1;
	if (set(RLIMIT_CORE, 100, 201) != EPERM)
		return 2;
	if (set(RLIMIT_CORE, 200, 200) != 0 || soft(RLIMIT_CORE) != 200)
		return 3;
	if (set(RLIMIT_CORE, 0, 10) != 0)
		return 4;
	return set(RLIMIT_CORE, 0, 11) == EPERM ? 0 : 5;
}

static void
test_setting(void)
{
	is_int(soft(RLIMIT_CPU) == RLIM_INFINITY, 1, "no limit to begin with");
	is_int((long long)soft(RLIMIT_NOFILE), sysconf(_SC_OPEN_MAX),
	    "but of descriptors");
	is_int(set(RLIMIT_CPU, 3, 2), EINVAL, "soft above hard");
	is_int(set(77, 1, 1), EINVAL, "no such limit");
	is_int(soft(-1) == 1, 1, "nor this");
	is_int(status_of(as_somebody), 0, "a hard limit is not raised");
}

static int
descriptors(void)
{
	int fd = -1;

	if (set(RLIMIT_NOFILE, 5, 10) != 0 || sysconf(_SC_OPEN_MAX) != 5)
		return 1;
	while ((fd = dup(0)) >= 0)
		if (fd >= 5)
			return 2;
	if (errno != EMFILE)
		return 3;
	if (dup2(0, 5) != -1 || errno != EBADF)
		return 4;
	if (fcntl(0, F_DUPFD, 5) != -1 || errno != EINVAL)
		return 5;
	return set(RLIMIT_NOFILE, 8, 10) == 0 && dup(0) == 5 ? 0 : 6;
}

static volatile sig_atomic_t caught;

static void
note(int signal)
{
	caught = signal;
}

static int
file_size(void)
{
	int fd = open(FILE_NAME, O_RDWR | O_CREAT | O_TRUNC, 0600);
	char data[3000] = {0};

	signal(SIGXFSZ, note);
	if (fd < 0 || set(RLIMIT_FSIZE, 5000, RLIM_INFINITY) != 0)
		return 1;
	if (write(fd, data, 3000) != 3000)
		return 2;
	if (write(fd, data, 3000) != 2000)
		return 8;
	if (caught || write(fd, data, 1) != -1 || errno != EFBIG)
		return 3;
	if (caught != SIGXFSZ)
		return 4;
	caught = 0;
	if (pwrite(fd, data, 10, 4995) != 5 || pwrite(fd, data, 1, 5000) != -1)
		return 5;
	if (ftruncate(fd, 5000) != 0 || ftruncate(fd, 5001) != -1 ||
	    errno != EFBIG)
		return 6;
	return write(1, "", 0) == 0 ? 0 : 7;
}

static int
file_size_default(void)
{
	int fd = open(FILE_NAME, O_RDWR | O_CREAT | O_TRUNC, 0600);

	(void)set(RLIMIT_FSIZE, 0, 0);
	return (int)write(fd, "x", 1);
}

static int
memory(void)
{
	void *volatile much;

	if (set(RLIMIT_AS, 64 * MIB, 64 * MIB) != 0)
		return 1;
	much = malloc(100 * MIB);
	if (much != NULL || errno != ENOMEM)
		return 2;
	if (mmap(NULL, 100 * MIB, PROT_READ, MAP_PRIVATE | MAP_ANONYMOUS, -1,
		0) != MAP_FAILED)
		return 3;
	much = malloc(MIB);
	return much != NULL ? 0 : 4;
}

static int
processor_caught(void)
{
	signal(SIGXCPU, note);
	if (set(RLIMIT_CPU, 1, 2) != 0)
		return 1;
	while (!caught)
		;
	if (caught != SIGXCPU)
		return 2;
	for (;;)
		;
}

static int
inherited(void)
{
	(void)set(RLIMIT_FSIZE, 12345, 23456);
	return status_of(file_size_default) != 0 && system("true") == 0 &&
		       soft(RLIMIT_FSIZE) == 12345
		   ? 0
		   : 1;
}

int
main(void)
{
	int status;

	test_setting();
	is_int(status_of(descriptors), 0, "descriptors");
	is_int(status_of(file_size), 0, "the size of files");
	status = status_of(file_size_default);
	ok(WIFSIGNALED(status) && WTERMSIG(status) == SIGXFSZ,
	    "which ends who does not catch it");
	is_int(status_of(memory), 0, "memory");
	is_int(status_of(inherited), 0, "children inherit them");
	status = status_of(processor_caught);
	ok(WIFSIGNALED(status) && WTERMSIG(status) == SIGKILL,
	    "processor time: SIGXCPU, then SIGKILL");
	unlink(FILE_NAME);
	return test_done();
}
