/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Processes and the system as files. fsops.c is the tree, links.c the links in
 * it, system.c and process.c what is in the files. memory.c reads processes'
 * memory, rights.c finds what they have open, patience.c says who is waited
 * for.
 *
 * A file is made whole when it is read from its start, and kept for those who
 * read on; so what they get is of one moment. Its size is 0, as nobody knows it
 * before. A process is known by its pid and when it started, so a file that is
 * open while its process ends and another gets the number is not the other's.
 */
#ifndef PROCFS_H
#define PROCFS_H

#include <servers/process_types.h>

#include "../../lib/libfs/fs.h"

/* Text that grows; `failed`: there was no memory for some. */
struct text {
	char *data;
	size_t size;
	size_t room;
	bool failed;
};

extern void text_bytes(struct text *text, const void *data, size_t size);
extern void text_print(struct text *text, const char *format, ...)
    __attribute__((__format__(__printf__, 2, 3)));

struct system_file {
	const char *name;
	void (*make)(struct text *text);
};

extern const struct system_file system_files[];
extern const unsigned system_file_count;

/* Directories that processes have a right to, and their programs. */
enum place { PLACE_CWD, PLACE_EXE, PLACE_ROOT };

/*
 * What is not for everybody to read, and where links lead, is for the process's
 * user and user 0.
 */
struct process_file {
	const char *name;
	uint32_t mode; /* with the type: the only directory is that of links */
	/* Of a file: 0 or an errno. */
	int (*make)(struct text *text, const struct proc_details *process);
	enum place place; /* of a link */
};

extern const struct process_file process_files[];
extern const unsigned process_file_count;

/* 0, or ENOENT: there is none. */
extern int process_find(uint64_t pid, struct proc_details *details);

/*
 * The list of processes as it is now; and from that, the largest pid up to
 * `most`, or 0. Downwards, because new ones are above: who follows those who
 * fork for ever would never come to an end.
 */
extern void process_list_get(void);
extern uint64_t process_list_down(uint64_t most);

/* Whose it is wholly; 0 where its users or groups are not all one. */
extern uint32_t process_owner(const struct proc_details *details);

/*
 * Inode numbers say what a node is: those below PROCESS_INOS are the root's,
 * the others pid * PROCESS_INOS + which file, 0 being the directory; from
 * FDS_FIRST on they are the links to open files.
 */
#define PROCESS_INOS 512U
#define FDS_FIRST    256U

static inline uint64_t
pid_of(const struct fs_node *node)
{
	return node->stat.ino / PROCESS_INOS;
}

static inline unsigned
which_of(const struct fs_node *node)
{
	return (unsigned)(node->stat.ino % PROCESS_INOS);
}

/*
 * fsops.c: the node's process, if it is still that, and the node, if it is
 * private, still of the same user. ESRCH, EACCES.
 */
extern int process_of_node(
    const struct fs_node *node, struct proc_details *details);

/*
 * links.c: which link of the directory has that name; the list of them, and of
 * that the first from a number on, or false; where a link leads, for who reads
 * and who follows it. 0 or an errno.
 */
extern int links_lookup(
    const struct fs_node *dir, const char *name, unsigned *which);
extern void links_list_get(const struct fs_node *dir);
extern bool links_list_next(unsigned *fd);
extern int links_read(
    const struct fs_node *link, uint32_t uid, char *target, size_t size);
extern int links_follow(const struct fs_node *link, uint32_t uid,
    struct fs_walk *walk, char *target, size_t size);

/*
 * memory.c: from a process's memory, all of it: EFAULT; EIO: who pages it has
 * not answered in time. Waits 0.2 s at most.
 */
extern int memory_read(const struct proc_details *process, mach_port_t task,
    uint64_t address, void *to, size_t size);

/*
 * rights.c: a right like the process's own: ENOENT; what there is in its table
 * of descriptors; the right of one of them (NULL: is there one?); and what it
 * is a right to, as a path, or as kind:[number]. EIO as above; wait as above.
 */
extern int rights_get(
    const struct proc_details *process, enum place place, mach_port_t *right);
extern int rights_descriptors(const struct proc_details *process,
    struct proc_descriptor table[PROC_FD_MAX], unsigned *count);
extern int rights_descriptor(
    const struct proc_details *process, unsigned fd, mach_port_t *right);
extern int rights_name(const struct proc_details *process, mach_port_t file,
    char *target, size_t size);

/* patience.c: may it be waited for? It has been, since then (ns since boot). */
extern bool patience_left(const struct proc_details *process);
extern void patience_spend(const struct proc_details *process, uint64_t since);

extern const struct fs_ops procfs_ops;

#endif
