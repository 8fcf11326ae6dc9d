/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Processes and the system as files. fsops.c is the tree, system.c and
 * process.c what is in the files.
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

struct process_file {
	const char *name;
	uint32_t mode; /* 0400: its user's own affair */
	/* 0 or an errno. */
	int (*make)(struct text *text, const struct proc_details *process);
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

extern const struct fs_ops procfs_ops;

#endif
