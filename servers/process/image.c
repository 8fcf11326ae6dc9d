/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * A new task from a program file. Text is the file server's memory object,
 * mapped; it is read when it is touched, and shared by all who run it. Of data,
 * whole pages are mapped copy-on-write; the page in which a segment's part of
 * the file ends is copied here, for zeros follow.
 *
 *	STACK_TOP	end of the stack, STACK_SIZE long, the start-up block
 *			at its end
 *	SIGNAL_PAGE	the signal page
 *
 * This server maps nothing that it would read itself: a hostile file server
 * could hold it up. For the answers that it needs of the file's server, which
 * the caller chose, it waits 5 s at most (program.defs).
 *
 * Set-id bits count only in files that this server finds itself, from the
 * system's root; such a program also gets that root, not the caller's.
 */
#include <mach/mach_port_user.h>
#include <mach/task_user.h>
#include <mach/thread_act_user.h>
#include <mach/traps.h>
#include <mach/vm_map_user.h>

#include <errno.h>
#include <fcntl.h>
#include <libexec/elf_image.h>
#include <libexec/startup.h>
#include <libports/ports.h>
#include <program_user.h>
#include <servers/fs_user.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "process.h"

#define PAGE        4096UL
#define STACK_TOP   0x7fffff000000UL
#define STACK_SIZE  (8UL * 1024 * 1024)
#define SIGNAL_PAGE 0x7fffff800000UL
#define BLOCK_MAX   (1024UL * 1024) /* of arguments and environment */

/* Names that a new task finds its rights under: small indexes, generation 1. */
#define FIRST_INDEX 16U
#define NAME(index) (((index) << 8) | 1U)

/* The program file while it is being made into a task. */
struct maker {
	const struct process *process;
	const struct image_request *request;
	struct image_result *result;
	struct elf_image elf;
	mach_port_t file;
	mach_port_t object;
	mach_port_t task;
	mach_port_t root; /* instead of the caller's, or null */
	unsigned names;   /* given so far */
};

static int
errno_of(kern_return_t code)
{
	if (code == KERN_SUCCESS)
		return 0;
	if (SERVER_IS_ERROR(code))
		return SERVER_ERRNO(code);
	return code == KERN_RESOURCE_SHORTAGE || code == KERN_NO_SPACE ? ENOMEM
								       : EIO;
}

struct signal_page *
image_signal_page(mach_port_t task, vm_address_t there)
{
	vm_address_t here = 0;
	vm_prot_t current, maximum;

	if (syscall_vm_allocate(mach_task_self(), &here, PAGE, TRUE) !=
	    KERN_SUCCESS)
		return NULL;
	if (vm_remap(task, &there, PAGE, 0, FALSE, mach_task_self(), here,
		FALSE, &current, &maximum, VM_INHERIT_NONE) == KERN_SUCCESS)
		return (struct signal_page *)here;
	(void)syscall_vm_deallocate(mach_task_self(), here, PAGE);
	return NULL;
}

void
image_release_page(struct signal_page *page)
{
	if (page != NULL)
		(void)syscall_vm_deallocate(
		    mach_task_self(), (vm_address_t)page, PAGE);
}

int
image_identity(const struct process *process, mach_port_t task, uint32_t euid,
    uint32_t egid)
{
	const security_token_t token = {{euid, egid}};
	kern_return_t kr;

	(void)ports_right(process->port);
	kr = task_set_special_port(task, TASK_EXCEPTION_PORT, process->port);
	(void)syscall_mach_port_deallocate(mach_task_self(), process->port);
	if (kr == KERN_SUCCESS)
		kr = task_set_security_token(task, token, host_priv);
	return errno_of(kr);
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
	else if (process->egid == stat->gid)
		wanted = 010;
	return (stat->mode & wanted) != 0 ? 0 : EACCES;
}

/*
 * The file claims set-id bits. Its server may be anyone's, so look the path up
 * from the system's root: if bits are there, that file is the program.
 */
static void
take_set_id(struct maker *maker, struct io_stat *stat)
{
	static char rest[IO_PATH_MAX];
	const char *path = maker->request->path;
	mach_port_t file = MACH_PORT_NULL;
	int retry = FS_RETRY_NONE;
	struct io_stat found;

	if (path[0] != '/' || dir_lookup(root_directory, path + 1, O_EXEC, 0,
				  &retry, rest, &file) != KERN_SUCCESS)
		return;
	if (retry != FS_RETRY_NONE ||
	    program_io_stat(file, &found) != KERN_SUCCESS ||
	    check_file(maker->process, &found) != 0 ||
	    (found.mode & (S_ISUID | S_ISGID)) == 0) {
		(void)syscall_mach_port_deallocate(mach_task_self(), file);
		return;
	}
	maker->file = file;
	maker->root = root_directory;
	if (found.mode & S_ISUID)
		maker->result->euid = (uint32_t)found.uid;
	if (found.mode & S_ISGID)
		maker->result->egid = (uint32_t)found.gid;
	*stat = found;
}

/* Read the file's head and check what it asks for. */
static int
open_program(struct maker *maker)
{
	static char head[IO_DATA_MAX];
	mach_msg_type_number_t size = sizeof(head);
	struct io_stat stat;
	kern_return_t kr = program_io_stat(maker->file, &stat);
	const char *wrong;
	int error;

	if (kr != KERN_SUCCESS)
		return errno_of(kr);
	error = check_file(maker->process, &stat);
	if (error != 0)
		return error;
	if (stat.mode & (S_ISUID | S_ISGID))
		take_set_id(maker, &stat);
	kr = program_io_read(maker->file, 0, PAGE, head, &size);
	if (kr != KERN_SUCCESS)
		return errno_of(kr);
	wrong = elf_image_check(head, size, stat.size, &maker->elf);
	if (wrong != NULL) {
		/* Nobody else can tell what is wrong with init. */
		if (maker->process->pid == 1)
			printf(
			    "process: %s: %s\n", maker->request->path, wrong);
		return ENOEXEC;
	}
	return errno_of(program_io_map(
	    maker->file, VM_PROT_READ | VM_PROT_EXECUTE, &maker->object));
}

static int
map_file(struct maker *maker, vm_address_t address, vm_size_t size,
    uint64_t offset, int prot)
{
	bool copy = (prot & VM_PROT_WRITE) != 0;

	if (size == 0)
		return 0;
	return errno_of(
	    vm_map(maker->task, &address, size, 0, FALSE, maker->object, offset,
		copy, prot, copy ? VM_PROT_ALL : VM_PROT_READ | VM_PROT_EXECUTE,
		VM_INHERIT_COPY));
}

static int
map_zeros(struct maker *maker, vm_address_t address, vm_size_t size, int prot)
{
	kern_return_t kr;

	if (size == 0)
		return 0;
	kr = syscall_vm_allocate(maker->task, &address, size, FALSE);
	if (kr == KERN_SUCCESS && prot != (VM_PROT_READ | VM_PROT_WRITE))
		kr =
		    syscall_vm_protect(maker->task, address, size, FALSE, prot);
	return errno_of(kr);
}

/* Give [from, from + size) of our memory to the task; ours is gone then. */
static int
give_memory(mach_port_t task, vm_address_t from, vm_address_t to,
    vm_size_t size, int prot)
{
	vm_prot_t current, maximum;
	kern_return_t kr = vm_remap(task, &to, size, 0, FALSE, mach_task_self(),
	    from, TRUE, &current, &maximum, VM_INHERIT_COPY);

	(void)syscall_vm_deallocate(mach_task_self(), from, size);
	if (kr == KERN_SUCCESS && prot != (VM_PROT_READ | VM_PROT_WRITE))
		kr = syscall_vm_protect(task, to, size, FALSE, prot);
	return errno_of(kr);
}

/* One page: `size` bytes of the file from offset, then zeros. */
static int
copy_page(struct maker *maker, vm_address_t address, uint64_t offset,
    size_t size, int prot)
{
	static char data[IO_DATA_MAX];
	mach_msg_type_number_t got = sizeof(data);
	vm_address_t page = 0;
	kern_return_t kr;

	kr = program_io_read(
	    maker->file, (int64_t)offset, (uint32_t)size, data, &got);
	if (kr != KERN_SUCCESS || got != size)
		return kr != KERN_SUCCESS ? errno_of(kr) : ENOEXEC;
	kr = syscall_vm_allocate(mach_task_self(), &page, PAGE, TRUE);
	if (kr != KERN_SUCCESS)
		return ENOMEM;
	memcpy((void *)page, data, size);
	return give_memory(maker->task, page, address, PAGE, prot);
}

static int
make_segment(struct maker *maker, const struct elf_segment *segment)
{
	uint64_t start = elf_segment_start(segment);
	uint64_t end = start + elf_segment_length(segment);
	uint64_t offset = segment->offset - (segment->address - start);
	/* What comes from the file, with what lies before it in its page. */
	uint64_t bytes = segment->file_size > 0
			     ? segment->file_size + (segment->address - start)
			     : 0;
	/* A segment without zeros may show the file's next bytes. */
	bool zeros_follow = segment->memory_size > segment->file_size;
	uint64_t mapped = zeros_follow ? bytes & ~(PAGE - 1)
				       : (bytes + PAGE - 1) & ~(PAGE - 1);
	uint64_t at = start + mapped;
	int error = map_file(maker, start, mapped, offset, segment->prot);

	if (error == 0 && bytes > mapped) {
		error = copy_page(
		    maker, at, offset + mapped, bytes - mapped, segment->prot);
		at += PAGE;
	}
	if (error == 0)
		error = map_zeros(maker, at, end - at, segment->prot);
	return error;
}

/*
 * Insert send rights that we have into the new task. A right may stand in the
 * table twice: the task has one name for it, with a reference for each.
 */
static int
give_right(struct maker *maker, const mach_port_t *rights,
    mach_port_name_t *names, size_t at)
{
	mach_port_t right = rights[at];
	kern_return_t kr;

	names[at] = MACH_PORT_NULL;
	if (!MACH_PORT_VALID(right))
		return 0;
	for (size_t i = 0; i < at; i++) {
		if (rights[i] == right && MACH_PORT_VALID(names[i])) {
			names[at] = names[i];
			return errno_of(mach_port_mod_refs(
			    maker->task, names[i], MACH_PORT_RIGHT_SEND, 1));
		}
	}
	names[at] = NAME(FIRST_INDEX + maker->names++);
	kr = mach_port_insert_right(
	    maker->task, names[at], right, MACH_MSG_TYPE_COPY_SEND);
	if (kr == KERN_INVALID_CAPABILITY) {
		/* Its server has died meanwhile. */
		names[at] = MACH_PORT_DEAD;
		return 0;
	}
	return errno_of(kr);
}

static int
give_rights(struct maker *maker, mach_port_name_t *names)
{
	static mach_port_t rights[(size_t)PROC_PORT_FD + PROC_FD_MAX];
	size_t count = maker->request->port_count;
	int error = 0;

	memcpy(rights, maker->request->ports, count * sizeof(*rights));
	if (maker->root != MACH_PORT_NULL)
		rights[PROC_PORT_ROOT] = maker->root;
	for (size_t i = 0; i < count && error == 0; i++)
		error = give_right(maker, rights, names, i);
	return error;
}

/* The process's own port, in the new task. */
static int
give_process(struct maker *maker, mach_port_name_t *name)
{
	*name = NAME(FIRST_INDEX + maker->names++);
	return errno_of(mach_port_insert_right(
	    maker->task, *name, maker->process->port, MACH_MSG_TYPE_MAKE_SEND));
}

static int
make_stack(struct maker *maker, const struct startup *startup, uint64_t *sp)
{
	size_t size = startup_size(startup);
	vm_size_t pages = (size + PAGE - 1) & ~(PAGE - 1);
	vm_address_t block = 0;
	int error;

	if (size == 0)
		return EINVAL;
	if (size > BLOCK_MAX)
		return E2BIG;
	if (syscall_vm_allocate(mach_task_self(), &block, pages, TRUE) !=
	    KERN_SUCCESS)
		return ENOMEM;
	*sp = startup_build(startup, (char *)block + pages - size, STACK_TOP);
	error = give_memory(maker->task, block, STACK_TOP - pages, pages,
	    VM_PROT_READ | VM_PROT_WRITE);
	if (error != 0)
		return error;
	return map_zeros(maker, STACK_TOP - STACK_SIZE, STACK_SIZE - pages,
	    VM_PROT_READ | VM_PROT_WRITE);
}

/* The descriptor table with names of the new task for indexes of ports. */
static int
translate_fds(const struct image_request *request,
    const mach_port_name_t *names, struct startup_fd *fds)
{
	size_t count = request->fds_size / sizeof(*fds);

	for (size_t i = 0; i < count; i++) {
		fds[i] = request->fds[i];
		if (fds[i].port >= request->port_count || fds[i].fd < 0 ||
		    fds[i].fd >= PROC_FD_MAX)
			return EINVAL;
		fds[i].port = names[fds[i].port];
		if (fds[i].port == MACH_PORT_NULL)
			return EINVAL;
	}
	return 0;
}

static int
make_rights_and_stack(
    struct maker *maker, struct image_result *result, uint64_t *sp)
{
	const struct image_request *request = maker->request;
	static mach_port_name_t names[(size_t)PROC_PORT_FD + PROC_FD_MAX];
	static struct startup_fd fds[PROC_FD_MAX];
	mach_port_name_t proc;
	int error = give_process(maker, &proc);

	if (error == 0)
		error = give_rights(maker, names);
	if (error == 0)
		error = translate_fds(request, names, fds);
	if (error == 0) {
		const struct startup_aux aux[] = {
		    {STARTUP_PROC, proc},
		    {STARTUP_ROOT, names[PROC_PORT_ROOT]},
		    {STARTUP_CWD, names[PROC_PORT_CWD]},
		    {STARTUP_SIGNALS, result->page_there},
		    {STARTUP_UMASK, request->umask},
		};
		struct startup startup = {
		    .image = &maker->elf,
		    .args = request->args,
		    .args_size = request->args_size,
		    .envs = request->envs,
		    .envs_size = request->envs_size,
		    .fds = fds,
		    .fd_count = request->fds_size / sizeof(*fds),
		    .aux = aux,
		    .aux_count = sizeof(aux) / sizeof(aux[0]),
		};

		(void)getentropy(startup.random, sizeof(startup.random));
		error = make_stack(maker, &startup, sp);
	}
	return error;
}

static int
make_thread(struct maker *maker, struct image_result *result, uint64_t sp)
{
	struct thread_general_state state = {0};
	kern_return_t kr = thread_create(maker->task, &result->thread);

	THREAD_STATE_PC(&state) = maker->elf.entry;
	THREAD_STATE_SP(&state) = sp;
	if (kr == KERN_SUCCESS)
		kr = thread_set_state(result->thread, THREAD_STATE_GENERAL,
		    (natural_t *)(void *)&state, THREAD_STATE_GENERAL_COUNT);
	return errno_of(kr);
}

static int
fill_task(struct maker *maker, struct image_result *result)
{
	uint64_t sp = 0;
	int error = image_identity(
	    maker->process, maker->task, result->euid, result->egid);

	for (unsigned i = 0; i < maker->elf.segment_count && error == 0; i++)
		error = make_segment(maker, &maker->elf.segment[i]);
	if (error == 0) {
		result->page_there = SIGNAL_PAGE;
		result->page = image_signal_page(maker->task, SIGNAL_PAGE);
		if (result->page == NULL)
			error = ENOMEM;
	}
	if (error == 0)
		error = make_rights_and_stack(maker, result, &sp);
	if (error == 0)
		error = make_thread(maker, result, sp);
	return error;
}

static bool
is_sane(const struct image_request *request)
{
	return request->port_count >= PROC_PORT_FD &&
	       request->port_count <= PROC_PORT_FD + PROC_FD_MAX &&
	       request->fds_size <= PROC_FD_MAX * sizeof(struct startup_fd) &&
	       request->fds_size % sizeof(struct startup_fd) == 0;
}

int
image_make(const struct process *process, const struct image_request *request,
    struct image_result *result)
{
	struct maker maker = {
	    .process = process,
	    .request = request,
	    .result = result,
	    .file = request->file,
	};
	int error;

	memset(result, 0, sizeof(*result));
	result->euid = process->euid;
	result->egid = process->egid;
	if (!is_sane(request))
		return EINVAL;
	error = open_program(&maker);
	if (error == 0 &&
	    task_create(mach_task_self(), FALSE, &maker.task) != KERN_SUCCESS)
		error = ENOMEM;
	if (error == 0) {
		result->task = maker.task;
		error = fill_task(&maker, result);
	}
	if (maker.object != MACH_PORT_NULL)
		(void)syscall_mach_port_deallocate(
		    mach_task_self(), maker.object);
	if (maker.file != request->file)
		(void)syscall_mach_port_deallocate(
		    mach_task_self(), maker.file);
	if (error != 0)
		image_drop(result);
	return error;
}

void
image_drop(struct image_result *result)
{
	if (result->task != MACH_PORT_NULL) {
		(void)task_terminate(result->task);
		(void)syscall_mach_port_deallocate(
		    mach_task_self(), result->task);
	}
	if (result->thread != MACH_PORT_NULL)
		(void)syscall_mach_port_deallocate(
		    mach_task_self(), result->thread);
	image_release_page(result->page);
	memset(result, 0, sizeof(*result));
}
