/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * libfs's operations: the root with the system's files, "self", and a directory
 * for each process, with one more for its open files.
 */
#include <mach/traps.h>

#include <errno.h>
#include <libports/ports.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "procfs.h"

#define ROOT_INO   1U
#define SELF_INO   2U
#define SYSTEM_INO 3U /* and on */
#define DOTS       2U
#define PIDS_FROM  64U /* cookies of the root from here on: PID_TOP - pid */
#define PID_TOP    ((uint64_t)INT32_MAX)
#define CLOCK_BOOT 0
#define MAGIC      0x9fa0U

struct data {
	struct text text;
	uint64_t started; /* the process; 0: of none */
};

/* Of a process's file, with the type; 0: there is none such. */
static uint32_t
mode_of(unsigned which)
{
	if (which == 0)
		return S_IFDIR | 0555;
	if (which >= FDS_FIRST)
		return S_IFLNK | 0700;
	return which <= process_file_count ? process_files[which - 1].mode : 0;
}

static bool
is_private(uint32_t mode)
{
	return S_ISLNK(mode) || (mode & 044) == 0;
}

static uint32_t
user_of(const struct proc_details *details, uint32_t mode)
{
	return is_private(mode) ? process_owner(details)
				: (uint32_t)details->euid;
}

static bool
is_links(const struct fs_node *node)
{
	return which_of(node) != 0 && S_ISDIR(node->stat.mode);
}

static int
load_process(struct fs_node *node, struct data *data)
{
	struct io_stat *stat = &node->stat;
	struct proc_details details;
	uint32_t mode = mode_of(which_of(node));
	int error = process_find(pid_of(node), &details);

	if (error != 0 || mode == 0)
		return ENOENT;
	data->started = details.started;
	stat->mode = mode;
	stat->nlink = S_ISDIR(mode) ? 2 : 1;
	stat->uid = user_of(&details, mode);
	stat->gid = is_private(mode) && stat->uid == 0 ? 0 : details.egid;
	stat->mtime =
	    node->fs->now() - clock_get_ns(CLOCK_BOOT) + details.started;
	return 0;
}

int
process_of_node(const struct fs_node *node, struct proc_details *details)
{
	const struct data *data = node->data;
	uint32_t mode = (uint32_t)node->stat.mode;

	if (process_find(pid_of(node), details) != 0 ||
	    details->started != data->started)
		return ESRCH;
	if (is_private(mode) && process_owner(details) != node->stat.uid)
		return EACCES;
	return 0;
}

static int
load_system(struct fs_node *node)
{
	struct io_stat *stat = &node->stat;

	if (stat->ino == ROOT_INO) {
		stat->mode = S_IFDIR | 0555;
		stat->nlink = 2;
	} else if (stat->ino == SELF_INO) {
		stat->mode = S_IFLNK | 0777;
	} else if (stat->ino >= SYSTEM_INO &&
		   stat->ino < SYSTEM_INO + system_file_count) {
		stat->mode = S_IFREG | 0444;
	} else {
		return ENOENT;
	}
	return 0;
}

static int
op_load(struct fs_node *node)
{
	struct data *data = calloc(1, sizeof(*data));
	int error;

	if (data == NULL)
		return ENOMEM;
	node->stat.nlink = 1;
	node->stat.blksize = IO_DATA_MAX;
	node->stat.mtime = node->fs->now();
	error = pid_of(node) > 0 ? load_process(node, data) : load_system(node);
	node->stat.atime = node->stat.mtime;
	node->stat.ctime = node->stat.mtime;
	if (error == 0)
		node->data = data;
	else
		free(data);
	return error;
}

static void
op_unload(struct fs_node *node)
{
	struct data *data = node->data;

	free(data->text.data);
	free(data);
}

/* A pid as it is written: digits, without zeros in front. */
static uint64_t
parse_pid(const char *name)
{
	uint64_t pid = 0;

	for (const char *at = name; *at != '\0'; at++) {
		if (*at < '0' || *at > '9' || (*at == '0' && pid == 0) ||
		    pid > INT32_MAX / 10)
			return 0;
		pid = pid * 10 + (uint64_t)(*at - '0');
	}
	return pid;
}

static int
look_up_root(const char *name, uint64_t *ino)
{
	struct proc_details details;
	uint64_t pid = parse_pid(name);

	if (pid > 0) {
		*ino = pid * PROCESS_INOS;
		return process_find(pid, &details);
	}
	if (strcmp(name, "self") == 0) {
		*ino = SELF_INO;
		return 0;
	}
	for (unsigned i = 0; i < system_file_count; i++) {
		if (strcmp(system_files[i].name, name) == 0) {
			*ino = SYSTEM_INO + i;
			return 0;
		}
	}
	return ENOENT;
}

static uint64_t
above(const struct fs_node *dir)
{
	return is_links(dir) ? pid_of(dir) * PROCESS_INOS : ROOT_INO;
}

static int
op_lookup(struct fs_node *dir, const char *name, uint64_t *ino)
{
	if (strcmp(name, ".") == 0 || strcmp(name, "..") == 0) {
		*ino = name[1] == '\0' ? dir->stat.ino : above(dir);
		return 0;
	}
	if (dir->stat.ino == ROOT_INO)
		return look_up_root(name, ino);
	if (is_links(dir)) {
		unsigned which;
		int error = links_lookup(dir, name, &which);

		*ino = pid_of(dir) * PROCESS_INOS + which;
		return error;
	}
	for (unsigned i = 0; i < process_file_count; i++) {
		if (strcmp(process_files[i].name, name) == 0) {
			*ino = dir->stat.ino + 1 + i;
			return 0;
		}
	}
	return ENOENT;
}

/* Of the root, after the dots: the system's files, self, and then pids. */
static bool
root_entry(uint64_t *at, char *name, size_t size, uint64_t *ino, uint32_t *mode)
{
	uint64_t pid;

	*mode = S_IFREG;
	if (*at < DOTS + system_file_count) {
		snprintf(name, size, "%s", system_files[*at - DOTS].name);
		*ino = SYSTEM_INO + *at - DOTS;
		return true;
	}
	if (*at < PIDS_FROM) {
		*at = PIDS_FROM - 1;
		snprintf(name, size, "self");
		*ino = SELF_INO;
		*mode = S_IFLNK;
		return true;
	}
	if (*at - PIDS_FROM >= PID_TOP)
		return false;
	pid = process_list_down(PID_TOP - (*at - PIDS_FROM));
	*at = PIDS_FROM + (PID_TOP - pid);
	*ino = pid * PROCESS_INOS;
	*mode = S_IFDIR;
	snprintf(name, size, "%llu", (unsigned long long)pid);
	return pid > 0;
}

static bool
process_entry(const struct fs_node *dir, const uint64_t *at, char *name,
    size_t size, uint64_t *ino, uint32_t *mode)
{
	uint64_t index = *at - DOTS;

	if (index >= process_file_count)
		return false;
	snprintf(name, size, "%s", process_files[index].name);
	*ino = dir->stat.ino + 1 + index;
	*mode = process_files[index].mode;
	return true;
}

static bool
links_entry(const struct fs_node *dir, uint64_t *at, char *name, size_t size,
    uint64_t *ino, uint32_t *mode)
{
	unsigned fd = (unsigned)(*at - DOTS);

	if (*at - DOTS >= PROC_FD_MAX || !links_list_next(&fd))
		return false;
	*at = DOTS + fd;
	snprintf(name, size, "%u", fd);
	*ino = pid_of(dir) * PROCESS_INOS + FDS_FIRST + fd;
	*mode = S_IFLNK;
	return true;
}

/* The entry at a cookie, or the first one behind it. */
static bool
entry(const struct fs_node *dir, uint64_t *at, char *name, size_t size,
    uint64_t *ino, uint32_t *mode)
{
	if (dir->stat.ino == ROOT_INO)
		return root_entry(at, name, size, ino, mode);
	if (is_links(dir))
		return links_entry(dir, at, name, size, ino, mode);
	return process_entry(dir, at, name, size, ino, mode);
}

static int
op_readdir(struct fs_node *dir, uint64_t cookie, fs_emit_t emit, void *context)
{
	static const char *const dots[] = {".", ".."};
	char name[32];
	uint64_t ino;
	uint32_t mode = S_IFREG;

	if (dir->stat.ino == ROOT_INO)
		process_list_get();
	if (is_links(dir))
		links_list_get(dir);
	for (; cookie < DOTS; cookie++)
		if (!emit(context, cookie == 0 ? dir->stat.ino : above(dir),
			cookie + 1, S_IFDIR >> 12, dots[cookie], cookie + 1))
			return 0;
	for (;; cookie++) {
		if (!entry(dir, &cookie, name, sizeof(name), &ino, &mode) ||
		    !emit(context, ino, cookie + 1, (uint8_t)(mode >> 12), name,
			strlen(name)))
			return 0;
	}
}

/* The process may have ended, or become another user's since it was opened. */
static int
make_process(const struct fs_node *node, struct data *data)
{
	const struct process_file *file = &process_files[which_of(node) - 1];
	struct proc_details details;
	int error = process_of_node(node, &details);

	return error == 0 ? file->make(&data->text, &details) : error;
}

static int
op_read(
    struct fs_node *node, uint64_t offset, void *to, size_t size, size_t *got)
{
	struct data *data = node->data;
	struct text *text = &data->text;
	int error = 0;

	*got = 0;
	if (offset == 0 || text->data == NULL) {
		text->size = 0;
		text->failed = false;
		if (pid_of(node) > 0)
			error = make_process(node, data);
		else
			system_files[node->stat.ino - SYSTEM_INO].make(text);
		if (error == 0 && text->failed)
			error = ENOMEM;
	}
	if (error != 0 || offset >= text->size)
		return error;
	*got = size < text->size - offset ? size : text->size - offset;
	memcpy(to, text->data + offset, *got);
	return 0;
}

static int
op_readlink(struct fs_node *node, char *target, size_t size)
{
	if (pid_of(node) > 0)
		return links_read(node, ports_sender().val[0], target, size);
	return strlcpy(target, FS_LINK_SELF, size) < size ? 0 : ENAMETOOLONG;
}

/* Who follows "self" knows best who he is. */
static int
op_follow(struct fs_node *link, const struct fs_cred *cred,
    struct fs_walk *walk, char *target, size_t size)
{
	if (pid_of(link) > 0)
		return links_follow(link, cred->uid, walk, target, size);
	walk->retry = FS_RETRY_MAGIC;
	return strlcpy(target, "self", size) < size ? 0 : ENAMETOOLONG;
}

static void
op_statfs(struct fs *fs, struct fs_statfs *stat)
{
	(void)fs;
	stat->type = MAGIC;
	stat->bsize = IO_DATA_MAX;
	stat->namemax = IO_NAME_MAX - 1;
}

/* It is read_only: nothing is asked that would change it. */
const struct fs_ops procfs_ops = {
    .load = op_load,
    .unload = op_unload,
    .lookup = op_lookup,
    .readdir = op_readdir,
    .readlink = op_readlink,
    .follow = op_follow,
    .read = op_read,
    .statfs = op_statfs,
};
