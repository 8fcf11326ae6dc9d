/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * The server: open files as ports, and the loop.
 */
#include <mach/mach_port_user.h>

#include <errno.h>
#include <fcntl.h>
#include <libmach/mach.h>
#include <libports/ports.h>
#include <servers/fs_server.h>
#include <servers/io_server.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "file.h"
#include "fs.h"

#define KEPT_FLAGS (O_ACCMODE | O_APPEND | O_NONBLOCK | FS_LOOKUP_PATH)

struct fs *fs_served;

#define SPARES_MAX 32U

static unsigned files;
static struct fs_file *spares; /* closed, for the next opens */
static unsigned spare_count;
static unsigned users; /* open files, nodes with memory objects */

/* What the kernel keeps of files that nobody maps goes, too. */
static void
keep_nothing(struct fs_node *node, void *context)
{
	(void)context;
	fs_pager_unlinked(node);
}

void
fs_user_came(void)
{
	users++;
}

void
fs_user_gone(void)
{
	users--;
	if (users == 0 && fs_served->ended != NULL)
		fs_served->ended();
}

static struct fs_file *
file_alloc(void)
{
	struct fs_file *file = spares;

	if (file == NULL)
		return malloc(sizeof(*file));
	spares = file->next_spare;
	spare_count--;
	return file;
}

static void
file_free(struct fs_file *file)
{
	if (spare_count == SPARES_MAX) {
		free(file);
		return;
	}
	file->next_spare = spares;
	spares = file;
	spare_count++;
}

static void
file_release(void *object)
{
	struct fs_file *file = object;

	fs_lock_file_closed(file);
	if (file->node->fifo == file->port)
		file->node->fifo = MACH_PORT_NULL;
	fs_node_put(file->node);
	fs_drop_right(file->notify);
	file_free(file);
	files--;
	if (files == 0)
		fs_node_each(keep_nothing, NULL);
	fs_user_gone();
}

static const struct ports_class file_class = {"file", file_release};

struct fs_file *
fs_file_of(mach_port_t port)
{
	return ports_lookup(port, &file_class);
}

int
fs_file_path(mach_port_t port, char *path, size_t size)
{
	const struct fs_file *file = fs_file_of(port);
	const char *mount;
	size_t prefix;
	int error;

	if (file == NULL)
		return EBADF;
	mount = file->node->fs->mount_path;
	prefix = mount[1] != '\0' ? strlen(mount) : 0;
	if (prefix >= size)
		return ENAMETOOLONG;
	memcpy(path, mount, prefix);
	error = fs_path(file->node, path + prefix, size - prefix);
	if (error == 0 && prefix > 0 && path[prefix + 1] == '\0')
		path[prefix] = '\0';
	return error;
}

int
fs_directory_of(mach_port_t port, struct fs_node **node)
{
	struct fs_file *file = fs_file_of(port);

	if (file == NULL)
		return EBADF;
	if (!S_ISDIR(file->node->stat.mode))
		return ENOTDIR;
	*node = file->node;
	return 0;
}

struct fs_cred
fs_sender(void)
{
	security_token_t token = ports_sender();

	return (struct fs_cred){
	    token.val[0], token.val[1], ports_sender_groups()};
}

bool
fs_copy_right(mach_port_t port)
{
	return mach_port_mod_refs(mach_task_self(), port, MACH_PORT_RIGHT_SEND,
		   1) == KERN_SUCCESS;
}

/*
 * What the flags and fs_open() allow. A program opened for execution may be
 * read by those who may read it, which its interpreter's line needs.
 */
static void
set_access(struct fs_file *file, int flags, const struct fs_cred *cred)
{
	int mode = flags & O_ACCMODE;

	if ((flags & FS_LOOKUP_PATH) != 0)
		return;
	file->writable = mode == O_WRONLY || mode == O_RDWR;
	file->executable = (flags & O_SEARCH) != 0;
	if (mode != O_WRONLY)
		file->readable =
		    !file->executable || fs_access(file->node, cred, 4) == 0;
}

int
fs_file_open(struct fs_node *node, int flags, const struct fs_cred *cred,
    mach_port_t *right)
{
	struct fs_file *file = file_alloc();

	if (file == NULL)
		return ENOMEM;
	*file = (struct fs_file){.node = node, .flags = flags & KEPT_FLAGS};
	set_access(file, flags, cred);
	if (ports_create_right(&file_class, file, &file->port) !=
	    KERN_SUCCESS) {
		file_free(file);
		return ENOMEM;
	}
	*right = file->port;
	fs_node_reference(node);
	files++;
	fs_user_came();
	return 0;
}

static uint64_t
clock_now(void)
{
	return clock_get_ns(1);
}

static void
name_died(mach_port_t name)
{
	if (!fs_lock_owner_died(name))
		fs_address_died(name);
}

int
fs_init(struct fs *fs)
{
	if (fs->now == NULL)
		fs->now = clock_now;
	if (fs->mount_path == NULL)
		fs->mount_path = strdup("/");
	fs_served = fs;
	ports_on_dead_name(name_died);
	if (fs->mount_path == NULL)
		return ENOMEM;
	return fs->ops->sync != NULL ? fs_write_back_start() : 0;
}

mach_port_t
fs_root_right(struct fs *fs)
{
	static const struct fs_cred everybody = {.uid = 0};
	mach_port_t right;

	if (fs_file_open(fs->root, FS_LOOKUP_PATH, &everybody, &right) != 0)
		return MACH_PORT_NULL;
	return right;
}

void
fs_serve(struct fs *fs)
{
	static const ports_demux_t demux[] = {
	    io_server, fs_server, fs_pager_demux, fs_write_back_demux};

	fs_served = fs;
	ports_serve(demux, sizeof(demux) / sizeof(demux[0]), NULL);
}
