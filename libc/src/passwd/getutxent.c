/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Who uses the system. The file has a record for each place where one can log
 * in; whoever writes it holds a lock, so that records stay whole. As it is
 * root's, only root can put records there.
 */
#include <errno.h>
#include <fcntl.h>
#include <stdbool.h>
#include <string.h>
#include <unistd.h>
#include <utmpx.h>

static int file = -1;
static struct utmpx own;

static bool
open_file(int flags)
{
	if (file < 0)
		file = open(UTMPX_FILE, flags | O_CLOEXEC, 0644);
	return file >= 0;
}

void
endutxent(void)
{
	if (file >= 0)
		close(file);
	file = -1;
}

void
setutxent(void)
{
	endutxent();
}

struct utmpx *
getutxent(void)
{
	if (open_file(O_RDONLY) &&
	    read(file, &own, sizeof(own)) == (ssize_t)sizeof(own))
		return &own;
	return NULL;
}

static bool
is_process(short type)
{
	return type >= INIT_PROCESS && type <= DEAD_PROCESS;
}

static bool
same_id(const struct utmpx *record, const struct utmpx *wanted)
{
	if (!is_process(wanted->ut_type))
		return record->ut_type == wanted->ut_type;
	return is_process(record->ut_type) &&
	       memcmp(record->ut_id, wanted->ut_id, sizeof(record->ut_id)) == 0;
}

/* As POSIX lets it be, the search begins with the record read last. */
struct utmpx *
getutxid(const struct utmpx *wanted)
{
	struct utmpx key = *wanted;

	while (getutxent() != NULL)
		if (same_id(&own, &key))
			return &own;
	return NULL;
}

struct utmpx *
getutxline(const struct utmpx *wanted)
{
	struct utmpx key = *wanted;

	while (getutxent() != NULL)
		if ((own.ut_type == LOGIN_PROCESS ||
			own.ut_type == USER_PROCESS) &&
		    strncmp(own.ut_line, key.ut_line, sizeof(own.ut_line)) == 0)
			return &own;
	return NULL;
}

/* In place of the record with the same id, or behind all. May block for a
 * lock. */
struct utmpx *
pututxline(const struct utmpx *record)
{
	struct utmpx copy = *record;
	bool written;

	endutxent();
	if (!open_file(O_RDWR | O_CREAT) || lockf(file, F_LOCK, 0) != 0)
		return NULL;
	if (getutxid(&copy) != NULL)
		lseek(file, -(off_t)sizeof(own), SEEK_CUR);
	written = write(file, &copy, sizeof(copy)) == (ssize_t)sizeof(copy);
	endutxent();
	if (!written)
		return NULL;
	own = copy;
	return &own;
}
