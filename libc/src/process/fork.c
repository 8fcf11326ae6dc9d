/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * fork(). The process server copies the task while this thread waits for the
 * answer; the child starts on a small stack in its copy and jumps back to where
 * its parent was.
 */
#include "fork.h"

#include <libmach/mach.h>
#include <libmach/tcb.h>
#include <servers/process_user.h>
#include <setjmp.h>
#include <string.h>
#include <unistd.h>

#include "allocator.h"
#include "descriptor.h"
#include "direct.h"
#include "file.h"
#include "process.h"
#include "record_lock.h"
#include "signal_state.h"
#include "thread.h"

static unsigned char child_stack[1024] __attribute__((__aligned__(16)));
static jmp_buf back;
static struct signal_thread saved; /* the mask and the stack of signals */

static void
lock_library(void)
{
	__stdio_lock_all();
	__malloc_lock();
	__descriptors_lock();
	__direct_give_up_all();
}

static void
unlock_library(bool child)
{
	__descriptors_unlock();
	__malloc_unlock(child);
	__stdio_unlock_all(child);
}

/* The child's first step, from fork_entry.S. */
void
__fork_child(void)
{
	longjmp(back, 1);
}

/* All of it but this process's ports and memory belongs to the parent. */
static void
become_child(void)
{
	mach_init_forked();
	__direct_forked();
	__record_locks_forked();
	unlock_library(true);
	__threads_forked();
	__once_forked();
	__threaded = 0;
}

pid_t
fork(void)
{
	struct mach_tcb *tcb = mach_tcb_self();
	uint64_t mask = __signal_thread()->blocked;
	kern_return_t code;
	int pid;

	__atfork_prepare();
	/* No handler may start on the child's first stack. */
	__atomic_store_n(&__signal_thread()->blocked, ~0UL, __ATOMIC_SEQ_CST);
	lock_library();
	if (setjmp(back) != 0) {
		become_child();
		__signal_forked(&saved);
		__atfork_child();
		return 0;
	}
	saved = *__signal_thread();
	saved.blocked = mask;
	code = proc_fork(__process.proc, __process.proc,
	    (vm_address_t)__fork_entry,
	    (vm_address_t)(child_stack + sizeof(child_stack)),
	    mach_tcb_base(tcb, sizeof(*tcb)), 0, &pid);
	unlock_library(false);
	__signal_set_mask(mask);
	__atfork_parent();
	return __result(code) == 0 ? pid : -1;
}

/* The child shares nothing with its parent, as POSIX let vfork() do. */
pid_t
vfork(void)
{
	return fork();
}
