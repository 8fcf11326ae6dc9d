/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * The part of fs.defs that is about whole file systems: mounting (translators),
 * and writing back.
 *
 * A mounted file system's root is a send right in the node it is mounted on,
 * which is held meanwhile. The root is told its parent: a handle on that node.
 */
#include <mach/mach_port_user.h>

#include <errno.h>
#include <libmach/mach.h>
#include <servers/fs_server.h>
#include <servers/fs_user.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "file.h"

static int
need_root(void)
{
	return fs_sender().uid == 0 ? 0 : EPERM;
}

static struct fs *
fs_of(mach_port_t port)
{
	const struct fs_file *file = fs_file_of(port);

	return file != NULL ? file->node->fs : NULL;
}

kern_return_t
S_fs_statfs(mach_port_t port, fs_statfs_t *stat)
{
	struct fs *fs = fs_of(port);

	if (fs == NULL)
		return SERVER_ERROR(EBADF);
	memset(stat, 0, sizeof(*stat));
	fs->ops->statfs(fs, stat);
	if (fs->read_only)
		stat->flags |= FS_READONLY;
	return KERN_SUCCESS;
}

kern_return_t
S_fs_sync(mach_port_t port)
{
	struct fs *fs = fs_of(port);

	if (fs == NULL)
		return SERVER_ERROR(EBADF);
	return fs_result(fs_write_back(fs));
}

kern_return_t
S_fs_shutdown(mach_port_t port)
{
	struct fs *fs = fs_of(port);
	int error = need_root();

	if (fs == NULL)
		error = EBADF;
	if (error != 0 || fs->read_only)
		return fs_result(error);
	(void)fs_write_back(fs);
	if (fs->ops->shutdown != NULL)
		error = fs->ops->shutdown(fs);
	if (error == 0)
		fs->read_only = true;
	return fs_result(error);
}

void
fs_translator_gone(struct fs_node *node)
{
	fs_drop_right(node->translator);
	node->translator = MACH_PORT_NULL;
	free(node->translator_text);
	node->translator_text = NULL;
	fs_node_put(node);
}

/* Does something live sit on the node? */
static bool
is_mounted(struct fs_node *node)
{
	mach_port_urefs_t references = 0;

	if (node->translator == MACH_PORT_NULL)
		return false;
	if (mach_port_get_refs(mach_task_self(), node->translator,
		MACH_PORT_RIGHT_SEND, &references) == KERN_SUCCESS &&
	    references > 0)
		return true;
	fs_translator_gone(node);
	return false;
}

/* Where in the system's tree a directory is: below our own place in it. */
static int
full_path(struct fs_node *dir, char *path)
{
	const char *prefix = dir->fs->mount_path;
	size_t length = 0;

	if (strcmp(prefix, "/") != 0)
		length = (size_t)snprintf(path, IO_PATH_MAX, "%s", prefix);
	if (length >= IO_PATH_MAX)
		return ENAMETOOLONG;
	return fs_path(dir, path + length, IO_PATH_MAX - length);
}

/* Give `root` a handle on `dir` as its parent. */
static int
tell_parent(struct fs_node *dir, mach_port_t root, const char *path)
{
	struct fs_cred cred = fs_sender();
	mach_port_t parent;
	int error = fs_file_open(dir, FS_LOOKUP_PATH, &cred, &parent);

	if (error != 0)
		return error;
	if (fs_set_parent(root, parent, path) == KERN_SUCCESS)
		return 0;
	fs_drop_right(parent);
	return EINVAL;
}

static int
check_mount(mach_port_t port, struct fs_node **dir)
{
	int error = need_root();

	if (error == 0)
		error = fs_directory_of(port, dir);
	if (error == 0 && (*dir == (*dir)->fs->root || is_mounted(*dir)))
		error = EBUSY;
	return error;
}

kern_return_t
S_fs_mount(mach_port_t port, mach_port_t root, const char *source,
    const char *type, const char *options)
{
	char path[IO_PATH_MAX];
	struct fs_node *dir;
	char *text = NULL;
	int error = check_mount(port, &dir);

	if (error == 0 && !MACH_PORT_VALID(root))
		error = EINVAL;
	if (error == 0)
		error = full_path(dir, path);
	if (error == 0 &&
	    asprintf(&text, "%s %s %s %s", source, path, type, options) < 0)
		error = ENOMEM;
	if (error != 0)
		return SERVER_ERROR(error);
	error = tell_parent(dir, root, path);
	if (error != 0) {
		free(text);
		return SERVER_ERROR(error);
	}
	fs_node_reference(dir);
	dir->translator = root;
	dir->translator_text = text;
	return KERN_SUCCESS;
}

/* The directory is the one below, as io_path of the mounted root gives it. */
kern_return_t
S_fs_unmount(mach_port_t port)
{
	struct fs_node *dir;
	int error = need_root();

	if (error == 0)
		error = fs_directory_of(port, &dir);
	if (error == 0 && dir->translator == MACH_PORT_NULL)
		error = EINVAL;
	if (error == 0)
		fs_translator_gone(dir);
	return fs_result(error);
}

kern_return_t
S_fs_set_parent(mach_port_t root, mach_port_t parent, const char *path)
{
	struct fs *fs = fs_of(root);
	char *copy;

	if (fs == NULL || need_root() != 0)
		return KERN_NO_ACCESS;
	copy = strdup(path);
	if (copy == NULL)
		return KERN_RESOURCE_SHORTAGE;
	free(fs->mount_path);
	fs->mount_path = copy;
	fs_drop_right(fs->parent);
	fs->parent = parent;
	return KERN_SUCCESS;
}

struct text {
	char *data;
	size_t size;
};

/* Whole lines only. */
static void
add_line(struct text *text, const char *line)
{
	size_t length = strlen(line);

	if (length + 1 > IO_DATA_MAX - text->size)
		return;
	memcpy(text->data + text->size, line, length);
	text->data[text->size + length] = '\n';
	text->size += length + 1;
}

static void
add_mount(struct fs_node *node, void *context)
{
	if (node->translator_text != NULL)
		add_line(context, node->translator_text);
}

kern_return_t
S_fs_get_mounts(mach_port_t port, char *data, mach_msg_type_number_t *count)
{
	const struct fs *fs = fs_of(port);
	struct text text = {.data = data};
	char line[IO_PATH_MAX + 2 * IO_NAME_MAX];

	*count = 0;
	if (fs == NULL)
		return SERVER_ERROR(EBADF);
	snprintf(line, sizeof(line), "%s %s %s %s", fs->source, fs->mount_path,
	    fs->type, fs->read_only ? "ro" : "rw");
	add_line(&text, line);
	fs_node_each(add_mount, &text);
	*count = (mach_msg_type_number_t)text.size;
	return KERN_SUCCESS;
}
