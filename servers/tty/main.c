/* SPDX-License-Identifier: BSD-2-Clause */
/* The terminal server: the console and pseudo terminals. */
#include <mach/task_user.h>
#include <mach/traps.h>

#include <libmach/mach.h>
#include <servers/bootstrap_user.h>
#include <servers/fs_server.h>
#include <servers/io_server.h>
#include <servers/pty_server.h>
#include <servers/term_server.h>
#include <stdio.h>
#include <stdlib.h>

#include "pty.h"

struct tty console;

/* Before each wait: how long it may be. */
static mach_msg_timeout_t
before_wait(void)
{
	unsigned slaves = pty_poll();
	unsigned least = tty_poll(&console);

	pty_serve();
	return slaves != 0 && (least == 0 || slaves < least) ? slaves : least;
}

static bool
start(void)
{
	mach_port_t bootstrap, host_priv, master;

	tty_init(&console, NULL);
	if (task_get_special_port(mach_task_self(), TASK_BOOTSTRAP_PORT,
		&bootstrap) != KERN_SUCCESS ||
	    bootstrap_privileged_ports(bootstrap, &host_priv, &master) !=
		KERN_SUCCESS ||
	    !screen_open(master))
		return false;
	(void)syscall_mach_port_deallocate(mach_task_self(), host_priv);
	(void)syscall_mach_port_deallocate(mach_task_self(), master);
	return reader_start() &&
	       ports_offer(bootstrap, "tty", &service_class, &console) ==
		   KERN_SUCCESS &&
	       ports_offer(bootstrap, "ptmx", &ptmx_class, &console) ==
		   KERN_SUCCESS;
}

int
main(void)
{
	static const ports_demux_t demux[] = {
	    io_server, term_server, reader_demux, fs_server, pty_server};

	if (!start()) {
		fprintf(stderr, "tty: the console cannot be opened, or there "
				"is a terminal server already\n");
		return EXIT_FAILURE;
	}
	ports_serve(demux, sizeof(demux) / sizeof(demux[0]), before_wait);
}
