/* SPDX-License-Identifier: BSD-2-Clause */
/* _exit(). */
#include <mach/task_user.h>

#include <libmach/mach.h>
#include <servers/process_user.h>
#include <unistd.h>

#include "direct.h"
#include "process.h"

void
_exit(int status)
{
	__direct_exit();
	if (__process.proc != MACH_PORT_NULL)
		proc_exit(__process.proc, (status & 0xff) << 8);
	/* Without a process server, or without an answer from it. */
	task_terminate(mach_task_self());
	__builtin_trap();
}
