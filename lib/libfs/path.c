/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * The path of a node: from it up to the root, looking each name up in the
 * directory above, by its number. Which directory that is a file does not say:
 * it is where it was found.
 */
#include <errno.h>
#include <string.h>
#include <sys/stat.h>

#include "private.h"

struct search {
	uint64_t ino;
	char *end;   /* where the name is to end */
	size_t room; /* in front of it, with a slash */
	size_t length;
	int error;
};

static bool
emit(void *context, uint64_t ino, uint64_t next_cookie, uint8_t type,
    const char *name, size_t length)
{
	struct search *search = context;

	(void)next_cookie;
	(void)type;
	if (ino != search->ino || (length == 1 && name[0] == '.') ||
	    (length == 2 && name[0] == '.' && name[1] == '.'))
		return true;
	if (length + 1 > search->room) {
		search->error = ENAMETOOLONG;
		return false;
	}
	memcpy(search->end - length, name, length);
	search->length = length;
	search->error = 0;
	return false;
}

static int
find_above(struct fs_node *node, struct fs_node **parent)
{
	if (S_ISDIR(node->stat.mode))
		return fs_find(node, "..", parent);
	if (node->above == 0)
		return ENOENT;
	return fs_node_get(node->fs, node->above, parent);
}

/* The name of `node` in the directory above, which takes its place. */
static int
ascend(struct fs_node **node, struct search *search)
{
	struct fs_node *parent;
	int error = find_above(*node, &parent);

	if (error != 0)
		return error;
	search->ino = (*node)->stat.ino;
	search->error = ENOENT;
	error = parent->fs->ops->readdir(parent, 0, emit, search);
	fs_node_put(*node);
	*node = parent;
	return error != 0 ? error : search->error;
}

int
fs_path(struct fs_node *node, char *path, size_t size)
{
	char *at = path + size - 1;
	int error = 0;

	if (size < 2)
		return ENAMETOOLONG;
	*at = '\0';
	fs_node_reference(node);
	while (error == 0 && node != node->fs->root) {
		struct search search = {.end = at, .room = (size_t)(at - path)};

		error = ascend(&node, &search);
		if (error == 0) {
			at -= search.length + 1;
			*at = '/';
		}
	}
	fs_node_put(node);
	if (error != 0)
		return error;
	if (*at == '\0')
		*--at = '/';
	memmove(path, at, strlen(at) + 1);
	return 0;
}
