/* SPDX-License-Identifier: BSD-2-Clause */
#include "limit.h"

#include <mach/task_user.h>

#include <errno.h>
#include <fcntl.h>
#include <libmach/mach.h>
#include <servers/io_user.h>
#include <signal.h>
#include <sys/stat.h>
#include <unistd.h>

int
__limit_descriptors(void)
{
	uint64_t limit = __limit(RLIMIT_NOFILE);

	return limit < PROC_FD_MAX ? (int)limit : PROC_FD_MAX;
}

bool
__limit_memory_slow(size_t more)
{
	task_basic_info_data_t info;
	mach_msg_type_number_t count = TASK_BASIC_INFO_COUNT;
	uint64_t limit = __limit(RLIMIT_AS);

	if (__limit(RLIMIT_DATA) < limit)
		limit = __limit(RLIMIT_DATA);
	if (task_info(mach_task_self(), TASK_BASIC_INFO,
		(integer_t *)(void *)&info, &count) != KERN_SUCCESS ||
	    (more <= limit && info.virtual_size <= limit - more))
		return true;
	errno = ENOMEM;
	return false;
}

/* Where an open file will be written; *regular: only those have limits. */
static int64_t
place_of(mach_port_t file, int64_t offset, bool *regular)
{
	io_stat_t stat;
	int64_t at;
	int flags;

	*regular = io_stat(file, &stat) == KERN_SUCCESS && S_ISREG(stat.mode);
	if (!*regular)
		return 0;
	if (offset >= 0)
		return offset;
	if (io_get_flags(file, &flags) == KERN_SUCCESS &&
	    (flags & O_APPEND) != 0)
		return (int64_t)stat.size;
	return io_seek(file, 0, SEEK_CUR, &at) == KERN_SUCCESS ? at : 0;
}

bool
__limit_file_slow(mach_port_t file, int64_t offset, size_t *size)
{
	uint64_t limit = __limit(RLIMIT_FSIZE);
	bool regular;
	uint64_t at = (uint64_t)place_of(file, offset, &regular);

	if (!regular || (at < limit && *size <= limit - at))
		return true;
	if (at < limit) {
		*size = (size_t)(limit - at);
		return true;
	}
	(void)raise(SIGXFSZ);
	errno = EFBIG;
	return false;
}
