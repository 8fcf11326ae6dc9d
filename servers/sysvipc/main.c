/* SPDX-License-Identifier: BSD-2-Clause */
/* The server of XSI interprocess communication. */
#include <mach/task_user.h>

#include <libmach/mach.h>
#include <servers/sysvipc_server.h>
#include <stdio.h>
#include <stdlib.h>

#include "semaphores.h"

static const struct ports_class server_class = {.name = "sysvipc server"};

int
main(void)
{
	static const ports_demux_t demux[] = {sysvipc_server};
	static int server;
	mach_port_t bootstrap;

	ports_on_dead_name(undo_died);
	if (task_get_special_port(mach_task_self(), TASK_BOOTSTRAP_PORT,
		&bootstrap) != KERN_SUCCESS ||
	    ports_offer(bootstrap, "sysvipc", &server_class, &server) !=
		KERN_SUCCESS) {
		fprintf(stderr, "sysvipc: cannot register\n");
		return EXIT_FAILURE;
	}
	ports_serve(demux, sizeof(demux) / sizeof(demux[0]), operate_poll);
}
