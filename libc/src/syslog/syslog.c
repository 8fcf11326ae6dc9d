/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * The system's log is a file that all append to, one line a write; who may not
 * write there, or finds none, can have the console (LOG_CONS) or stderr
 * (LOG_PERROR).
 */
#include <errno.h>
#include <fcntl.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <syslog.h>
#include <time.h>
#include <unistd.h>

#include "lock.h"

#define LOG_FILE "/var/log/messages"
#define CONSOLE  "/dev/console"
#define LINE     1024

static struct lock lock;
static const char *name;
static int options;
static int facility = LOG_USER;
static int mask = LOG_UPTO(LOG_DEBUG);
static int file = -1;

static void
open_file(void)
{
	if (file < 0)
		file = open(LOG_FILE,
		    O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC | O_NOCTTY, 0640);
}

void
openlog(const char *ident, int flags, int which)
{
	__lock(&lock);
	name = ident;
	options = flags;
	if ((which & ~LOG_FACMASK) == 0 && which != 0)
		facility = which;
	if (flags & LOG_NDELAY)
		open_file();
	__unlock(&lock);
}

void
closelog(void)
{
	__lock(&lock);
	if (file >= 0)
		(void)close(file);
	file = -1;
	name = NULL;
	__unlock(&lock);
}

int
setlogmask(int new_mask)
{
	int old;

	__lock(&lock);
	old = mask;
	if (new_mask != 0)
		mask = new_mask;
	__unlock(&lock);
	return old;
}

/* "Nov 21 12:00:00 <13> name[pid]: ", for the log; *text: from the name on. */
static size_t
write_head(char *line, size_t size, int priority, size_t *text)
{
	time_t now = time(NULL);
	struct tm date;
	size_t used;
	int more;

	used =
	    strftime(line, size, "%b %e %H:%M:%S ", localtime_r(&now, &date));
	if ((priority & LOG_FACMASK) == 0)
		priority |= facility;
	more = snprintf(line + used, size - used, "<%d> ", priority);
	used += (size_t)more;
	*text = used;
	more = snprintf(line + used, size - used, "%s",
	    name != NULL ? name : getprogname());
	used += (size_t)more < size - used ? (size_t)more : size - used - 1;
	if (options & LOG_PID) {
		more = snprintf(line + used, size - used, "[%d]", getpid());
		used += (size_t)more < size - used ? (size_t)more : 0;
	}
	more = snprintf(line + used, size - used, ": ");
	return used + ((size_t)more < size - used ? (size_t)more : 0);
}

static void
write_line(const char *line, size_t size, size_t text)
{
	int console;

	open_file();
	if (options & LOG_PERROR)
		(void)write(STDERR_FILENO, line + text, size - text);
	if (file >= 0 && write(file, line, size) == (ssize_t)size)
		return;
	if (!(options & LOG_CONS))
		return;
	console = open(CONSOLE, O_WRONLY | O_NOCTTY | O_CLOEXEC);
	if (console < 0)
		return;
	(void)write(console, line, size);
	(void)close(console);
}

void
vsyslog(int priority, const char *format, va_list arguments)
{
	char line[LINE];
	size_t used, text;
	int saved = errno;
	int more;

	if (!(mask & LOG_MASK(priority & LOG_PRIMASK)) ||
	    (priority & ~(LOG_PRIMASK | LOG_FACMASK)) != 0)
		return;
	__lock(&lock);
	used = write_head(line, sizeof(line) - 1, priority, &text);
	errno = saved; /* for %m */
	more =
	    vsnprintf(line + used, sizeof(line) - 1 - used, format, arguments);
	if (more > 0)
		used += (size_t)more < sizeof(line) - 1 - used
			    ? (size_t)more
			    : sizeof(line) - 2 - used;
	if (line[used - 1] != '\n')
		line[used++] = '\n';
	write_line(line, used, text);
	__unlock(&lock);
	errno = saved;
}

void
syslog(int priority, const char *format, ...)
{
	va_list arguments;

	va_start(arguments, format);
	vsyslog(priority, format, arguments);
	va_end(arguments);
}
