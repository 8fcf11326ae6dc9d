/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * What a new task has of its maker: root, current directory and descriptors,
 * under small names, and its process's port.
 */
#include <mach/mach_port_user.h>

#include <errno.h>
#include <string.h>

#include "image.h"

/* Names that a new task finds its rights under: small indexes, generation 1. */
#define FIRST_INDEX 16U
#define NAME(index) (((index) << 8) | 1U)
#define RIGHTS_MAX  ((size_t)PROC_PORT_FD + PROC_FD_MAX)

struct giver {
	mach_port_t task;
	unsigned names; /* given so far */
	mach_port_t rights[RIGHTS_MAX];
	mach_port_name_t given[RIGHTS_MAX];
};

/*
 * A right may be there twice: the task has one name for it, with a reference
 * for each.
 */
static int
give_right(struct giver *giver, size_t at)
{
	mach_port_t right = giver->rights[at];
	mach_port_name_t *given = giver->given;
	kern_return_t kr;

	given[at] = MACH_PORT_NULL;
	if (!MACH_PORT_VALID(right))
		return 0;
	for (size_t i = 0; i < at; i++) {
		if (giver->rights[i] == right && MACH_PORT_VALID(given[i])) {
			given[at] = given[i];
			return image_errno(mach_port_mod_refs(
			    giver->task, given[i], MACH_PORT_RIGHT_SEND, 1));
		}
	}
	given[at] = NAME(FIRST_INDEX + giver->names++);
	kr = mach_port_insert_right(
	    giver->task, given[at], right, MACH_MSG_TYPE_COPY_SEND);
	if (kr == KERN_INVALID_CAPABILITY) {
		/* Its server has died meanwhile. */
		given[at] = MACH_PORT_DEAD;
		return 0;
	}
	return image_errno(kr);
}

static int
give_process(
    struct giver *giver, const struct process *process, mach_port_name_t *name)
{
	*name = NAME(FIRST_INDEX + giver->names++);
	return image_errno(mach_port_insert_right(
	    giver->task, *name, process->port, MACH_MSG_TYPE_MAKE_SEND));
}

/* The descriptor table with names of the new task for indexes of ports. */
static int
translate_fds(struct rights *rights, const struct giver *giver,
    const struct image_request *request)
{
	rights->fd_count = request->fds_size / sizeof(rights->fds[0]);
	for (size_t i = 0; i < rights->fd_count; i++) {
		struct startup_fd *fd = &rights->fds[i];

		*fd = request->fds[i];
		if (fd->port >= request->port_count || fd->fd < 0 ||
		    fd->fd >= PROC_FD_MAX)
			return EINVAL;
		fd->port = giver->given[fd->port];
		if (fd->port == MACH_PORT_NULL)
			return EINVAL;
	}
	return 0;
}

int
rights_give(struct rights *rights, mach_port_t task,
    const struct process *process, const struct image_request *request,
    mach_port_t root)
{
	static struct giver giver;
	int error;

	giver.task = task;
	giver.names = 0;
	memcpy(giver.rights, request->ports,
	    request->port_count * sizeof(giver.rights[0]));
	if (root != MACH_PORT_NULL)
		giver.rights[PROC_PORT_ROOT] = root;
	error = give_process(&giver, process, &rights->proc);
	for (size_t i = 0; i < request->port_count && error == 0; i++)
		error = give_right(&giver, i);
	rights->root = giver.given[PROC_PORT_ROOT];
	rights->cwd = giver.given[PROC_PORT_CWD];
	return error != 0 ? error : translate_fds(rights, &giver, request);
}
