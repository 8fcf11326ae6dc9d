/* SPDX-License-Identifier: BSD-2-Clause */
/* What needs the system and belongs to no larger area. */
#include <dlfcn.h>
#include <errno.h>
#include <libtest/test.h>
#include <sched.h>
#include <string.h>
#include <sys/random.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <ulimit.h>
#include <unistd.h>
#include <utmpx.h>

#define AT_RANDOM   25
#define RANDOM_SIZE 16

static void
test_random(void)
{
	unsigned char first[300] = {0};
	unsigned char second[300] = {0};

	is_int(getentropy(first, 256), 0, "getentropy");
	is_int(getentropy(second, 256), 0, "again");
	ok(memcmp(first, second, 256) != 0, "other bytes");
	errno = 0;
	ok(getentropy(first, 257) == -1 && errno == EIO, "257 are too many");
	is_int(getrandom(first, sizeof(first), 0), sizeof(first), "getrandom");
	ok(getrandom(first, 1, 0x100) == -1 && errno == EINVAL,
	    "flags which there are not");
	is_int(getrandom(first, 0, GRND_RANDOM | GRND_NONBLOCK), 0, "none");
}

static void
test_users(void)
{
	struct utmpx record = {.ut_type = USER_PROCESS,
	    .ut_pid = 77,
	    .ut_user = "somebody",
	    .ut_id = "zz",
	    .ut_line = "ttyzz"};
	struct utmpx key = {.ut_type = LOGIN_PROCESS, .ut_id = "zz"};
	struct utmpx *found;
	int count = 0;

	ok(pututxline(&record) != NULL, "pututxline");
	record.ut_pid = 78;
	ok(pututxline(&record) != NULL, "in its place");
	setutxent();
	found = getutxid(&key);
	ok(found != NULL && found->ut_pid == 78 &&
		strcmp(found->ut_user, "somebody") == 0,
	    "getutxid");
	setutxent();
	found = getutxline(&record);
	ok(found != NULL && found->ut_pid == 78, "getutxline");
	setutxent();
	while ((found = getutxent()) != NULL)
		count += strcmp(found->ut_line, "ttyzz") == 0;
	is_int(count, 1, "there is one only");
	record.ut_type = DEAD_PROCESS;
	ok(pututxline(&record) != NULL, "nobody any more");
	setutxent();
	ok(getutxline(&record) == NULL, "so not found by the line");
	endutxent();
}

/* In a child, for who has given up a limit does not get it back. */
static int
child_of_limits(void)
{
	struct rlimit limit;

	if (ulimit(UL_SETFSIZE, 10L) != 10 || ulimit(UL_GETFSIZE) != 10)
		return 1;
	if (getrlimit(RLIMIT_FSIZE, &limit) != 0 || limit.rlim_cur != 5120)
		return 2;
	errno = 0;
	return ulimit(99) == -1 && errno == EINVAL ? 0 : 3;
}

static void
test_limits(void)
{
	int status = -1;
	pid_t pid = fork();

	if (pid == 0)
		_exit(child_of_limits());
	waitpid(pid, &status, 0);
	is_int(WEXITSTATUS(status), 0, "ulimit");
}

static void
test_loading(void)
{
	ok(dlopen("libc.so", RTLD_NOW) == NULL && dlerror() != NULL &&
		dlerror() == NULL,
	    "dlopen fails and dlerror says why, once");
}

/* Options that are announced say the same everywhere. */
static void
test_options(void)
{
	char text[64];

	is_int(sysconf(_SC_PRIORITY_SCHEDULING), _POSIX_PRIORITY_SCHEDULING,
	    "_SC_PRIORITY_SCHEDULING");
	ok(sched_get_priority_max(SCHED_FIFO) -
			sched_get_priority_min(SCHED_FIFO) >=
		    31 &&
		sched_get_priority_max(SCHED_RR) -
			sched_get_priority_min(SCHED_RR) >=
		    31,
	    "so there are 32 priorities");
	is_int(sysconf(_SC_XOPEN_SHM), _XOPEN_SHM, "_SC_XOPEN_SHM");
	is_int(
	    sysconf(_SC_XOPEN_ENH_I18N), _XOPEN_ENH_I18N, "_SC_XOPEN_ENH_I18N");
	is_int(
	    sysconf(_SC_XOPEN_REALTIME), _XOPEN_REALTIME, "_SC_XOPEN_REALTIME");
	is_int(sysconf(_SC_V7_LPBIG_OFFBIG), _POSIX_V7_LPBIG_OFFBIG,
	    "_SC_V7_LPBIG_OFFBIG");
	is_int((int)confstr(_CS_POSIX_V7_THREADS_LDFLAGS, text, sizeof(text)),
	    1, "threads need no flags");
	errno = 0;
	ok(confstr(_CS_POSIX_V7_ILP32_OFF32_CFLAGS, text, sizeof(text)) == 0 &&
		errno == 0,
	    "no flags for an environment which there is not");
}

/* The random bytes that the system gave this program with its arguments. */
static const unsigned char *
given_random(void)
{
	char **end = environ;
	const unsigned long *pair;

	while (*end != NULL)
		end++;
	for (pair = (const void *)(end + 1); pair[0] != 0; pair += 2)
		if (pair[0] == AT_RANDOM)
			return (const unsigned char *)pair[1];
	return NULL;
}

/* What another run of this program was given. */
static bool
ask_another(const char *path, unsigned char bytes[RANDOM_SIZE])
{
	ssize_t got = 0;
	int status = -1;
	int ends[2];
	pid_t pid;

	if (pipe(ends) != 0)
		return false;
	pid = fork();
	if (pid == 0) {
		dup2(ends[1], STDOUT_FILENO);
		execl(path, path, "random", (char *)NULL);
		_exit(127);
	}
	close(ends[1]);
	if (pid > 0) {
		got = read(ends[0], bytes, RANDOM_SIZE);
		waitpid(pid, &status, 0);
	}
	close(ends[0]);
	return got == RANDOM_SIZE && status == 0;
}

static void
test_given(const char *path)
{
	unsigned char none[RANDOM_SIZE] = {0};
	unsigned char first[RANDOM_SIZE];
	unsigned char second[RANDOM_SIZE];

	ok(ask_another(path, first) && ask_another(path, second),
	    "programs are given random bytes");
	ok(memcmp(first, none, RANDOM_SIZE) != 0 &&
		memcmp(first, second, RANDOM_SIZE) != 0,
	    "each has others");
}

int
main(int argc, char **argv)
{
	if (argc > 1) {
		const unsigned char *given = given_random();

		return given == NULL ||
		       write(STDOUT_FILENO, given, RANDOM_SIZE) != RANDOM_SIZE;
	}
	test_given(argv[0]);
	test_random();
	test_users();
	test_limits();
	test_loading();
	test_options();
	return test_done();
}
