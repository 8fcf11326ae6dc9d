/* SPDX-License-Identifier: BSD-2-Clause */
/* Between the files that make a task from a program file. */
#ifndef IMAGE_H
#define IMAGE_H

#include <libexec/elf_image.h>

#include "process.h"

/* program.c: a program file that may be run, and as whom. */
struct program {
	mach_port_t file;   /* the request's, or one with set-id bits */
	mach_port_t object; /* its memory object */
	mach_port_t root;   /* instead of the request's, or null */
	uint32_t euid, egid;
	struct elf_image elf;
};

/*
 * Waits for the file's server, 5 s at most a question. EACCES, ENOEXEC, and the
 * server's errors. To be closed in any case.
 */
extern int program_open(struct program *program, const struct process *process,
    const struct image_request *request);
/* Bytes of the file, all of them: ENOEXEC. May wait as above. */
extern int program_read(
    const struct program *program, uint64_t offset, void *data, size_t size);
extern void program_close(struct program *program,
    const struct image_request *request, bool keep_file);

/*
 * rights.c: what a new task has of its maker, under small indexes, generation
 * 1; the first is its process's own port.
 */
#define RIGHTS_NAME(index) ((1U + (index)) << 8 | 1U)
#define RIGHTS_PROC        RIGHTS_NAME(0U)

struct rights {
	mach_port_name_t root;
	mach_port_name_t cwd;
	struct startup_fd fds[PROC_FD_MAX];
	size_t fd_count;
};

/* Insert the request's rights into task. EINVAL: a descriptor without one. */
extern int rights_give(struct rights *rights, mach_port_t task,
    const struct image_request *request, mach_port_t root);

/* A code of the kernel or a server as errno. */
extern int image_errno(kern_return_t code);

#endif
