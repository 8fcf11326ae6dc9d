/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Names of sockets. The address of a bound socket, a send right, stands in its
 * node, which is held until the address dies or the last name is gone. On the
 * medium is only the name: it leads nowhere after a restart.
 */
#include <errno.h>
#include <libports/ports.h>
#include <servers/fs_server.h>
#include <sys/stat.h>

#include "file.h"

struct search {
	mach_port_t address;
	struct fs_node *found;
};

static void
is_bound_to(struct fs_node *node, void *context)
{
	struct search *search = context;

	if (node->socket == search->address)
		search->found = node;
}

/* One reference to the name is the notification's, one each such node's. */
void
fs_address_died(mach_port_t address)
{
	struct search search = {.address = address};

	fs_drop_right(address);
	do {
		search.found = NULL;
		fs_node_each(is_bound_to, &search);
		if (search.found != NULL) {
			search.found->socket = MACH_PORT_NULL;
			fs_drop_right(address);
			fs_node_put(search.found);
		}
	} while (search.found != NULL);
}

void
fs_address_unlinked(struct fs_node *node)
{
	if (node->socket == MACH_PORT_NULL)
		return;
	fs_drop_right(node->socket);
	node->socket = MACH_PORT_NULL;
	fs_node_put(node);
}

kern_return_t
S_dir_bind(
    mach_port_t port, const char *name, uint32_t mode, mach_port_t address)
{
	struct fs_cred cred = fs_sender();
	struct fs_node *dir, *node;
	int error = fs_directory_of(port, &dir);

	/* A port of our own would keep itself alive. */
	if (error == 0 &&
	    (!MACH_PORT_VALID(address) || fs_file_of(address) != NULL))
		error = EINVAL;
	if (error == 0)
		error = fs_make_socket(dir, name, mode, &cred, &node);
	if (error == EEXIST)
		error = EADDRINUSE;
	if (error != 0)
		return SERVER_ERROR(error);
	/* Without being told of its end the name would lead there for ever. */
	if (ports_watch(address) != KERN_SUCCESS) {
		fs_node_put(node);
		(void)fs_unlink(dir, name, &cred);
		return SERVER_ERROR(ENOMEM);
	}
	node->socket = address;
	return KERN_SUCCESS;
}

kern_return_t
S_file_socket(mach_port_t port, mach_port_t *address)
{
	const struct fs_file *file = fs_file_of(port);
	struct fs_cred cred = fs_sender();
	int error;

	if (file == NULL)
		return SERVER_ERROR(EBADF);
	if (!S_ISSOCK(file->node->stat.mode))
		return SERVER_ERROR(ENOTSOCK);
	error = fs_access(file->node, &cred, 2);
	if (error == 0 && (file->node->socket == MACH_PORT_NULL ||
			      !fs_copy_right(file->node->socket)))
		error = ECONNREFUSED;
	if (error == 0)
		*address = file->node->socket;
	return fs_result(error);
}
