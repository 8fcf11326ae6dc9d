/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Reading and changing the terminal from the background. The terminal server
 * does not know who calls it, so the processes hold themselves to the rules:
 * they tell it their group, and send themselves the signal.
 */
#include <errno.h>
#include <servers/io_types.h>
#include <servers/term_user.h>
#include <signal.h>
#include <unistd.h>

#include "process.h"
#include "signal_state.h"
#include "terminal.h"

/*
 * A signal that does not stop us, tried so often, comes to a process group
 * that nobody could continue: it gets an error instead.
 */
#define TRIES 8

static bool
is_held_back(int signal)
{
	const struct signal_page *page = __process.signals;

	return page->action[signal].handler == 1 ||
	       (__signal_thread()->blocked & 1UL << (signal - 1)) != 0;
}

/* Does a handler run that is to end the call? */
static bool
ends_call(int signal)
{
	const struct signal_action *action = &__process.signals->action[signal];

	return action->handler > 1 && (action->flags & SA_RESTART) == 0;
}

/* In the background: KERN_SUCCESS to go on all the same, or to look again. */
static kern_return_t
background(mach_port_t port, int signal, bool *exempt)
{
	int session;

	*exempt = true;
	if (term_getsid(port, &session) != KERN_SUCCESS || session != getsid(0))
		return KERN_SUCCESS;
	if (is_held_back(signal))
		return signal == SIGTTIN ? SERVER_ERROR(EIO) : KERN_SUCCESS;
	*exempt = false;
	if (kill(0, signal) != 0)
		return SERVER_ERROR(EIO);
	return ends_call(signal) ? SERVER_ERROR(EINTR) : KERN_SUCCESS;
}

bool
__terminal_retry_slow(
    mach_port_t port, kern_return_t *code, int signal, int64_t *offset)
{
	static unsigned tries;
	bool exempt = false;

	if (*code == IO_WANTS_GROUP) {
		tries = 0;
	} else {
		*code = ++tries > TRIES ? SERVER_ERROR(EIO)
					: background(port, signal, &exempt);
		if (*code != KERN_SUCCESS)
			return false;
	}
	*offset = IO_OFFSET_GROUP(exempt ? 0 : getpgrp());
	return true;
}

int
__terminal_check_change(mach_port_t port)
{
	bool exempt = false;
	int group;

	for (unsigned tries = 0; tries < TRIES; tries++) {
		kern_return_t code;

		if (term_getpgrp(port, &group) != KERN_SUCCESS || group == 0 ||
		    group == getpgrp())
			return 0;
		code = background(port, SIGTTOU, &exempt);
		if (code != KERN_SUCCESS)
			return __result(code);
		if (exempt)
			return 0;
	}
	errno = EIO;
	return -1;
}
