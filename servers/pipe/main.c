/* SPDX-License-Identifier: BSD-2-Clause */
/* The pipe server: pipes, and local sockets. */
#include <mach/task_user.h>

#include <libports/ports.h>
#include <servers/io_server.h>
#include <servers/pipe_server.h>
#include <servers/socket_server.h>
#include <stdio.h>
#include <stdlib.h>

#include "socket.h"

static const struct ports_class server_class = {.name = "pipe server"};

int
main(void)
{
	static const ports_demux_t demux[] = {
	    io_server, pipe_server, socket_server};
	static int server;
	mach_port_t bootstrap;

	if (task_get_special_port(mach_task_self(), TASK_BOOTSTRAP_PORT,
		&bootstrap) != KERN_SUCCESS ||
	    ports_offer(bootstrap, "pipe", &server_class, &server) !=
		KERN_SUCCESS) {
		fprintf(stderr, "pipe: cannot register\n");
		return EXIT_FAILURE;
	}
	ports_serve(demux, sizeof(demux) / sizeof(demux[0]), socket_poll);
}
