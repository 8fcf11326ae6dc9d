/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * What is started, in which order, and what to say when it does not work. A
 * server has started when it has registered its name; the next one starts then.
 * One that is marked so is started again when it dies, by a thread of its own.
 *
 * The root is the device that root= on the kernel's command line names, or else
 * the partition whose name in the partition table is "root".
 */
#include <mach/mach_port_user.h>
#include <mach/traps.h>

#include <libmach/thread.h>
#include <libports/ports.h>
#include <servers/process_user.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "bootstrap.h"

#define SECOND      1000000000ULL /* ns */
#define PATIENCE    60            /* seconds */
#define DEATHS_MAX  5             /* in */
#define DEATHS_TIME 10            /* seconds, and the pause after them */
#define TRIES_MAX   30            /* to start one again, a second apart */

struct server {
	const char *program;
	const char *argument; /* before the root device, or NULL */
	const char *registers;
	bool again; /* start it again when it dies */
};

static const struct server servers[] = {
    {"virtio_blk", NULL, "virtio_blk", true},
    {"ext2", "--register=root", "root", false},
    {"process", NULL, "process", false},
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
build_args(const struct server *server, bool again, char *args)
{
	size_t size = strlen(server->program) + 1;

	memcpy(args, server->program, size);
	if (again)
		size += (size_t)sprintf(args + size, "--again") + 1;
	if (server->argument != NULL) {
		size +=
		    (size_t)sprintf(args + size, "%s", server->argument) + 1;
		size += (size_t)sprintf(args + size, "%s", root_device) + 1;
	}
	return size;
}

/* NULL: it has not started, which is said. */
static const struct names_server *
start_server(const struct server *server, bool again)
{
	char args[2 * IO_NAME_MAX];
	struct names_server *started = names_server(server->program);
	const void *data;
	const char *wrong;
	mach_port_t task;
	size_t size;

	if (!archive_find(server->program, &data, &size)) {
		printf("bootstrap: the boot archive holds no %s: select it in "
		       "'make menuconfig', or rebuild /boot/bootstrap.cpio\n",
		    server->program);
		return NULL;
	}
	wrong = load_program(server->program, data, size, args,
	    build_args(server, again, args), &task);
	if (wrong != NULL) {
		printf("bootstrap: %s in the boot archive: %s\n",
		    server->program, wrong);
		return NULL;
	}
	names_watch(started, task);
	if (names_await(server->registers, started, PATIENCE))
		return started;
	if (!names_server_is_dead(started))
		printf("bootstrap: %s has not registered '%s' in %d seconds\n",
		    server->program, server->registers, PATIENCE);
	return NULL;
}

/* How long to wait before a server that has died is started again. */
struct pace {
	time_t first_death;
	unsigned deaths;
};

static void
slow_down(struct pace *pace, const char *program)
{
	struct timespec now;

	clock_gettime(CLOCK_MONOTONIC, &now);
	if (pace->deaths == 0 || now.tv_sec - pace->first_death > DEATHS_TIME) {
		pace->first_death = now.tv_sec;
		pace->deaths = 0;
	}
	if (++pace->deaths <= DEATHS_MAX)
		return;
	printf("bootstrap: %s has died %d times in %d seconds: a pause of %d "
	       "seconds\n",
	    program, DEATHS_MAX, DEATHS_TIME, DEATHS_TIME);
	(void)clock_sleep(DEATHS_TIME * SECOND);
	pace->deaths = 0;
}

/* What is left of the one before is gone first. */
static bool
start_again(const struct server *server, const struct names_server *guarded)
{
	for (unsigned i = 0; i < TRIES_MAX; i++) {
		if (i > 0)
			(void)clock_sleep(SECOND);
		names_end_server(guarded);
		names_await_end(guarded);
		if (start_server(server, true) != NULL)
			return true;
	}
	return false;
}

struct guard {
	const struct server *server;
	const struct names_server *guarded;
};

/*
 * The thread that starts a server again. Those who have rights to its ports
 * wait meanwhile; when it is given up, or does not serve such a port any more,
 * they are told.
 */
static void
guard_server(void *argument)
{
	const struct guard *guard = argument;
	const char *program = guard->server->program;
	struct pace pace = {0};

	for (;;) {
		names_await_end(guard->guarded);
		slow_down(&pace, program);
		if (!start_again(guard->server, guard->guarded))
			break;
		printf("bootstrap: %s has been started again\n", program);
		names_end_kept(guard->guarded);
	}
	printf(
	    "bootstrap: %s is given up: who needs it gets errors\n", program);
	names_end_server(guard->guarded);
	names_await_end(guard->guarded);
	names_end_kept(guard->guarded);
}

static void
start_guard(const struct server *server, const struct names_server *started)
{
	struct guard *guard = malloc(sizeof(*guard));
	struct mach_thread *thread;

	if (guard == NULL)
		return;
	*guard = (struct guard){server, started};
	if (mach_thread_create(&thread, guard_server, guard,
		MACH_THREAD_STACK) == KERN_SUCCESS)
		return;
	printf("bootstrap: no memory to start %s again when it dies\n",
	    server->program);
	free(guard);
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
	const struct names_server *started;

	for (unsigned i = 0; i < sizeof(servers) / sizeof(servers[0]); i++) {
		if (servers[i].argument != NULL && !root_exists())
			return false;
		started = start_server(&servers[i], false);
		if (started == NULL)
			return false;
		if (servers[i].again)
			start_guard(&servers[i], started);
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
