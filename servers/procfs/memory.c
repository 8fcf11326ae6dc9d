/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Reading a process's memory. Who pages it may be the process itself, and never
 * answer; the kernel would wait for it half a minute. So a thread of its own
 * reads, a piece at a time, and when it takes too long its wait is cut short.
 */
#include <mach/thread_act_user.h>
#include <mach/traps.h>
#include <mach/vm_map_user.h>

#include <errno.h>
#include <libmach/mach.h>
#include <libmach/thread.h>
#include <string.h>

#include "procfs.h"

#define CLOCK_BOOT 0
#define PIECE      8192U /* the kernel copies so much, and shares more */
#define LONGEST_NS 200000000ULL
#define AGAIN_NS   10000000ULL

enum { IDLE, ASKED, DONE };

/* The server writes while it is IDLE, its thread while it is ASKED. */
static struct {
	uint32_t state;
	mach_port_t task;
	vm_address_t address;
	vm_size_t size;
	kern_return_t result;
	_Alignas(8) char piece[PIECE];
} job;

static struct mach_thread *reader;

static uint32_t
state(void)
{
	return __atomic_load_n(&job.state, __ATOMIC_ACQUIRE);
}

static void
set_state(uint32_t state)
{
	__atomic_store_n(&job.state, state, __ATOMIC_RELEASE);
	(void)ulock_wake(&job.state, 1, 0);
}

static void
read_for_ever(void *argument)
{
	(void)argument;
	for (;;) {
		uint32_t now = state();
		vm_size_t size;

		if (now != ASKED) {
			(void)ulock_wait(&job.state, now, 0, 0);
			continue;
		}
		job.result = vm_read_overwrite(job.task, job.address, job.size,
		    (vm_address_t)job.piece, &size);
		set_state(DONE);
	}
}

/* The wait has an end: the reader's is ended again until it notices. */
static void
wait_for_reader(uint64_t deadline)
{
	while (state() == ASKED) {
		uint64_t now = clock_get_ns(CLOCK_BOOT);

		if (now >= deadline) {
			(void)thread_abort(mach_thread_port(reader));
			deadline = now + AGAIN_NS;
		}
		(void)ulock_wait(&job.state, ASKED, deadline - now, 0);
	}
}

static int
read_piece(mach_port_t task, uint64_t address, size_t size, uint64_t deadline)
{
	if (reader == NULL && mach_thread_create(&reader, read_for_ever, NULL,
				  MACH_THREAD_STACK) != KERN_SUCCESS)
		return ENOMEM;
	job.task = task;
	job.address = address;
	job.size = size;
	set_state(ASKED);
	wait_for_reader(deadline);
	__atomic_store_n(&job.state, IDLE, __ATOMIC_RELAXED);
	switch (job.result) {
	case KERN_SUCCESS:
		return 0;
	case KERN_INVALID_ADDRESS:
	case KERN_PROTECTION_FAILURE:
	case KERN_INVALID_ARGUMENT:
		return EFAULT;
	default:
		return EIO;
	}
}

int
memory_read(const struct proc_details *process, mach_port_t task,
    uint64_t address, void *to, size_t size)
{
	uint64_t since = clock_get_ns(CLOCK_BOOT);
	int error = patience_left(process) ? 0 : EIO;

	while (size > 0 && error == 0) {
		size_t part = size < PIECE ? size : PIECE;

		error = read_piece(task, address, part, since + LONGEST_NS);
		if (error == 0)
			memcpy(to, job.piece, part);
		to = (char *)to + part;
		address += part;
		size -= part;
	}
	patience_spend(process, since);
	return error;
}
