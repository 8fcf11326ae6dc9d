/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * The special files. /dev/console and /dev/ptmx are the tty server's, which
 * their openers are sent on to; /dev/tty is whatever terminal the opener's
 * session has.
 */
#include <mach/mach_port_user.h>

#include <device/device_user.h>
#include <errno.h>
#include <libmach/mach.h>
#include <librandom/random.h>
#include <servers/bootstrap_user.h>
#include <servers/pty_user.h>
#include <string.h>

#include "devfs.h"

#define KLOG_CHUNK 1024 /* the most that device_read_inband gives */
#define CONSOLE_ID 0    /* to pty_opener */

static mach_port_t name_service;
static mach_port_t klog;

static int
zero_read(uint64_t offset, void *data, size_t size, size_t *got)
{
	(void)offset;
	memset(data, 0, size);
	*got = size;
	return 0;
}

static int
full_write(const void *data, size_t size)
{
	(void)data;
	(void)size;
	return ENOSPC;
}

static int
random_get(uint64_t offset, void *data, size_t size, size_t *got)
{
	(void)offset;
	random_read(data, size);
	*got = size;
	return 0;
}

static int
random_put(const void *data, size_t size)
{
	random_stir(data, size);
	return 0;
}

/* The kernel's messages; the offset counts characters since boot. */
static int
klog_read(uint64_t offset, void *data, size_t size, size_t *got)
{
	char block[KLOG_CHUNK];
	mach_msg_type_number_t count;

	while (*got < size) {
		size_t room = size - *got;

		count = sizeof(block);
		if (device_read_inband(klog, D_READ | D_NODELAY, offset + *got,
			room < KLOG_CHUNK ? (int)room : KLOG_CHUNK, block,
			&count) != D_SUCCESS)
			return *got > 0 ? 0 : EIO;
		if (count == 0)
			break;
		memcpy((char *)data + *got, block, count);
		*got += count;
	}
	return 0;
}

/* Its mode says so, but user 0 does not ask it. */
static int
klog_write(const void *data, size_t size)
{
	(void)data;
	(void)size;
	return EPERM;
}

/* What is of the terminal's server is looked up again when that has died. */
static int
find_service(const char *name, mach_port_t *service)
{
	mach_port_urefs_t references = 0;

	if (*service != MACH_PORT_NULL &&
	    (mach_port_get_refs(mach_task_self(), *service,
		 MACH_PORT_RIGHT_SEND, &references) != KERN_SUCCESS ||
		references == 0)) {
		(void)syscall_mach_port_deallocate(mach_task_self(), *service);
		*service = MACH_PORT_NULL;
	}
	if (*service == MACH_PORT_NULL &&
	    bootstrap_look_up(name_service, name, service) != KERN_SUCCESS)
		return ENXIO;
	return 0;
}

int
devices_find_terminal(mach_port_t *port)
{
	static mach_port_t terminal;
	int error = find_service("tty", &terminal);

	*port = terminal;
	return error;
}

/* An opener is kept until the next is wanted: that of a walk is borrowed. */
int
devices_open_terminal(uint64_t id, int flags, struct fs_walk *walk)
{
	static mach_port_t opener;
	mach_port_t server;
	int error = devices_find_terminal(&server);

	if (error != 0)
		return error;
	if (opener != MACH_PORT_NULL)
		(void)syscall_mach_port_deallocate(mach_task_self(), opener);
	opener = MACH_PORT_NULL;
	if (pty_opener(server, id, flags, &opener) != KERN_SUCCESS)
		return EIO;
	walk->retry = FS_RETRY_PORT;
	walk->port = opener;
	return 0;
}

static int
console_open(int flags, struct fs_walk *walk)
{
	return devices_open_terminal(CONSOLE_ID, flags, walk);
}

static int
ptmx_open(int flags, struct fs_walk *walk)
{
	static mach_port_t ptmx;
	int error = find_service("ptmx", &ptmx);

	(void)flags;
	walk->retry = FS_RETRY_PORT;
	walk->port = ptmx;
	return error;
}

static int
tty_open(int flags, struct fs_walk *walk)
{
	(void)flags;
	walk->retry = FS_RETRY_MAGIC;
	memcpy(walk->rest, "tty", sizeof("tty"));
	return 0;
}

const struct device devices[] = {
    {.name = "null", .mode = 0666, .minor = 3},
    {.name = "zero", .mode = 0666, .minor = 5, .read = zero_read},
    {.name = "full",
	.mode = 0666,
	.minor = 7,
	.read = zero_read,
	.write = full_write},
    {.name = "random",
	.mode = 0666,
	.minor = 8,
	.read = random_get,
	.write = random_put},
    {.name = "urandom",
	.mode = 0666,
	.minor = 9,
	.read = random_get,
	.write = random_put},
    {.name = "klog",
	.mode = 0444,
	.minor = 11,
	.read = klog_read,
	.write = klog_write},
    {.name = "console", .mode = 0622, .minor = 16, .open = console_open},
    {.name = "tty", .mode = 0666, .minor = 17, .open = tty_open},
    {.name = "ptmx", .mode = 0666, .minor = 18, .open = ptmx_open},
};
const unsigned device_count = sizeof(devices) / sizeof(devices[0]);

void
devices_init(mach_port_t bootstrap)
{
	mach_port_t host;
	mach_port_t master;

	name_service = bootstrap;
	if (bootstrap_privileged_ports(bootstrap, &host, &master) !=
	    KERN_SUCCESS)
		return;
	(void)device_open(master, D_READ, "klog", &klog);
	(void)syscall_mach_port_deallocate(mach_task_self(), host);
	(void)syscall_mach_port_deallocate(mach_task_self(), master);
}
