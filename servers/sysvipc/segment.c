/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Segments of shared memory. The memory belongs to two memory entries, one of
 * which cannot be written; the server has it not mapped. An attachment is a
 * port of which the attaching task has a send right: a forked child has one
 * too, and exec and exit let go of it, so the kernel's count of send rights is
 * how often the segment is attached.
 */
#include <mach/host_user.h>
#include <mach/mach_port_user.h>
#include <mach/traps.h>
#include <mach/vm_map_user.h>

#include <errno.h>
#include <libmach/mach.h>
#include <libports/ports.h>
#include <servers/sysvipc_server.h>
#include <stdlib.h>
#include <sys/shm.h>

#include "object.h"

#define ATTACHMENTS_MAX 4096

enum access {
	WRITABLE,
	READ_ONLY,
	ACCESSES,
};

struct segment {
	struct object object; /* first */
	uint64_t size;
	mach_port_t memory[ACCESSES];
	struct attachment *attachments;
	int64_t attached, detached; /* s since 1970 */
	int last_pid, creator;
};

struct attachment {
	struct attachment *next;
	struct segment *segment;
	mach_port_t port;
};

static uint64_t bytes_left; /* of what all segments may have */
static bool limit_known;
static unsigned attachment_count;

/* Half the memory there is: nothing of a segment can be paged out. */
static void
learn_limit(void)
{
	host_basic_info_data_t info;
	mach_msg_type_number_t count = HOST_BASIC_INFO_COUNT;

	if (limit_known ||
	    host_info(mach_host_self(), HOST_BASIC_INFO,
		(integer_t *)(void *)&info, &count) != KERN_SUCCESS)
		return;
	limit_known = true;
	bytes_left = info.memory_size / 2;
}

static void
drop_right(mach_port_t right)
{
	if (MACH_PORT_VALID(right))
		(void)syscall_mach_port_deallocate(mach_task_self(), right);
}

static kern_return_t
make_entries(vm_address_t address, struct segment *segment)
{
	static const vm_prot_t prot[ACCESSES] = {
	    [WRITABLE] = VM_PROT_READ | VM_PROT_WRITE,
	    [READ_ONLY] = VM_PROT_READ,
	};
	kern_return_t kr = KERN_SUCCESS;

	for (unsigned i = 0; i < ACCESSES && kr == KERN_SUCCESS; i++) {
		vm_size_t size = segment->size;

		kr = mach_make_memory_entry(mach_task_self(), &size, address,
		    prot[i], &segment->memory[i], MACH_PORT_NULL);
	}
	return kr;
}

static void
free_segment(struct segment *segment)
{
	for (unsigned i = 0; i < ACCESSES; i++)
		drop_right(segment->memory[i]);
	bytes_left += segment->size;
	free(segment);
}

static int
segment_create(uint64_t size, int pid, struct object **object)
{
	struct segment *segment;
	vm_address_t address = 0;
	kern_return_t kr;

	if (size == 0 || size > SYSV_SHM_MAX)
		return EINVAL;
	learn_limit();
	if (size > bytes_left)
		return ENOSPC;
	segment = calloc(1, sizeof(*segment));
	if (segment == NULL)
		return ENOMEM;
	segment->size = size;
	segment->creator = pid;
	bytes_left -= size;
	kr = syscall_vm_allocate(mach_task_self(), &address, size, TRUE);
	if (kr == KERN_SUCCESS) {
		kr = make_entries(address, segment);
		(void)syscall_vm_deallocate(mach_task_self(), address, size);
	}
	if (kr != KERN_SUCCESS) {
		free_segment(segment);
		return ENOMEM;
	}
	*object = &segment->object;
	return 0;
}

static bool
segment_fits(const struct object *object, uint64_t size)
{
	return size <= ((const struct segment *)object)->size;
}

static void
segment_describe(const struct object *object, struct sysv_info *info)
{
	const struct segment *segment = (const struct segment *)object;
	mach_port_rights_t rights;

	info->size = segment->size;
	info->time[0] = (uint64_t)segment->attached;
	info->time[1] = (uint64_t)segment->detached;
	info->pid[0] = (uint64_t)segment->last_pid;
	info->pid[1] = (uint64_t)segment->creator;
	for (const struct attachment *a = segment->attachments; a != NULL;
	     a = a->next)
		if (mach_port_get_srights(mach_task_self(), a->port, &rights) ==
		    KERN_SUCCESS)
			info->count += rights;
}

static void
segment_remove(struct object *object)
{
	struct segment *segment = (struct segment *)object;

	if (segment->attachments == NULL) {
		object_forget(object);
		free_segment(segment);
		return;
	}
	object->mode |= SHM_DEST;
	object_forget_key(object);
}

const struct kind segment_kind = {
    .number = SYSV_SHM,
    .create = segment_create,
    .fits = segment_fits,
    .describe = segment_describe,
    .remove = segment_remove,
};

/* The last task let go of it. */
static void
attachment_release(void *object)
{
	struct attachment *attachment = object;
	struct segment *segment = attachment->segment;
	struct attachment **link = &segment->attachments;

	while (*link != attachment)
		link = &(*link)->next;
	*link = attachment->next;
	free(attachment);
	attachment_count--;
	segment->detached = object_now();
	if ((segment->object.mode & SHM_DEST) != 0)
		segment_remove(&segment->object);
}

static const struct ports_class attachment_class = {
    .name = "attachment",
    .release = attachment_release,
};

/* A right to the memory, and one to a new attachment. */
static int
attach(struct segment *segment, mach_port_t entry, mach_port_t *right)
{
	struct attachment *attachment;

	if (attachment_count >= ATTACHMENTS_MAX)
		return EMFILE;
	attachment = calloc(1, sizeof(*attachment));
	if (attachment == NULL)
		return ENOMEM;
	attachment->segment = segment;
	if (ports_create(&attachment_class, attachment, &attachment->port) !=
	    KERN_SUCCESS) {
		free(attachment);
		return ENOMEM;
	}
	if (mach_port_mod_refs(mach_task_self(), entry, MACH_PORT_RIGHT_SEND,
		1) != KERN_SUCCESS) {
		ports_destroy(attachment->port);
		free(attachment);
		return ENOMEM;
	}
	attachment->next = segment->attachments;
	segment->attachments = attachment;
	attachment_count++;
	*right = ports_right(attachment->port);
	return 0;
}

kern_return_t
/* NOLINTNEXTLINE(readability-function-size): the interface has so many */
S_sysv_attach(mach_port_t server, int id, int read_only, int pid,
    mach_port_t *memory, uint64_t *size, mach_port_t *attachment)
{
	struct segment *segment;
	int error;

	(void)server;
	segment = object_find(&segment_kind, id,
	    read_only ? OBJECT_READ : OBJECT_READ | OBJECT_WRITE, &error);
	if (segment == NULL)
		return SERVER_ERROR(error);
	*memory = segment->memory[read_only ? READ_ONLY : WRITABLE];
	error = attach(segment, *memory, attachment);
	if (error != 0)
		return SERVER_ERROR(error);
	*size = segment->size;
	segment->attached = object_now();
	segment->last_pid = pid;
	return KERN_SUCCESS;
}

kern_return_t
S_sysv_detach(mach_port_t port, int pid)
{
	struct attachment *attachment = ports_lookup(port, &attachment_class);

	if (attachment == NULL)
		return SERVER_ERROR(EINVAL);
	attachment->segment->detached = object_now();
	attachment->segment->last_pid = pid;
	return KERN_SUCCESS;
}
