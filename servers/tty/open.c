/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Opening: an opener answers dir_lookup of the empty path, for devfs sends
 * those who open /dev/console or a slave on to one, which lets them do what
 * devfs found they may. So does an open terminal, which is how /dev/tty opens
 * it again. What is registered as "ptmx" makes a pseudo terminal each time.
 * They are directories in nothing else.
 */
#include <errno.h>
#include <fcntl.h>
#include <libmach/mach.h>
#include <servers/fs_server.h>
#include <servers/pty_server.h>
#include <string.h>

#include "pty.h"

const struct ports_class service_class = {.name = "terminals"};
const struct ports_class ptmx_class = {.name = "pseudo terminals"};

/* Its object is no address, but what may be opened, and how: odd. */
static const struct ports_class opener_class = {.name = "opener"};

#define OPENER(id, access)    ((id) << 3 | (uint64_t)(access) << 1 | 1)
#define OPENER_ID(opener)     ((opener) >> 3)
#define OPENER_ACCESS(opener) ((int)((opener) >> 1) & O_ACCMODE)

static struct tty *
tty_of_id(uint64_t id)
{
	struct pty *pty;

	if (id == 0)
		return &console;
	pty = pty_find(id);
	return pty != NULL ? &pty->slave : NULL;
}

kern_return_t
S_pty_opener(mach_port_t server, uint64_t id, int flags, mach_port_t *opener)
{
	uint64_t object = OPENER(id, flags & O_ACCMODE);
	mach_port_t port;

	if (ports_lookup(server, &service_class) == NULL)
		return SERVER_ERROR(EINVAL);
	if (ports_sender().val[0] != 0)
		return SERVER_ERROR(EPERM);
	if (tty_of_id(id) == NULL)
		return SERVER_ERROR(ENXIO);
	if (ports_create(&opener_class, (void *)(uintptr_t)object, &port) !=
	    KERN_SUCCESS)
		return SERVER_ERROR(ENOMEM);
	*opener = ports_right(port);
	return KERN_SUCCESS;
}

static int
open_tty(struct tty *tty, int flags, mach_port_t *file)
{
	int error = tty->pty != NULL ? pty_admits(tty->pty) : 0;

	if (error == 0)
		error = stream_open(&tty->stream, flags, file);
	if (error != 0)
		return error;
	tty->handles++;
	if (tty->pty != NULL)
		tty->pty->opened = true;
	return 0;
}

static int
open_by(uint64_t opener, int flags, mach_port_t *file)
{
	struct tty *tty = tty_of_id(OPENER_ID(opener));
	int access = OPENER_ACCESS(opener);

	if (tty == NULL)
		return EIO;
	if (access != O_RDWR && access != (flags & O_ACCMODE))
		return EACCES;
	return open_tty(tty, flags, file);
}

kern_return_t
/* NOLINTNEXTLINE(readability-function-size): the interface has so many */
S_dir_lookup(dir_t dir, const char *path, int flags, uint32_t mode, int *retry,
    char *retry_path, mach_port_t *file)
{
	uint64_t opener = (uintptr_t)ports_lookup(dir, &opener_class);
	struct tty *tty = tty_slave_of(dir);
	int error;

	(void)mode;
	if (path[0] != '\0' || (flags & O_DIRECTORY) != 0)
		return SERVER_ERROR(ENOTDIR);
	if (opener != 0)
		error = open_by(opener, flags, file);
	else if (tty != NULL)
		error = open_tty(tty, flags, file);
	else if (ports_lookup(dir, &ptmx_class) != NULL)
		error = pty_create(flags, file);
	else
		error = ENOTDIR;
	if (error != 0)
		return SERVER_ERROR(error);
	*retry = FS_RETRY_NONE;
	retry_path[0] = '\0';
	return KERN_SUCCESS;
}

/* What is known of a terminal is known of an open one: look it up. */
kern_return_t
S_dir_stat(dir_t dir, const char *path, int flags, int *retry, io_stat_t *stat)
{
	(void)dir;
	(void)path;
	(void)flags;
	memset(stat, 0, sizeof(*stat));
	*retry = FS_RETRY_PORT;
	return KERN_SUCCESS;
}

kern_return_t
S_dir_readdir(dir_t dir, uint64_t cookie, uint32_t amount, char *data,
    mach_msg_type_number_t *size)
{
	(void)dir;
	(void)cookie;
	(void)amount;
	(void)data;
	(void)size;
	return SERVER_ERROR(ENOTDIR);
}

kern_return_t
S_dir_mkdir(dir_t dir, const char *name, uint32_t mode)
{
	(void)dir;
	(void)name;
	(void)mode;
	return SERVER_ERROR(ENOTDIR);
}

kern_return_t
S_dir_mkfifo(dir_t dir, const char *name, uint32_t mode)
{
	(void)dir;
	(void)name;
	(void)mode;
	return SERVER_ERROR(ENOTDIR);
}

kern_return_t
S_dir_rmdir(dir_t dir, const char *name)
{
	(void)dir;
	(void)name;
	return SERVER_ERROR(ENOTDIR);
}

kern_return_t
S_dir_unlink(dir_t dir, const char *name)
{
	(void)dir;
	(void)name;
	return SERVER_ERROR(ENOTDIR);
}

kern_return_t
S_dir_link(dir_t dir, const char *name, file_t file)
{
	(void)dir;
	(void)name;
	(void)file;
	return SERVER_ERROR(ENOTDIR);
}

kern_return_t
S_dir_symlink(dir_t dir, const char *name, const char *target)
{
	(void)dir;
	(void)name;
	(void)target;
	return SERVER_ERROR(ENOTDIR);
}

kern_return_t
S_dir_rename(
    dir_t dir, const char *old_name, dir_t new_dir, const char *new_name)
{
	(void)dir;
	(void)old_name;
	(void)new_dir;
	(void)new_name;
	return SERVER_ERROR(ENOTDIR);
}

kern_return_t
S_fs_statfs(file_t file, fs_statfs_t *stat)
{
	(void)file;
	(void)stat;
	return SERVER_ERROR(ENOSYS);
}

kern_return_t
S_fs_sync(file_t file)
{
	(void)file;
	return SERVER_ERROR(EINVAL);
}

kern_return_t
S_fs_mount(dir_t dir, mach_port_t root, const char *source, const char *type,
    const char *options)
{
	(void)dir;
	(void)root;
	(void)source;
	(void)type;
	(void)options;
	return SERVER_ERROR(ENOTDIR);
}

kern_return_t
S_fs_unmount(dir_t dir)
{
	(void)dir;
	return SERVER_ERROR(ENOTDIR);
}

kern_return_t
S_fs_set_parent(dir_t root, mach_port_t parent, const char *path)
{
	(void)root;
	(void)parent;
	(void)path;
	return SERVER_ERROR(ENOTDIR);
}

kern_return_t
S_fs_get_mounts(file_t file, char *text, mach_msg_type_number_t *size)
{
	(void)file;
	(void)text;
	(void)size;
	return SERVER_ERROR(ENOTDIR);
}

kern_return_t
S_fs_shutdown(file_t file)
{
	(void)file;
	return SERVER_ERROR(EINVAL);
}

kern_return_t
S_dir_bind(dir_t dir, const char *name, uint32_t mode, mach_port_t address)
{
	(void)dir;
	(void)name;
	(void)mode;
	(void)address;
	return SERVER_ERROR(ENOTDIR);
}

kern_return_t
S_file_socket(file_t file, mach_port_t *address)
{
	(void)file;
	(void)address;
	return SERVER_ERROR(ENOTSOCK);
}

kern_return_t
S_file_lock(file_t file, mach_port_t owner, int wait, fs_lock_t lock)
{
	(void)file;
	(void)owner;
	(void)wait;
	(void)lock;
	return SERVER_ERROR(EINVAL);
}

kern_return_t
S_file_test_lock(
    file_t file, mach_port_t owner, fs_lock_t lock, fs_lock_t *found)
{
	(void)file;
	(void)owner;
	(void)lock;
	(void)found;
	return SERVER_ERROR(EINVAL);
}
