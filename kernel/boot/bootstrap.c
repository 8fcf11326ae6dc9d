/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * The first task: the program "bootstrap" from the loader's cpio archive. It
 * gets the whole archive mapped read-only, send rights to the privileged host
 * and device master ports, and a start-up block as every program
 * (servers/process_types.h).
 *
 * Loading runs in the new task's own first thread, in the kernel, so that user
 * memory is reached as for any system call.
 */
#include <arch/copy.h>
#include <arch/vm_param.h>

#include <boot/bootinfo.h>
#include <boot/bootstrap.h>
#include <boot/elf.h>
#include <ipc/ipc_kobject.h>
#include <kern/convert.h>
#include <kern/panic.h>
#include <kern/printf.h>
#include <kern/sched.h>
#include <kern/string.h>
#include <lib/cpio.h>
#include <servers/process_types.h>
#include <thread_act_server.h>
#include <vm/vm_kernel.h>

#define BOOTSTRAP_STACK (256 * 1024UL)

static const struct boot_module *
archive_module(void)
{
	for (unsigned i = 0; i < bootinfo.module_count; i++) {
		if (strstr(bootinfo.module[i].name, "bootstrap") != NULL)
			return &bootinfo.module[i];
	}
	if (bootinfo.module_count > 0)
		return &bootinfo.module[0];
	panic("the loader brought no bootstrap archive: boot with "
	      "\"module2 /boot/bootstrap.cpio\" (x86_64) or "
	      "\"initrd /boot/bootstrap.cpio\" (aarch64)");
}

static mach_port_name_t
give(struct ipc_port *port)
{
	return ipc_port_give_send(port, current_task()->space);
}

/* argv, auxiliary vector and command line at the top of a new stack. */
static vm_address_t
push_startup(const struct elf_image *image, vm_address_t archive, size_t size)
{
	vm_address_t stack = VM_MAX_ADDRESS - BOOTSTRAP_STACK;
	vm_address_t top = VM_MAX_ADDRESS;
	vm_address_t text = top - BOOT_CMDLINE - 32;
	const uint64_t block[] = {1, text + BOOT_CMDLINE, 0,
	    0, /* argc, argv, envp */
	    STARTUP_AT_PHDR, image->phdr, STARTUP_AT_PHNUM, image->phnum,
	    STARTUP_AT_PHENT, 56, STARTUP_AT_PAGESZ, VM_PAGE_SIZE,
	    STARTUP_AT_ENTRY, image->entry, STARTUP_HOST_PRIV,
	    give(the_host.priv_port), STARTUP_DEVICE_MASTER,
	    give(the_host.device_master_port), STARTUP_ARCHIVE, archive,
	    STARTUP_ARCHIVE_SIZE, size, STARTUP_CMDLINE, text, STARTUP_AT_NULL,
	    0};
	vm_address_t sp = (text - sizeof(block)) & ~15UL;

	if (vm_map_allocate(current_task()->map, &stack, BOOTSTRAP_STACK, false,
		VM_PROT_READ | VM_PROT_WRITE) != KERN_SUCCESS ||
	    !copyout(bootinfo.cmdline, text, BOOT_CMDLINE) ||
	    !copyout("bootstrap", text + BOOT_CMDLINE, 10) ||
	    !copyout(block, sp, sizeof(block)))
		panic("no memory for the first task's stack");
	return sp;
}

/* The first thread of the first task, still in the kernel. */
static void
bootstrap_thread(void)
{
	const struct boot_module *module = archive_module();
	const void *archive = phys_to_virt(module->start);
	size_t archive_size = module->end - module->start;
	vm_address_t mapped = 0;
	struct thread_general_state state = {0};
	struct elf_image image;
	const char *wrong;
	const void *data;
	size_t size;

	if (!cpio_find(archive, archive_size, "bootstrap", &data, &size))
		panic("module %s (%zu bytes) is no cpio archive that holds a "
		      "file named bootstrap",
		    module->name, archive_size);
	wrong = elf_load(data, size, &image);
	if (wrong != NULL)
		panic("bootstrap in module %s: %s", module->name, wrong);
	if (vm_map_physical(current_task()->map, &mapped,
		VM_TRUNC_PAGE(module->start), VM_ROUND_PAGE(archive_size),
		VM_PROT_READ, VM_CACHE_NORMAL) != KERN_SUCCESS)
		panic("the bootstrap archive cannot be mapped");
	(void)thread_state_get(current_thread(), THREAD_STATE_GENERAL,
	    (natural_t *)&state,
	    &(mach_msg_type_number_t){THREAD_STATE_GENERAL_COUNT});
	THREAD_STATE_PC(&state) = image.entry;
	THREAD_STATE_SP(&state) = push_startup(
	    &image, mapped + (module->start & VM_PAGE_MASK), archive_size);
	if (thread_state_set(current_thread(), THREAD_STATE_GENERAL,
		(const natural_t *)&state,
		THREAD_STATE_GENERAL_COUNT) != KERN_SUCCESS)
		panic("bootstrap in module %s has entry address 0x%lx, "
		      "outside user memory",
		    module->name, image.entry);
	thread_return();
}

void
bootstrap_start(void)
{
	struct task *task;
	struct thread *thread;

	if (task_create_from(kernel_task, false, &task) != KERN_SUCCESS ||
	    thread_create_in(task, &thread) != KERN_SUCCESS)
		panic("no memory for the first task");
	strlcpy(task->name, "bootstrap", sizeof(task->name));
	strlcpy(thread->name, "bootstrap", sizeof(thread->name));
	thread->continuation = bootstrap_thread;
	thread_resume(thread);
	thread_release(thread);
	task_release(task);
}
