/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * usage: getconf [-a] [-v SPEC] NAME [PATH]
 * help: what the system's limits and options are; -a: all
 */
#include <errno.h>
#include <limits.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "lib/util.h"

UTILITY("getconf [-a] [-v SPEC] NAME [PATH]",
    "what the system's limits and options are; -a: all");

enum kind { SYSTEM, FILES, TEXT, NUMBER };

struct name {
	const char *name;
	enum kind kind;
	long code; /* for sysconf() and the like; of a NUMBER: itself */
};

/* Those of sysconf() with the same name, with _POSIX_, with POSIX2_ ahead. */
#define S(n)                        \
	{                           \
#n, SYSTEM, _SC_##n \
	}
#define P(n)                                  \
	{                                     \
		"_POSIX_" #n, SYSTEM, _SC_##n \
	}
#define P2(n)                                    \
	{"POSIX2_" #n, SYSTEM, _SC_2_##n},       \
	{                                        \
		"_POSIX2_" #n, SYSTEM, _SC_2_##n \
	}
#define X(n)                            \
	{                               \
		"_" #n, SYSTEM, _SC_##n \
	}
#define F(n)                       \
	{                          \
#n, FILES, _PC_##n \
	}
#define PF(n)                                \
	{                                    \
		"_POSIX_" #n, FILES, _PC_##n \
	}
#define N(n)                    \
	{                       \
#n, NUMBER, (n) \
	}

static const struct name names[] = {S(AIO_LISTIO_MAX), S(AIO_MAX),
    S(AIO_PRIO_DELTA_MAX), S(ARG_MAX), S(ATEXIT_MAX), S(BC_BASE_MAX),
    S(BC_DIM_MAX), S(BC_SCALE_MAX), S(BC_STRING_MAX), S(CHILD_MAX), S(CLK_TCK),
    S(COLL_WEIGHTS_MAX), S(DELAYTIMER_MAX), S(EXPR_NEST_MAX), S(HOST_NAME_MAX),
    S(IOV_MAX), S(LINE_MAX), S(LOGIN_NAME_MAX), S(MQ_OPEN_MAX), S(MQ_PRIO_MAX),
    S(NGROUPS_MAX), S(OPEN_MAX), S(PAGESIZE), S(PAGE_SIZE), S(RE_DUP_MAX),
    S(RTSIG_MAX), S(SEM_NSEMS_MAX), S(SEM_VALUE_MAX), S(SIGQUEUE_MAX),
    S(STREAM_MAX), S(SYMLOOP_MAX), S(TIMER_MAX), S(TTY_NAME_MAX), S(TZNAME_MAX),
    {"_NPROCESSORS_CONF", SYSTEM, _SC_NPROCESSORS_CONF},
    {"_NPROCESSORS_ONLN", SYSTEM, _SC_NPROCESSORS_ONLN},
    {"NPROCESSORS_CONF", SYSTEM, _SC_NPROCESSORS_CONF},
    {"NPROCESSORS_ONLN", SYSTEM, _SC_NPROCESSORS_ONLN},
    {"_PHYS_PAGES", SYSTEM, _SC_PHYS_PAGES},
    {"_AVPHYS_PAGES", SYSTEM, _SC_AVPHYS_PAGES},
    {"PTHREAD_DESTRUCTOR_ITERATIONS", SYSTEM, _SC_THREAD_DESTRUCTOR_ITERATIONS},
    {"PTHREAD_KEYS_MAX", SYSTEM, _SC_THREAD_KEYS_MAX},
    {"PTHREAD_STACK_MIN", SYSTEM, _SC_THREAD_STACK_MIN},
    {"PTHREAD_THREADS_MAX", SYSTEM, _SC_THREAD_THREADS_MAX}, P(VERSION),
    P(ADVISORY_INFO), P(ASYNCHRONOUS_IO), P(BARRIERS), P(CLOCK_SELECTION),
    P(CPUTIME), P(FSYNC), P(IPV6), P(JOB_CONTROL), P(MAPPED_FILES), P(MEMLOCK),
    P(MEMLOCK_RANGE), P(MEMORY_PROTECTION), P(MESSAGE_PASSING),
    P(MONOTONIC_CLOCK), P(PRIORITIZED_IO), P(PRIORITY_SCHEDULING),
    P(RAW_SOCKETS), P(READER_WRITER_LOCKS), P(REALTIME_SIGNALS), P(REGEXP),
    P(SAVED_IDS), P(SEMAPHORES), P(SHARED_MEMORY_OBJECTS), P(SHELL), P(SPAWN),
    P(SPIN_LOCKS), P(SPORADIC_SERVER), P(SYNCHRONIZED_IO), P(THREADS),
    P(THREAD_ATTR_STACKADDR), P(THREAD_ATTR_STACKSIZE), P(THREAD_CPUTIME),
    P(THREAD_PRIO_INHERIT), P(THREAD_PRIO_PROTECT),
    P(THREAD_PRIORITY_SCHEDULING), P(THREAD_PROCESS_SHARED),
    P(THREAD_ROBUST_PRIO_INHERIT), P(THREAD_ROBUST_PRIO_PROTECT),
    P(THREAD_SAFE_FUNCTIONS), P(THREAD_SPORADIC_SERVER), P(TIMEOUTS), P(TIMERS),
    P(TRACE), P(TYPED_MEMORY_OBJECTS), P(V7_ILP32_OFF32), P(V7_ILP32_OFFBIG),
    P(V7_LP64_OFF64), P(V7_LPBIG_OFFBIG), P2(VERSION), P2(C_BIND), P2(C_DEV),
    P2(CHAR_TERM), P2(FORT_DEV), P2(FORT_RUN), P2(LOCALEDEF), P2(PBS),
    P2(SW_DEV), P2(UPE), X(XOPEN_CRYPT), X(XOPEN_ENH_I18N), X(XOPEN_REALTIME),
    X(XOPEN_REALTIME_THREADS), X(XOPEN_SHM), X(XOPEN_STREAMS), X(XOPEN_UNIX),
    X(XOPEN_VERSION), F(FILESIZEBITS), F(LINK_MAX), F(MAX_CANON), F(MAX_INPUT),
    F(NAME_MAX), F(PATH_MAX), F(PIPE_BUF),
    {"POSIX2_SYMLINKS", FILES, _PC_2_SYMLINKS},
    {"POSIX_ALLOC_SIZE_MIN", FILES, _PC_ALLOC_SIZE_MIN},
    {"POSIX_REC_INCR_XFER_SIZE", FILES, _PC_REC_INCR_XFER_SIZE},
    {"POSIX_REC_MAX_XFER_SIZE", FILES, _PC_REC_MAX_XFER_SIZE},
    {"POSIX_REC_MIN_XFER_SIZE", FILES, _PC_REC_MIN_XFER_SIZE},
    {"POSIX_REC_XFER_ALIGN", FILES, _PC_REC_XFER_ALIGN}, F(SYMLINK_MAX),
    PF(ASYNC_IO), PF(CHOWN_RESTRICTED), PF(NO_TRUNC), PF(PRIO_IO), PF(SYNC_IO),
    PF(VDISABLE), {"PATH", TEXT, _CS_PATH}, {"_CS_PATH", TEXT, _CS_PATH},
    {"V7_ENV", TEXT, _CS_V7_ENV},
    {"POSIX_V7_LP64_OFF64_CFLAGS", TEXT, _CS_POSIX_V7_LP64_OFF64_CFLAGS},
    {"POSIX_V7_LP64_OFF64_LDFLAGS", TEXT, _CS_POSIX_V7_LP64_OFF64_LDFLAGS},
    {"POSIX_V7_LP64_OFF64_LIBS", TEXT, _CS_POSIX_V7_LP64_OFF64_LIBS},
    {"POSIX_V7_LPBIG_OFFBIG_CFLAGS", TEXT, _CS_POSIX_V7_LPBIG_OFFBIG_CFLAGS},
    {"POSIX_V7_LPBIG_OFFBIG_LDFLAGS", TEXT, _CS_POSIX_V7_LPBIG_OFFBIG_LDFLAGS},
    {"POSIX_V7_LPBIG_OFFBIG_LIBS", TEXT, _CS_POSIX_V7_LPBIG_OFFBIG_LIBS},
    {"POSIX_V7_WIDTH_RESTRICTED_ENVS", TEXT,
	_CS_POSIX_V7_WIDTH_RESTRICTED_ENVS},
    N(CHAR_BIT), N(CHAR_MAX), N(CHAR_MIN), N(INT_MAX), N(INT_MIN), N(LONG_BIT),
    N(LONG_MAX), N(LONG_MIN), N(MB_LEN_MAX), N(NL_ARGMAX), N(NL_LANGMAX),
    N(NL_MSGMAX), N(NL_SETMAX), N(NL_TEXTMAX), N(NZERO), N(SCHAR_MAX),
    N(SCHAR_MIN), N(SHRT_MAX), N(SHRT_MIN), N(SSIZE_MAX), N(UCHAR_MAX),
    N(UINT_MAX), N(USHRT_MAX), N(WORD_BIT), N(_POSIX_AIO_LISTIO_MAX),
    N(_POSIX_AIO_MAX), N(_POSIX_ARG_MAX), N(_POSIX_CHILD_MAX),
    N(_POSIX_DELAYTIMER_MAX), N(_POSIX_HOST_NAME_MAX), N(_POSIX_LINK_MAX),
    N(_POSIX_LOGIN_NAME_MAX), N(_POSIX_MAX_CANON), N(_POSIX_MAX_INPUT),
    N(_POSIX_MQ_OPEN_MAX), N(_POSIX_MQ_PRIO_MAX), N(_POSIX_NAME_MAX),
    N(_POSIX_NGROUPS_MAX), N(_POSIX_OPEN_MAX), N(_POSIX_PATH_MAX),
    N(_POSIX_PIPE_BUF), N(_POSIX_RE_DUP_MAX), N(_POSIX_RTSIG_MAX),
    N(_POSIX_SEM_NSEMS_MAX), N(_POSIX_SEM_VALUE_MAX), N(_POSIX_SIGQUEUE_MAX),
    N(_POSIX_SSIZE_MAX), N(_POSIX_STREAM_MAX), N(_POSIX_SYMLINK_MAX),
    N(_POSIX_SYMLOOP_MAX), N(_POSIX_THREAD_DESTRUCTOR_ITERATIONS),
    N(_POSIX_THREAD_KEYS_MAX), N(_POSIX_THREAD_THREADS_MAX),
    N(_POSIX_TIMER_MAX), N(_POSIX_TTY_NAME_MAX), N(_POSIX_TZNAME_MAX),
    N(_POSIX2_BC_BASE_MAX), N(_POSIX2_BC_DIM_MAX), N(_POSIX2_BC_SCALE_MAX),
    N(_POSIX2_BC_STRING_MAX), N(_POSIX2_CHARCLASS_NAME_MAX),
    N(_POSIX2_COLL_WEIGHTS_MAX), N(_POSIX2_EXPR_NEST_MAX), N(_POSIX2_LINE_MAX),
    N(_POSIX2_RE_DUP_MAX), N(_XOPEN_IOV_MAX), {NULL, NUMBER, 0}};

static void
put_text(int code)
{
	size_t size = confstr(code, NULL, 0);
	char *text;

	if (size == 0) {
		puts("undefined");
		return;
	}
	text = xmalloc(size);
	(void)confstr(code, text, size);
	puts(text);
	free(text);
}

static void
put_value(const struct name *name, const char *path)
{
	long value = name->code;

	errno = 0;
	if (name->kind == TEXT) {
		put_text((int)name->code);
		return;
	}
	if (name->kind == SYSTEM)
		value = sysconf((int)name->code);
	else if (name->kind == FILES)
		value = pathconf(path, (int)name->code);
	if (name->kind != NUMBER && value == -1 && errno != 0)
		die_errno(name->kind == FILES ? path : name->name);
	if (name->kind != NUMBER && value == -1)
		puts("undefined");
	else
		printf("%ld\n", value);
}

static const struct name *
find(const char *wanted)
{
	const struct name *name = names;

	while (name->name != NULL && strcmp(name->name, wanted) != 0)
		name++;
	return name->name != NULL ? name : NULL;
}

static void
put_all(const char *path)
{
	for (const struct name *name = names; name->name != NULL; name++) {
		printf("%-36s ", name->name);
		put_value(name, path);
	}
}

int
main(int argc, char **argv)
{
	const struct name *name;
	bool all = false;
	int option;

	util_init(argc, argv);
	while ((option = getopt(argc, argv, "av:")) != -1) {
		if (option == 'a')
			all = true;
		/* There is one environment that programs are made for. */
		else if (option != 'v')
			util_usage_exit();
		else if (strcmp(optarg, "POSIX_V7_LP64_OFF64") != 0 &&
			 strcmp(optarg, "POSIX_V7_LPBIG_OFFBIG") != 0)
			die("%s: no such environment", optarg);
	}
	if (all && optind == argc) {
		put_all("/");
		return util_exit(util_status);
	}
	if (optind == argc || argc - optind > 2)
		util_usage_exit();
	name = find(argv[optind]);
	if (name == NULL)
		die("%s: no such name", argv[optind]);
	if ((name->kind == FILES) != (argc - optind == 2))
		util_usage_exit();
	put_value(name, argv[optind + 1]);
	return util_exit(util_status);
}
