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

#include <mach/mach_port_user.h>
#include <mach/task_user.h>
#include <mach/thread_act_user.h>
#include <mach/traps.h>
#include <mach/vm_map_user.h>

#include <errno.h>
#include <libexec/startup.h>
#include <libports/ports.h>
#include <program_user.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#define PAGE          4096UL
#define STACK_TOP     0x7fffff000000UL
#define STACK_SIZE    (8UL * 1024 * 1024)
#define SIGNAL_PAGE   0x7fffff800000UL
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
	vm_prot_t current, maximum;

	if (syscall_vm_allocate(mach_task_self(), &here, SIGNAL_PAGE_SIZE,
		TRUE) != KERN_SUCCESS)
		return NULL;
	if (vm_remap(task, &there, SIGNAL_PAGE_SIZE, 0, FALSE, mach_task_self(),
		here, FALSE, &current, &maximum,
		VM_INHERIT_NONE) == KERN_SUCCESS)
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

int
image_catch(const struct process *process, mach_port_t task)
{
	kern_return_t kr;

	(void)ports_right(process->port);
	kr = task_set_special_port(task, TASK_EXCEPTION_PORT, process->port);
	(void)syscall_mach_port_deallocate(mach_task_self(), process->port);
	return image_errno(kr);
}

static int
set_identity(mach_port_t task, uint32_t euid, uint32_t egid)
{
	const security_token_t token = {{euid, egid}};

	return image_errno(task_set_security_token(task, token, host_priv));
}

static int
map_file(struct maker *maker, vm_address_t address, vm_size_t size,
    uint64_t offset, int prot)
{
	bool copy = (prot & VM_PROT_WRITE) != 0;

	if (size == 0)
		return 0;
	return image_errno(vm_map(maker->task, &address, size, 0, FALSE,
	    maker->program.object, offset, copy, prot,
	    copy ? VM_PROT_ALL : VM_PROT_READ | VM_PROT_EXECUTE,
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
	return image_errno(kr);
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
	return image_errno(kr);
}

/* One page: `size` bytes of the file from offset, then zeros. */
static int
copy_page(struct maker *maker, vm_address_t address, uint64_t offset,
    size_t size, int prot)
{
	mach_msg_type_number_t got = (mach_msg_type_number_t)size;
	vm_address_t page = 0;
	kern_return_t kr;

	if (syscall_vm_allocate(mach_task_self(), &page, PAGE, TRUE) !=
	    KERN_SUCCESS)
		return ENOMEM;
	kr = program_io_read(
	    maker->program.file, (int64_t)offset, (char *)page, &got);
	if (kr == KERN_SUCCESS && got == size)
		return give_memory(maker->task, page, address, PAGE, prot);
	(void)syscall_vm_deallocate(mach_task_self(), page, PAGE);
	return kr != KERN_SUCCESS ? image_errno(kr) : ENOEXEC;
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

static int
make_rights_and_stack(
    struct maker *maker, const struct image_result *result, uint64_t *sp)
{
	const struct image_request *request = maker->request;
	static struct rights rights;
	int error = rights_give(
	    &rights, maker->task, maker->process, request, maker->program.root);

	if (error == 0) {
		const struct startup_aux aux[] = {
		    {STARTUP_PROC, rights.proc},
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

	THREAD_STATE_PC(&state) = maker->program.elf.entry;
	THREAD_STATE_SP(&state) = sp;
	if (kr == KERN_SUCCESS)
		kr = thread_set_state(result->thread, THREAD_STATE_GENERAL,
		    (natural_t *)(void *)&state, THREAD_STATE_GENERAL_COUNT);
	return image_errno(kr);
}

static int
fill_task(struct maker *maker, struct image_result *result)
{
	uint64_t sp = 0;
	int error = image_catch(maker->process, maker->task);

	if (error == 0)
		error = set_identity(maker->task, result->euid, result->egid);
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

/* What the kernel lets a process have: what it had before, or init's lot. */
static bool
limit_task(const struct process *process, mach_port_t task)
{
	task_limits_t limits = {.names = LIMIT_NAMES,
	    .threads = LIMIT_THREADS,
	    .queued = LIMIT_QUEUED};

	if (process->task != MACH_PORT_NULL)
		(void)task_get_limits(process->task, &limits);
	return task_set_limits(task, limits, MACH_PORT_NULL) == KERN_SUCCESS;
}

int
image_make(const struct process *process, const struct image_request *request,
    struct image_result *result)
{
	struct maker maker = {.process = process, .request = request};
	int error;

	memset(result, 0, sizeof(*result));
	if (!is_sane(request))
		return EINVAL;
	error = program_open(&maker.program, process, request);
	if (error == 0 &&
	    task_create(mach_task_self(), FALSE, &maker.task) != KERN_SUCCESS)
		error = ENOMEM;
	if (error == 0) {
		result->task = maker.task;
		result->euid = maker.program.euid;
		result->egid = maker.program.egid;
		error = limit_task(process, maker.task)
			    ? fill_task(&maker, result)
			    : ENOMEM;
	}
	program_close(&maker.program, request);
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
