/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * File systems on Mach: a file system is an operations table; this library
 * does nodes, path walking, permissions, open files, and the messages
 * (io.defs, fs.defs).
 *
 * Nodes are in memory while something refers to them (an open file, a walk, a
 * translator), one node for an inode; those used last stay loaded for a while
 * without a reference, if they have a name (nlink > 0). The operations work on
 * nodes whose `stat` is what io_stat reports; an operation that changes it
 * calls nothing, the library calls ops->changed() after changes of its own.
 *
 * Errors are errno values; 0 is success. Nothing here blocks except in the
 * operations' own I/O; one thread runs all of it.
 */
#ifndef LIBFS_FS_H
#define LIBFS_FS_H

#include <servers/io_types.h>
#include <stdbool.h>
#include <stddef.h>

struct fs;
struct fs_name;
struct fs_node;
struct fs_walk;

/* Called for each entry; false: no room, stop before it. */
typedef bool (*fs_emit_t)(void *context, uint64_t ino, uint64_t next_cookie,
    uint8_t type, const char *name, size_t name_length);

/* Who asks. uid 0 may do everything. */
struct fs_cred {
	uint32_t uid;
	uint32_t gid;
	uint32_t groups; /* names further ones (servers/groups.h); 0: none */
};

/*
 * Of a file system that is read_only from its start, what changes something is
 * never called and may be NULL: changed, create to rename, write, truncate.
 */
struct fs_ops {
	/* Fill node->stat and node->data for node->stat.ino. */
	int (*load)(struct fs_node *node);
	/* The node leaves memory; frees the inode when nlink is 0. */
	void (*unload)(struct fs_node *node);
	/* stat's mode, owner or times were changed. */
	int (*changed)(struct fs_node *node);

	int (*lookup)(struct fs_node *dir, const char *name, uint64_t *ino);
	/* mode has the type: a file, a directory, a FIFO or a socket. */
	int (*create)(struct fs_node *dir, const char *name, uint32_t mode,
	    const struct fs_cred *cred, uint64_t *ino);
	int (*symlink)(struct fs_node *dir, const char *name,
	    const char *target, const struct fs_cred *cred);
	int (*link)(
	    struct fs_node *dir, const char *name, struct fs_node *node);
	int (*unlink)(
	    struct fs_node *dir, const char *name, struct fs_node *node);
	int (*rmdir)(
	    struct fs_node *dir, const char *name, struct fs_node *node);
	/* `target` is what new_name names now, or NULL. */
	int (*rename)(struct fs_node *old_dir, const char *old_name,
	    struct fs_node *node, struct fs_node *new_dir, const char *new_name,
	    struct fs_node *target);
	int (*readdir)(struct fs_node *dir, uint64_t cookie, fs_emit_t emit,
	    void *context);
	int (*readlink)(struct fs_node *node, char *target, size_t size);
	/*
	 * Optional: where a link leads who follows it, if that is not what
	 * readlink tells. May set walk->retry, and port (borrowed): the caller
	 * goes on there with target, which may be empty then.
	 */
	int (*follow)(struct fs_node *link, const struct fs_cred *cred,
	    struct fs_walk *walk, char *target, size_t size);

	int (*read)(struct fs_node *node, uint64_t offset, void *data,
	    size_t size, size_t *got);
	int (*write)(struct fs_node *node, uint64_t offset, const void *data,
	    size_t size, size_t *put);
	int (*truncate)(struct fs_node *node, uint64_t size);
	/*
	 * Optional: whole pages as memory of our task's, to be given away,
	 * with zeros behind the file's end; *size is how much of it came. An
	 * error: so much is for read().
	 */
	int (*read_memory)(struct fs_node *node, uint64_t offset, size_t *size,
	    uintptr_t *memory);
	/*
	 * Optional: pages of the range are to be mapped so that they may be
	 * written; take room for the holes in it. For how much there is.
	 */
	size_t (*reserve)(struct fs_node *node, uint64_t offset, size_t size);
	/*
	 * Optional: is a hole at an offset that is before the file's end? *end
	 * is behind it, or behind the data there, but perhaps not at its end.
	 */
	bool (*is_hole)(struct fs_node *node, uint64_t offset, uint64_t *end);
	/* NULL, as sync and shutdown: there is nothing to write back. */
	int (*sync_node)(struct fs_node *node);

	/*
	 * Optional: a walk ended at a node that is to be opened for more than
	 * FS_LOOKUP_PATH, and permissions allow it. May send the caller on by
	 * setting walk->retry, and port (borrowed) or rest.
	 */
	int (*open)(struct fs_node *node, int flags, struct fs_walk *walk);

	int (*sync)(struct fs *fs);
	int (*shutdown)(struct fs *fs);
	void (*statfs)(struct fs *fs, struct fs_statfs *stat);
};

struct fs {
	const struct fs_ops *ops;
	const char *source; /* for the list of mounts */
	const char *type;
	bool read_only;
	bool keeps_names; /* they change by our operations only */
	bool made;        /* files are made when they are read: not mapped, and
			     no node stays loaded without a reference */
	uint64_t dev;
	struct fs_node *root;  /* held */
	mach_port_t parent;    /* directory this is mounted on, or null */
	char *mount_path;      /* absolute, "/" for the root file system */
	uint64_t (*now)(void); /* ns since 1970 */
	/*
	 * Optional: nobody has a right to any file or memory object of this
	 * server any more, its roots included.
	 */
	void (*ended)(void);
};

struct fs_node {
	struct fs_node *hash_next;
	struct fs_node *newer; /* without references, in order of use */
	struct fs_node *older;
	struct fs_name *name; /* name_cache.c, or NULL */
	struct fs *fs;
	unsigned references;
	struct io_stat stat;
	uint64_t above;         /* the directory of the name it was found by
				   last, if it has that still; else 0 */
	void *data;             /* the file system's */
	mach_port_t translator; /* root of what is mounted here, or null */
	char *translator_text;  /* "source path type options" */
	struct fs_pager *pager; /* memory object, or NULL */
	mach_port_t socket;     /* address of a socket bound here, or null */
	mach_port_t fifo;   /* the pipe server's handle, or null; no right */
	struct lock *locks; /* set through open files, which hold it */
};

/* node.c. get finds or loads, with a reference; put drops one. */
extern int fs_node_get(struct fs *fs, uint64_t ino, struct fs_node **node);
extern void fs_node_reference(struct fs_node *node);
extern void fs_node_put(struct fs_node *node);
extern void fs_node_each(
    void (*function)(struct fs_node *node, void *context), void *context);

/* perm.c: bits are 4 read, 2 write, 1 execute or search. 0 or EACCES. */
extern int fs_access(
    const struct fs_node *node, const struct fs_cred *cred, unsigned bits);
/* May cred remove `node` from `dir`? Sticky directories. 0 or EPERM, EACCES. */
extern int fs_may_remove(const struct fs_node *dir, const struct fs_node *node,
    const struct fs_cred *cred);

/* Paths are read by words. */
#define FS_WALK_BEYOND 8

/* The result of walking a path. */
struct fs_walk {
	int retry; /* FS_RETRY_* */
	struct fs_node
	    *node;        /* held; what leads elsewhere if a retry, or NULL */
	mach_port_t port; /* borrowed; FS_RETRY_PORT */
	bool created;
	_Alignas(8) char rest[IO_PATH_MAX + FS_WALK_BEYOND]; /* to go on with */
};

/*
 * walk.c. Walk `path` from `start`; flags are the O_* of dir_lookup. With
 * O_CREAT the last component is created if it is not there, walk->created
 * says so. ENOENT, ENOTDIR, EACCES, ELOOP, EEXIST, ENAMETOOLONG, EROFS...
 */
extern int fs_walk(struct fs_node *start, const char *path, int flags,
    uint32_t mode, const struct fs_cred *cred, struct fs_walk *walk);

/* names.c: changes of directories, with permissions. */
extern int fs_mkdir(struct fs_node *dir, const char *name, uint32_t mode,
    const struct fs_cred *cred);
extern int fs_mkfifo(struct fs_node *dir, const char *name, uint32_t mode,
    const struct fs_cred *cred);
extern int fs_rmdir(
    struct fs_node *dir, const char *name, const struct fs_cred *cred);
extern int fs_unlink(
    struct fs_node *dir, const char *name, const struct fs_cred *cred);
extern int fs_link(struct fs_node *dir, const char *name, struct fs_node *node,
    const struct fs_cred *cred);
extern int fs_symlink(struct fs_node *dir, const char *name, const char *target,
    const struct fs_cred *cred);
extern int fs_rename(struct fs_node *old_dir, const char *old_name,
    struct fs_node *new_dir, const char *new_name, const struct fs_cred *cred);
/* Length and contents of a name to be made: 0, ENAMETOOLONG, EINVAL, ENOENT. */
extern int fs_name_check(const char *name);
/*
 * The absolute path of a node in its file system. ENOENT: no name of that file
 * is known. ENAMETOOLONG.
 */
extern int fs_path(struct fs_node *node, char *path, size_t size);

/* attr.c */
extern int fs_chmod(
    struct fs_node *node, uint32_t mode, const struct fs_cred *cred);
extern int fs_chown(struct fs_node *node, uint32_t uid, uint32_t gid,
    const struct fs_cred *cred);
extern int fs_utimes(struct fs_node *node, uint64_t atime, uint64_t mtime,
    const struct fs_cred *cred);
extern int fs_truncate(struct fs_node *node, uint64_t size);
/* Note that data or entries changed now: mtime and ctime. */
extern void fs_touch(struct fs_node *node);

/*
 * Serving (server.c): mount_root opens fs->root for everybody who asks through
 * `root_right`, a send right; fs_serve adds the interfaces to the loop of
 * libports. sync is called about every five seconds. A server may have several
 * file systems, each with an fs_init, if none of them has a sync.
 */
extern int fs_init(struct fs *fs);
extern mach_port_t fs_root_right(struct fs *fs);
extern _Noreturn void fs_serve(struct fs *fs);

/*
 * mount.c. Put the root on a directory of the system's tree, by its absolute
 * path; waits until there is a root file system. EBUSY: the directory is ours.
 */
extern kern_return_t fs_mount_at(
    struct fs *fs, mach_port_t bootstrap, const char *path);

/*
 * server.c. The path in the system's tree of an open file of this server's, by
 * its port; EBADF: it is none, and somebody else may be asked (io_path).
 */
extern int fs_file_path(mach_port_t port, char *path, size_t size);

/* The server ends: "server: what: why", of a code or SERVER_ERROR(errno). */
extern _Noreturn void fs_fail(
    const char *server, const char *what, kern_return_t code);

#endif
