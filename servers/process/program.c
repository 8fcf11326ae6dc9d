/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * May this file be run, by whom, and as whom?
 *
 * The caller chose the file, and perhaps serves it itself: nothing that its
 * server says is believed where it could give the caller more than it has. So
 * set-id bits count only in files that this server finds itself, from the
 * system's root; such a program also gets that root, not the caller's. For an
 * answer it waits 5 s at most (program.defs).
 */
#include <mach/traps.h>

#include <errno.h>
#include <fcntl.h>
#include <program_user.h>
#include <servers/fs_user.h>
#include <stdio.h>
#include <sys/stat.h>

#include "image.h"

#define HEAD_SIZE  ELF_IMAGE_PAGE
#define HEAD_USUAL 1024 /* where nearly all headers end */

int
image_errno(kern_return_t code)
{
	if (code == KERN_SUCCESS)
		return 0;
	if (SERVER_IS_ERROR(code))
		return SERVER_ERRNO(code);
	return code == KERN_RESOURCE_SHORTAGE || code == KERN_NO_SPACE ? ENOMEM
								       : EIO;
}

static int
check_file(const struct process *process, const struct io_stat *stat)
{
	uint64_t wanted = 1;

	if (!S_ISREG((mode_t)stat->mode))
		return EACCES;
	if (process->euid == 0)
		wanted = 0111;
	else if (process->euid == stat->uid)
		wanted = 0100;
	else if (process->egid == stat->gid ||
		 groups_have(process->groups, (uint32_t)stat->gid))
		wanted = 010;
	return (stat->mode & wanted) != 0 ? 0 : EACCES;
}

static void
release(mach_port_t right)
{
	if (MACH_PORT_VALID(right))
		(void)syscall_mach_port_deallocate(mach_task_self(), right);
}

/*
 * The file claims set-id bits. Its server may be anyone's, so look the path up
 * from the system's root: if bits are there, that file is the program.
 */
static void
take_set_id(struct program *program, const struct process *process,
    const char *path, struct io_stat *stat)
{
	static char rest[IO_PATH_MAX];
	mach_port_t file = MACH_PORT_NULL;
	mach_port_t object = MACH_PORT_NULL;
	int retry = FS_RETRY_NONE;
	struct io_stat found;

	if (path[0] != '/' || dir_lookup(root_directory, path + 1, O_EXEC, 0,
				  &retry, rest, &file) != KERN_SUCCESS)
		return;
	if (retry != FS_RETRY_NONE ||
	    program_io_program(file, &found, &object) != KERN_SUCCESS ||
	    check_file(process, &found) != 0 ||
	    (found.mode & (S_ISUID | S_ISGID)) == 0) {
		release(object);
		release(file);
		return;
	}
	release(program->object);
	program->object = object;
	program->file = file;
	program->root = root_directory;
	if (found.mode & S_ISUID)
		program->euid = (uint32_t)found.uid;
	if (found.mode & S_ISGID)
		program->egid = (uint32_t)found.gid;
	*stat = found;
}

int
program_read(
    const struct program *program, uint64_t offset, void *data, size_t size)
{
	mach_msg_type_number_t got = (mach_msg_type_number_t)size;
	kern_return_t kr;

	/* What is in memory already is had without asking. */
	if (memory_object_peek(program->object, offset, (vm_address_t)data,
		size) == (int64_t)size)
		return 0;
	kr = program_io_read(program->file, (int64_t)offset, data, &got);
	if (kr != KERN_SUCCESS)
		return image_errno(kr);
	return got == size ? 0 : ENOEXEC;
}

/* What the file asks for. ENOEXEC: it is no program. */
static int
read_head(struct program *program, const char **wrong, uint64_t file_size)
{
	static _Alignas(uint64_t) char head[HEAD_SIZE];
	size_t most = file_size < HEAD_SIZE ? file_size : HEAD_SIZE;
	size_t size = most < HEAD_USUAL ? most : HEAD_USUAL;
	int error;

	for (;; size = most) {
		error = program_read(program, 0, head, size);
		if (error != 0)
			return error;
		*wrong = elf_image_check(head, size, file_size, &program->elf);
		if (*wrong == NULL || size == most)
			return *wrong == NULL ? 0 : ENOEXEC;
	}
}

int
program_open(struct program *program, const struct process *process,
    const struct image_request *request)
{
	struct io_stat stat;
	const char *wrong = NULL;
	kern_return_t kr;
	int error;

	*program = (struct program){
	    .file = request->file,
	    .euid = process->euid,
	    .egid = process->egid,
	};
	kr = program_io_program(program->file, &stat, &program->object);
	if (kr != KERN_SUCCESS)
		return image_errno(kr);
	error = check_file(process, &stat);
	if (error == 0 && (stat.mode & (S_ISUID | S_ISGID)))
		take_set_id(program, process, request->path, &stat);
	if (error == 0 && !MACH_PORT_VALID(program->object))
		error = EACCES; /* it is no file that can be mapped */
	if (error != 0)
		return error;
	error = read_head(program, &wrong, stat.size);
	/* With init, nobody else can tell what it is. */
	if (wrong != NULL && process->pid == 1)
		printf("process: %s: %s\n", request->path, wrong);
	return error;
}

void
program_close(struct program *program, const struct image_request *request,
    bool keep_file)
{
	release(program->object);
	if (!keep_file && program->file != request->file)
		release(program->file);
}
