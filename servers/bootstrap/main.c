/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * The first task: the name service, and the start of all others.
 *
 * The kernel starts it from the boot archive with the privileged ports
 * (servers/process_types.h); start.c says what it starts then.
 */
#include <mach/mach_port_user.h>
#include <mach/traps.h>

#include <libmach/thread.h>
#include <libports/ports.h>
#include <librandom/random.h>
#include <servers/bootstrap_server.h>
#include <servers/process_types.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include "bootstrap.h"

struct boot boot = {.command_line = ""};

struct auxiliary {
	uint64_t type;
	uint64_t value;
};

static void
take_auxiliary(const struct auxiliary *at)
{
	for (; at->type != STARTUP_AT_NULL; at++) {
		switch (at->type) {
		case STARTUP_HOST_PRIV:
			boot.host_priv = (mach_port_t)at->value;
			break;
		case STARTUP_DEVICE_MASTER:
			boot.device_master = (mach_port_t)at->value;
			break;
		case STARTUP_ARCHIVE:
			boot.archive = (const char *)at->value;
			break;
		case STARTUP_ARCHIVE_SIZE:
			boot.archive_size = at->value;
			break;
		case STARTUP_CMDLINE:
			boot.command_line = (const char *)at->value;
			break;
		default:
			break;
		}
	}
}

static const struct ports_class name_service = {.name = "name service"};

int
main(void)
{
	static const ports_demux_t demux[] = {bootstrap_server};
	struct mach_thread *starter;
	char **end = environ;

	while (*end != NULL)
		end++;
	take_auxiliary((const struct auxiliary *)(void *)(end + 1));
	if (boot.host_priv == MACH_PORT_NULL || boot.archive == NULL) {
		printf("bootstrap: the kernel starts this program, as the "
		       "first\n");
		return EXIT_FAILURE;
	}
	random_init(RANDOM_MARKS);
	ports_on_dead_name(names_port_died);
	ports_on_return(names_returned);
	if (ports_create(&name_service, &boot, &boot.bootstrap_port) !=
		KERN_SUCCESS ||
	    ports_right(boot.bootstrap_port) == MACH_PORT_NULL ||
	    mach_thread_create(&starter, start_servers, NULL,
		MACH_THREAD_STACK) != KERN_SUCCESS) {
		printf("bootstrap: no memory to start with\n");
		return EXIT_FAILURE;
	}
	ports_serve(demux, 1, NULL);
}
