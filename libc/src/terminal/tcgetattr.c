/* SPDX-License-Identifier: BSD-2-Clause */
/* Terminals: the calls of termios.h, and what unistd.h and sys/ioctl.h have. */
#include <mach/mig_errors.h>

#include <errno.h>
#include <servers/io_user.h>
#include <servers/process_user.h>
#include <servers/term_user.h>
#include <signal.h>
#include <stdarg.h>
#include <stdbool.h>
#include <string.h>
#include <sys/ioctl.h>
#include <termios.h>
#include <unistd.h>

#include "descriptor.h"
#include "process.h"
#include "terminal.h"

_Static_assert(NCCS <= 32, "control characters fit the message");

/* Whoever does not know the interface is no terminal. */
static int
term_result(kern_return_t code)
{
	if (code == MIG_BAD_ID || code == SERVER_ERROR(EOPNOTSUPP)) {
		errno = ENOTTY;
		return -1;
	}
	return __result(code);
}

int
tcgetattr(int fd, struct termios *to)
{
	mach_port_t port = __descriptor_port(fd);
	term_attributes_t from;

	if (port == MACH_PORT_NULL)
		return -1;
	if (term_result(term_getattr(port, &from)) != 0)
		return -1;
	to->c_iflag = from.iflag;
	to->c_oflag = from.oflag;
	to->c_cflag = from.cflag;
	to->c_lflag = from.lflag;
	to->__c_ispeed = from.ispeed;
	to->__c_ospeed = from.ospeed;
	memcpy(to->c_cc, from.cc, sizeof(to->c_cc));
	return 0;
}

int
tcsetattr(int fd, int when, const struct termios *from)
{
	mach_port_t port = __descriptor_port(fd);
	term_attributes_t to;

	if (port == MACH_PORT_NULL)
		return -1;
	if (when < TCSANOW || when > TCSAFLUSH) {
		errno = EINVAL;
		return -1;
	}
	memset(&to, 0, sizeof(to));
	if (__terminal_check_change(port) != 0)
		return -1;
	to.iflag = from->c_iflag;
	to.oflag = from->c_oflag;
	to.cflag = from->c_cflag;
	to.lflag = from->c_lflag;
	to.ispeed = from->__c_ispeed;
	to.ospeed = from->__c_ospeed;
	memcpy(to.cc, from->c_cc, sizeof(from->c_cc));
	return term_result(term_setattr(port, when, to));
}

/* The kernel's console, which stands in for the descriptors of a server. */
static bool
is_console(int fd)
{
	return __process.console && (fd == 1 || fd == 2) &&
	       __descriptors[fd].port == MACH_PORT_NULL;
}

int
isatty(int fd)
{
	struct termios attributes;

	if (is_console(fd))
		return 1;
	return tcgetattr(fd, &attributes) == 0;
}

pid_t
tcgetpgrp(int fd)
{
	mach_port_t port = __descriptor_port(fd);
	int group;

	if (port == MACH_PORT_NULL ||
	    term_result(term_getpgrp(port, &group)) != 0)
		return -1;
	return group;
}

int
tcsetpgrp(int fd, pid_t group)
{
	mach_port_t port = __descriptor_port(fd);

	if (port == MACH_PORT_NULL)
		return -1;
	if (group <= 0) {
		errno = EINVAL;
		return -1;
	}
	if (__terminal_check_change(port) != 0)
		return -1;
	return term_result(term_setpgrp(port, group));
}

pid_t
tcgetsid(int fd)
{
	mach_port_t port = __descriptor_port(fd);
	int session;

	if (port == MACH_PORT_NULL ||
	    term_result(term_getsid(port, &session)) != 0)
		return -1;
	return session;
}

int
tcdrain(int fd)
{
	mach_port_t port = __descriptor_port(fd);

	if (port == MACH_PORT_NULL || __terminal_check_change(port) != 0)
		return -1;
	return term_result(term_drain(port));
}

int
tcflush(int fd, int queue)
{
	mach_port_t port = __descriptor_port(fd);

	if (port == MACH_PORT_NULL)
		return -1;
	if (queue < TCIFLUSH || queue > TCIOFLUSH) {
		errno = EINVAL;
		return -1;
	}
	if (__terminal_check_change(port) != 0)
		return -1;
	return term_result(term_flush(port, queue));
}

/* There is no line whose flow or break could be controlled. */
int
tcflow(int fd, int action)
{
	if (action < TCOOFF || action > TCION) {
		errno = EINVAL;
		return -1;
	}
	return isatty(fd) ? 0 : -1;
}

int
tcsendbreak(int fd, int duration)
{
	(void)duration;
	return isatty(fd) ? 0 : -1;
}

static int
get_size(mach_port_t port, struct winsize *to)
{
	term_winsize_t from;

	if (term_result(term_get_winsize(port, &from)) != 0)
		return -1;
	to->ws_row = from.rows;
	to->ws_col = from.columns;
	to->ws_xpixel = from.xpixels;
	to->ws_ypixel = from.ypixels;
	return 0;
}

static int
set_size(mach_port_t port, const struct winsize *from)
{
	return term_result(
	    term_set_winsize(port, (term_winsize_t){
				       .rows = from->ws_row,
				       .columns = from->ws_col,
				       .xpixels = from->ws_xpixel,
				       .ypixels = from->ws_ypixel,
				   }));
}

/* Make it the terminal of our session, which must be led by us. */
static int
take_terminal(mach_port_t port)
{
	if (getsid(0) != getpid()) {
		errno = EPERM;
		return -1;
	}
	if (term_result(term_set_session(port, getsid(0))) != 0)
		return -1;
	return __result(proc_set_terminal(__process.proc, port));
}

static int
set_group(int fd, const int *group)
{
	return tcsetpgrp(fd, *group);
}

static int
get_group(int fd, int *group)
{
	*group = tcgetpgrp(fd);
	return *group >= 0 ? 0 : -1;
}

int
ioctl(int fd, unsigned long request, ...)
{
	mach_port_t port = __descriptor_port(fd);
	va_list arguments;
	void *argument;

	if (port == MACH_PORT_NULL)
		return -1;
	va_start(arguments, request);
	argument = va_arg(arguments, void *);
	va_end(arguments);
	switch (request) {
	case TCGETS:
		return tcgetattr(fd, argument);
	case TCSETS:
	case TCSETSW:
	case TCSETSF:
		return tcsetattr(fd, (int)(request - TCSETS), argument);
	case TIOCGWINSZ:
		return get_size(port, argument);
	case TIOCSWINSZ:
		return set_size(port, argument);
	case TIOCGPGRP:
		return get_group(fd, argument);
	case TIOCSPGRP:
		return set_group(fd, argument);
	case TIOCSCTTY:
		return take_terminal(port);
	default:
		errno = isatty(fd) ? EINVAL : ENOTTY;
		return -1;
	}
}
