/* SPDX-License-Identifier: BSD-2-Clause */
/* Limits that a program can ask for. */
#include <mach/host_user.h>

#include <errno.h>
#include <libmach/mach.h>
#include <limits.h>
#include <string.h>
#include <unistd.h>

#include "descriptor.h"
#include "limit.h"

#define NO_LIMIT (-1)
#define UNKNOWN  (-2)

static long
processors(void)
{
	host_basic_info_data_t basic;
	mach_msg_type_number_t count = HOST_BASIC_INFO_COUNT;

	if (host_info(mach_host_self(), HOST_BASIC_INFO,
		(host_info_t)(void *)&basic, &count) != KERN_SUCCESS)
		return 1;
	return basic.avail_cpus > 0 ? basic.avail_cpus : 1;
}

static long
pages(bool only_free)
{
	struct vm_statistics statistics;

	if (vm_statistics(mach_host_self(), &statistics) != KERN_SUCCESS)
		return NO_LIMIT;
	return (
	    long)(only_free ? statistics.free_count : statistics.total_count);
}

/* Limits of POSIX.2, and of strings. */
static long
text_limit(int name)
{
	switch (name) {
	case _SC_BC_BASE_MAX:
		return BC_BASE_MAX;
	case _SC_BC_DIM_MAX:
		return BC_DIM_MAX;
	case _SC_BC_SCALE_MAX:
		return BC_SCALE_MAX;
	case _SC_BC_STRING_MAX:
		return BC_STRING_MAX;
	case _SC_COLL_WEIGHTS_MAX:
		return COLL_WEIGHTS_MAX;
	case _SC_EXPR_NEST_MAX:
		return EXPR_NEST_MAX;
	case _SC_LINE_MAX:
		return LINE_MAX;
	case _SC_RE_DUP_MAX:
		return RE_DUP_MAX;
	case _SC_LOGIN_NAME_MAX:
		return LOGIN_NAME_MAX;
	case _SC_HOST_NAME_MAX:
		return HOST_NAME_MAX;
	case _SC_TTY_NAME_MAX:
		return TTY_NAME_MAX;
	case _SC_TZNAME_MAX:
		return _POSIX_TZNAME_MAX;
	case _SC_GETPW_R_SIZE_MAX:
	case _SC_GETGR_R_SIZE_MAX:
		return 4096;
	default:
		return UNKNOWN;
	}
}

/* Limits of threads and of what they use. */
static long
thread_limit(int name)
{
	switch (name) {
	case _SC_THREAD_DESTRUCTOR_ITERATIONS:
		return PTHREAD_DESTRUCTOR_ITERATIONS;
	case _SC_THREAD_KEYS_MAX:
		return PTHREAD_KEYS_MAX;
	case _SC_THREAD_STACK_MIN:
		return PTHREAD_STACK_MIN;
	case _SC_THREAD_THREADS_MAX:
		return PTHREAD_THREADS_MAX;
	case _SC_SEM_VALUE_MAX:
		return SEM_VALUE_MAX;
	case _SC_TIMER_MAX:
		return TIMER_MAX;
	case _SC_DELAYTIMER_MAX:
		return INT_MAX;
	case _SC_MQ_OPEN_MAX:
		return PROC_FD_MAX;
	case _SC_MQ_PRIO_MAX:
		return MQ_PRIO_MAX;
	case _SC_AIO_LISTIO_MAX:
		return AIO_LISTIO_MAX;
	case _SC_AIO_MAX:
		return AIO_MAX;
	case _SC_SEM_NSEMS_MAX:
		return NO_LIMIT;
	case _SC_AIO_PRIO_DELTA_MAX:
		return 0;
	default:
		return UNKNOWN;
	}
}

/* Options of POSIX that are there. */
static long
option(int name)
{
	switch (name) {
	case _SC_JOB_CONTROL:
	case _SC_SAVED_IDS:
	case _SC_SHELL:
		return 1;
	case _SC_VERSION:
	case _SC_2_VERSION:
	case _SC_2_C_BIND:
	case _SC_ADVISORY_INFO:
	case _SC_CLOCK_SELECTION:
	case _SC_FSYNC:
	case _SC_MONOTONIC_CLOCK:
	case _SC_SPAWN:
	case _SC_THREAD_SAFE_FUNCTIONS:
	case _SC_ASYNCHRONOUS_IO:
	case _SC_BARRIERS:
	case _SC_CPUTIME:
	case _SC_MAPPED_FILES:
	case _SC_MEMLOCK:
	case _SC_MEMLOCK_RANGE:
	case _SC_MEMORY_PROTECTION:
	case _SC_MESSAGE_PASSING:
	case _SC_PRIORITY_SCHEDULING:
	case _SC_READER_WRITER_LOCKS:
	case _SC_REALTIME_SIGNALS:
	case _SC_SEMAPHORES:
	case _SC_SHARED_MEMORY_OBJECTS:
	case _SC_SPIN_LOCKS:
	case _SC_SYNCHRONIZED_IO:
	case _SC_THREADS:
	case _SC_THREAD_ATTR_STACKADDR:
	case _SC_THREAD_ATTR_STACKSIZE:
	case _SC_THREAD_PRIORITY_SCHEDULING:
	case _SC_THREAD_PRIO_INHERIT:
	case _SC_THREAD_PRIO_PROTECT:
	case _SC_THREAD_PROCESS_SHARED:
	case _SC_TIMEOUTS:
	case _SC_TIMERS:
		return _POSIX_VERSION;
	case _SC_REGEXP:
	case _SC_XOPEN_UNIX:
		return 1;
	case _SC_XOPEN_VERSION:
		return 700;
	case _SC_V7_LP64_OFF64:
	case _SC_V7_LPBIG_OFFBIG:
	case _SC_XOPEN_ENH_I18N:
	case _SC_XOPEN_SHM:
	case _SC_2_CHAR_TERM:
		return 1;
	default:
		return name >= 0 && name <= _SC_XOPEN_UUCP ? NO_LIMIT : UNKNOWN;
	}
}

long
sysconf(int name)
{
	long value;

	switch (name) {
	case _SC_ARG_MAX:
		return ARG_MAX;
	case _SC_ATEXIT_MAX:
		return 32;
	case _SC_SIGQUEUE_MAX:
		return PROC_SIGNALS_QUEUED;
	case _SC_CHILD_MAX:
		return NO_LIMIT;
	case _SC_CLK_TCK:
		return 100;
	case _SC_NGROUPS_MAX:
		return NGROUPS_MAX;
	case _SC_OPEN_MAX:
	case _SC_STREAM_MAX:
		return __limit_descriptors();
	case _SC_PAGESIZE:
		return PAGESIZE;
	case _SC_NPROCESSORS_CONF:
	case _SC_NPROCESSORS_ONLN:
		return processors();
	case _SC_PHYS_PAGES:
		return pages(false);
	case _SC_AVPHYS_PAGES:
		return pages(true);
	case _SC_IOV_MAX:
		return IOV_MAX;
	case _SC_SYMLOOP_MAX:
		return SYMLOOP_MAX;
	case _SC_RTSIG_MAX:
		return RTSIG_MAX;
	default:
		break;
	}
	value = text_limit(name);
	if (value == UNKNOWN)
		value = thread_limit(name);
	if (value == UNKNOWN)
		value = option(name);
	if (value != UNKNOWN)
		return value;
	errno = EINVAL;
	return -1;
}

int
getpagesize(void)
{
	return PAGESIZE;
}

int
getdtablesize(void)
{
	return PROC_FD_MAX;
}

static long
path_limit(int name)
{
	switch (name) {
	case _PC_2_SYMLINKS:
	case _PC_CHOWN_RESTRICTED:
	case _PC_NO_TRUNC:
	case _PC_TIMESTAMP_RESOLUTION:
		return 1;
	case _PC_FILESIZEBITS:
		return FILESIZEBITS;
	case _PC_LINK_MAX:
		return 32000;
	case _PC_MAX_CANON:
		return MAX_CANON;
	case _PC_PATH_MAX:
		return PATH_MAX;
	case _PC_MAX_INPUT:
		return MAX_INPUT;
	case _PC_PIPE_BUF:
		return PIPE_BUF;
	case _PC_NAME_MAX:
		return NAME_MAX;
	case _PC_SYMLINK_MAX:
		return PATH_MAX - 1;
	case _PC_VDISABLE:
		return _POSIX_VDISABLE;
	default:
		if (name < 0 || name > _PC_VDISABLE)
			errno = EINVAL;
		return -1;
	}
}

long
fpathconf(int fd, int name)
{
	if (__descriptor_port(fd) == MACH_PORT_NULL)
		return -1;
	return path_limit(name);
}

long
pathconf(const char *path, int name)
{
	if (access(path, F_OK) != 0)
		return -1;
	return path_limit(name);
}

size_t
confstr(int name, char *to, size_t size)
{
	const char *text;

	switch (name) {
	case _CS_PATH:
		text = "/bin:/usr/bin";
		break;
	case _CS_V7_ENV:
	case _CS_POSIX_V7_LP64_OFF64_CFLAGS:
	case _CS_POSIX_V7_LP64_OFF64_LDFLAGS:
	case _CS_POSIX_V7_LP64_OFF64_LIBS:
	case _CS_POSIX_V7_LPBIG_OFFBIG_CFLAGS:
	case _CS_POSIX_V7_LPBIG_OFFBIG_LDFLAGS:
	case _CS_POSIX_V7_LPBIG_OFFBIG_LIBS:
	case _CS_POSIX_V7_THREADS_CFLAGS:
	case _CS_POSIX_V7_THREADS_LDFLAGS:
		text = "";
		break;
	case _CS_POSIX_V7_WIDTH_RESTRICTED_ENVS:
		text = "POSIX_V7_LP64_OFF64\nPOSIX_V7_LPBIG_OFFBIG";
		break;
	/* What is known but not there has no value, which is no error. */
	case _CS_POSIX_V7_ILP32_OFF32_CFLAGS:
	case _CS_POSIX_V7_ILP32_OFF32_LDFLAGS:
	case _CS_POSIX_V7_ILP32_OFF32_LIBS:
	case _CS_POSIX_V7_ILP32_OFFBIG_CFLAGS:
	case _CS_POSIX_V7_ILP32_OFFBIG_LDFLAGS:
	case _CS_POSIX_V7_ILP32_OFFBIG_LIBS:
		return 0;
	default:
		errno = EINVAL;
		return 0;
	}
	if (size > 0)
		strlcpy(to, text, size);
	return strlen(text) + 1;
}
