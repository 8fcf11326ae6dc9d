/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * What is started, in which order, and what to say when it does not work. A
 * server has started when it has registered its name; the next one starts then.
 *
 * The root is the device that root= on the kernel's command line names, or else
 * the partition whose name in the partition table is "root".
 */
#include <mach/mach_port_user.h>
#include <mach/traps.h>

#include <libports/ports.h>
#include <servers/process_user.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "bootstrap.h"

#define PATIENCE 60 /* seconds */

struct server {
	const char *program;
	const char *argument; /* before the root device, or NULL */
	const char *registers;
};

static const struct server servers[] = {
    {"virtio_blk", NULL, "virtio_blk"},
    {"ext2", "--register=root", "root"},
    {"process", NULL, "process"},
};

_Static_assert(sizeof(servers) / sizeof(servers[0]) <= NAMES_SERVERS_MAX,
    "the table in names.c is too small");

static char root_device[IO_NAME_MAX] = "label:root";
static char init_path[IO_PATH_MAX] = "/sbin/init";

/* The value of word=value in the command line, if it is there. */
static void
take_option(const char *word, char *value, size_t size)
{
	const char *at = boot.command_line;
	size_t length = strlen(word);

	while (*at != '\0') {
		size_t end = strcspn(at, " ");

		if (end > length && strncmp(at, word, length) == 0 &&
		    end - length < size) {
			memcpy(value, at + length, end - length);
			value[end - length] = '\0';
		}
		at += end + (at[end] == ' ');
	}
}

/* The strings of a program's arguments; the length. */
static size_t
build_args(const struct server *server, char *args)
{
	size_t size = strlen(server->program) + 1;

	memcpy(args, server->program, size);
	if (server->argument != NULL) {
		size +=
		    (size_t)sprintf(args + size, "%s", server->argument) + 1;
		size += (size_t)sprintf(args + size, "%s", root_device) + 1;
	}
	return size;
}

static bool
start_server(const struct server *server)
{
	static char args[2 * IO_NAME_MAX];
	const struct names_server *started;
	const void *data;
	const char *wrong;
	mach_port_t task;
	size_t size;

	if (!archive_find(server->program, &data, &size)) {
		printf("bootstrap: the boot archive holds no %s: select it in "
		       "'make menuconfig', or rebuild /boot/bootstrap.cpio\n",
		    server->program);
		return false;
	}
	wrong = load_program(
	    server->program, data, size, args, build_args(server, args), &task);
	if (wrong != NULL) {
		printf("bootstrap: %s in the boot archive: %s\n",
		    server->program, wrong);
		return false;
	}
	started = names_watch_server(server->program, task);
	if (names_await(server->registers, started, PATIENCE))
		return true;
	if (!names_server_is_dead(started))
		printf("bootstrap: %s has not registered '%s' in %d seconds\n",
		    server->program, server->registers, PATIENCE);
	return false;
}

static void
count_disk(const char *name, void *context)
{
	if (strncmp(name, "disk", 4) == 0)
		++*(unsigned *)context;
}

static void
print_disk(const char *name, void *context)
{
	(void)context;
	if (strncmp(name, "disk", 4) == 0 || strncmp(name, "label:", 6) == 0)
		printf(" %s", name);
}

static bool
root_exists(void)
{
	mach_port_t port = names_find(root_device);
	unsigned disks = 0;

	if (port != MACH_PORT_NULL) {
		(void)mach_port_deallocate(mach_task_self(), port);
		return true;
	}
	names_each(count_disk, &disks);
	if (disks == 0) {
		printf("bootstrap: no disk: this system needs a virtio block "
		       "device\n");
		return false;
	}
	printf("bootstrap: no root file system: there is no '%s', but:",
	    root_device);
	names_each(print_disk, NULL);
	printf("\nbootstrap: name one with root= on the kernel's command "
	       "line\n");
	return false;
}

static bool
start_all(void)
{
	for (unsigned i = 0; i < sizeof(servers) / sizeof(servers[0]); i++) {
		if (servers[i].argument != NULL && !root_exists())
			return false;
		if (!start_server(&servers[i]))
			return false;
	}
	return true;
}

static bool
start_init(void)
{
	mach_port_t process = names_find("process");
	mach_port_t root = names_find("root");
	kern_return_t kr = proc_start_init(process, root, init_path);

	if (kr == KERN_SUCCESS)
		return true;
	printf("bootstrap: %s from %s: %s: name another with init= on the "
	       "kernel's command line\n",
	    init_path, root_device,
	    SERVER_IS_ERROR(kr) ? strerror(SERVER_ERRNO(kr))
				: "the process server does not answer");
	return false;
}

void
start_servers(void *unused)
{
	(void)unused;
	take_option("root=", root_device, sizeof(root_device));
	take_option("init=", init_path, sizeof(init_path));
	if (strncmp(root_device, "/dev/", 5) == 0)
		memmove(root_device, root_device + 5, strlen(root_device) - 4);
	if (!start_all() || !start_init())
		printf("bootstrap: the system has not started\n");
}
