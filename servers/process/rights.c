/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * What a new task has of its maker: root, current directory and descriptors,
 * under small names, and its process's port.
 */
#include <mach/traps.h>

#include <errno.h>
#include <string.h>

#include "image.h"

#define RIGHTS_MAX ((size_t)PROC_PORT_FD + PROC_FD_MAX)

struct giver {
	mach_port_t task;
	unsigned names; /* given so far */
	mach_port_t rights[RIGHTS_MAX];
	mach_port_name_t given[RIGHTS_MAX];
};

/*
 * A right may be there twice: the task has one name for it, with a reference
 * for the root directory, one for the current one and one for all descriptors,
 * since the last of them to be closed gives back the only one.
 */
static int
give_right(struct giver *giver, size_t at)
{
	mach_port_t right = giver->rights[at];
	mach_port_name_t *given = giver->given;
	kern_return_t kr;

	given[at] = right;
	if (!MACH_PORT_VALID(right)) /* none, or its server has died */
		return 0;
	for (size_t i = 0; i < at; i++) {
		if (giver->rights[i] == right && MACH_PORT_VALID(given[i])) {
			given[at] = given[i];
			if (i >= PROC_PORT_FD)
				return 0;
			return image_errno(syscall_mach_port_mod_refs(
			    giver->task, given[i], MACH_PORT_RIGHT_SEND, 1));
		}
	}
	given[at] = RIGHTS_NAME(giver->names++);
	kr = syscall_mach_port_insert_right(
	    giver->task, given[at], right, MACH_MSG_TYPE_COPY_SEND);
	if (kr == KERN_INVALID_CAPABILITY) {
		/* Its server has died meanwhile. */
		given[at] = MACH_PORT_DEAD;
		return 0;
	}
	return image_errno(kr);
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
    const struct image_request *request, mach_port_t root)
{
	static struct giver giver;
	int error = 0;

	giver.task = task;
	giver.names = 1; /* after RIGHTS_PROC */
	memcpy(giver.rights, request->ports,
	    request->port_count * sizeof(giver.rights[0]));
	if (root != MACH_PORT_NULL)
		giver.rights[PROC_PORT_ROOT] = root;
	for (size_t i = 0; i < request->port_count && error == 0; i++)
		error = give_right(&giver, i);
	rights->root = giver.given[PROC_PORT_ROOT];
	rights->cwd = giver.given[PROC_PORT_CWD];
	return error != 0 ? error : translate_fds(rights, &giver, request);
}
