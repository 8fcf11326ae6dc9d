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
 * could hold it up.
 */
#include "image.h"

#include <mach/task_user.h>
#include <mach/thread_act_user.h>
#include <mach/traps.h>

#include <errno.h>
#include <libexec/startup.h>
#include <libports/ports.h>
#include <librandom/random.h>
#include <stdio.h>
#include <string.h>

#define PAGE          4096UL
#define STACK_TOP     0x7fffff7f0000UL
#define STACK_SIZE    (8UL * 1024 * 1024)
#define SIGNAL_PAGE   0x7fffff7f8000UL
#define LIMIT_NAMES   65536 /* of the kernel: task_set_limits */
#define LIMIT_THREADS 1024
#define LIMIT_QUEUED  16384
#define BLOCK_MAX     (1024UL * 1024) /* of arguments and environment */

/* The program while it is being made into a task. */
struct maker {
	const struct process *process;
	const struct image_request *request;
	struct program program;
	mach_port_t task;
};

struct signal_page *
image_signal_page(mach_port_t task, vm_address_t there)
{
	vm_address_t here = 0;

	if (syscall_vm_allocate(mach_task_self(), &here, SIGNAL_PAGE_SIZE,
		TRUE) != KERN_SUCCESS)
		return NULL;
	if (syscall_vm_share(task, there, here, SIGNAL_PAGE_SIZE) ==
	    KERN_SUCCESS)
		return (struct signal_page *)here;
	(void)syscall_vm_deallocate(mach_task_self(), here, SIGNAL_PAGE_SIZE);
	return NULL;
}

void
image_release_page(struct signal_page *page)
{
	if (page != NULL)
		(void)syscall_vm_deallocate(
		    mach_task_self(), (vm_address_t)page, SIGNAL_PAGE_SIZE);
}

static int
map_file(struct maker *maker, vm_address_t address, vm_size_t size,
    uint64_t offset, int prot)
{
	if (size == 0)
		return 0;
	return image_errno(syscall_vm_map_object(
	    maker->task, address, size, maker->program.object, offset, prot));
}

/* A part of the new task's memory. */
struct piece {
	vm_address_t address;
	vm_size_t size;
};

static int
map_zeros(struct maker *maker, const struct piece *piece, int prot)
{
	vm_address_t address = piece->address;
	kern_return_t kr;

	if (piece->size == 0)
		return 0;
	kr = syscall_vm_allocate(maker->task, &address, piece->size, FALSE);
	if (kr == KERN_SUCCESS && prot != (VM_PROT_READ | VM_PROT_WRITE))
		kr = syscall_vm_protect(
		    maker->task, address, piece->size, FALSE, prot);
	return image_errno(kr);
}

/* Memory that begins with `size` bytes of the file from offset, then zeros. */
static int
map_copied(struct maker *maker, const struct piece *piece, uint64_t offset,
    size_t size, int prot)
{
	static char bytes[PAGE];
	int error = program_read(&maker->program, offset, bytes, size);
	kern_return_t kr;

	if (error == 0)
		error = map_zeros(maker, piece, VM_PROT_READ | VM_PROT_WRITE);
	if (error != 0)
		return error;
	kr = syscall_vm_write(maker->task, piece->address, bytes, size);
	if (kr == KERN_SUCCESS && prot != (VM_PROT_READ | VM_PROT_WRITE))
		kr = syscall_vm_protect(
		    maker->task, piece->address, piece->size, FALSE, prot);
	return image_errno(kr);
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
	struct piece rest = {start + mapped, end - (start + mapped)};
	int error = map_file(maker, start, mapped, offset, segment->prot);

	if (error != 0)
		return error;
	if (bytes > mapped)
		return map_copied(maker, &rest, offset + mapped, bytes - mapped,
		    segment->prot);
	return map_zeros(maker, &rest, segment->prot);
}

/* The pages of the start-up block apart: most programs need no others. */
static int
make_stack(struct maker *maker, struct startup *startup, uint64_t *sp)
{
	static uint64_t usual[PAGE / sizeof(uint64_t)];
	size_t size = startup_size(startup);
	vm_size_t pages = (size + PAGE - 1) & ~(PAGE - 1);
	const struct piece top = {STACK_TOP - pages, pages};
	const struct piece rest = {STACK_TOP - STACK_SIZE, STACK_SIZE - pages};
	vm_address_t block = (vm_address_t)usual;
	int error;

	if (size == 0)
		return EINVAL;
	if (size > BLOCK_MAX)
		return E2BIG;
	if (size > sizeof(usual) && syscall_vm_allocate(mach_task_self(),
					&block, size, TRUE) != KERN_SUCCESS)
		return ENOMEM;
	*sp = startup_build(startup, (void *)block, STACK_TOP);
	error = map_zeros(maker, &top, VM_PROT_READ | VM_PROT_WRITE);
	if (error == 0)
		error = image_errno(syscall_vm_write(
		    maker->task, *sp, (const void *)block, size));
	if (error == 0)
		error = map_zeros(maker, &rest, VM_PROT_READ | VM_PROT_WRITE);
	if (size > sizeof(usual))
		(void)syscall_vm_deallocate(mach_task_self(), block, size);
	return error;
}

static int
make_rights_and_stack(struct maker *maker, struct image_result *result)
{
	const struct image_request *request = maker->request;
	static struct rights rights;
	int error =
	    rights_give(&rights, maker->task, request, maker->program.root);

	if (error == 0) {
		const struct startup_aux aux[] = {
		    {STARTUP_PROC, RIGHTS_PROC},
		    {STARTUP_ROOT, rights.root},
		    {STARTUP_CWD, rights.cwd},
		    {STARTUP_SIGNALS, result->page_there},
		    {STARTUP_UMASK, request->umask},
		};
		struct startup startup = {
		    .image = &maker->program.elf,
		    .args = request->args,
		    .args_size = request->args_size,
		    .envs = request->envs,
		    .envs_size = request->envs_size,
		    .fds = rights.fds,
		    .fd_count = rights.fd_count,
		    .aux = aux,
		    .aux_count = sizeof(aux) / sizeof(aux[0]),
		};

		result->strings = (struct strings_place){
		    .args = STACK_TOP - request->args_size,
		    .args_size = request->args_size,
		    .envs = STACK_TOP - request->args_size - request->envs_size,
		    .envs_size = request->envs_size,
		};
		random_read(startup.random, sizeof(startup.random));
		error = make_stack(maker, &startup, &result->sp);
	}
	return error;
}

int
image_start(struct image_result *image)
{
	struct thread_general_state state = {0};

	THREAD_STATE_PC(&state) = image->entry;
	THREAD_STATE_SP(&state) = image->sp;
	return image_errno(thread_create_running(image->task,
	    THREAD_STATE_GENERAL, (natural_t *)(void *)&state,
	    THREAD_STATE_GENERAL_COUNT, &image->thread));
}

static int
fill_task(struct maker *maker, struct image_result *result)
{
	int error = 0;

	for (unsigned i = 0; i < maker->program.elf.segment_count && error == 0;
	     i++)
		error = make_segment(maker, &maker->program.elf.segment[i]);
	if (error == 0) {
		result->page_there = SIGNAL_PAGE;
		result->page = image_signal_page(maker->task, SIGNAL_PAGE);
		if (result->page == NULL)
			error = ENOMEM;
	}
	if (error == 0)
		error = make_rights_and_stack(maker, result);
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

static const char *
image_name(const char *path)
{
	const char *slash = strrchr(path, '/');

	return slash != NULL ? slash + 1 : path;
}

/*
 * What the kernel lets a process have: as much as before, or as its parent, or
 * init's lot. Who traces it traces the new task as well; but a program that has
 * become somebody else is nobody's to look into.
 */
static int
make_task(struct maker *maker, const char *name)
{
	static const task_limits_t limits = {
	    .names = LIMIT_NAMES,
	    .threads = LIMIT_THREADS,
	    .queued = LIMIT_QUEUED,
	};
	const struct process *process = maker->process;
	const struct program *program = &maker->program;
	bool is_child = process->task == MACH_PORT_NULL;
	const struct process *like = is_child ? process->parent : process;
	const security_token_t token = {{program->euid, program->egid}};
	int options = is_child ? TASK_PROCESS_CHILD : 0;
	kern_return_t kr;

	if (program->euid == process->euid && program->egid == process->egid)
		options |= TASK_PROCESS_TRACE;
	kr = task_create_process(mach_task_self(), options,
	    like != NULL ? like->task : MACH_PORT_NULL, process->port,
	    RIGHTS_PROC, token, name, host_priv, &maker->task);
	if (kr == KERN_SUCCESS && like == NULL)
		kr = task_set_limits(maker->task, limits, MACH_PORT_NULL);
	if (kr == KERN_SUCCESS && (program->euid == 0) != (process->euid == 0))
		nice_apply(process, maker->task, program->euid);
	return image_errno(kr);
}

int
image_make(const struct process *process, const struct image_request *request,
    struct image_result *result)
{
	struct maker maker = {.process = process, .request = request};
	const struct process *like =
	    process->task == MACH_PORT_NULL ? process->parent : process;
	int error;

	memset(result, 0, sizeof(*result));
	if (!is_sane(request))
		return EINVAL;
	if (like != NULL && memory_is_short(like->task))
		return ENOMEM;
	error = program_open(&maker.program, process, request);
	result->name = image_name(request->path);
	if (error == 0)
		error = make_task(&maker, result->name);
	if (error == 0) {
		result->task = maker.task;
		result->euid = maker.program.euid;
		result->egid = maker.program.egid;
		result->entry = maker.program.elf.entry;
		error = fill_task(&maker, result);
	}
	if (error == 0) {
		result->program = maker.program.file;
		result->found = result->program != request->file;
	}
	program_close(&maker.program, request, error == 0);
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
	if (result->found)
		(void)syscall_mach_port_deallocate(
		    mach_task_self(), result->program);
	image_release_page(result->page);
	memset(result, 0, sizeof(*result));
}
