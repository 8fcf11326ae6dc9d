/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * The path of a directory: from it up to the root, looking each directory's
 * name up in the one above, by its number.
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

/* The name of `node` in the directory above, which takes its place. */
static int
ascend(struct fs_node **node, struct search *search)
{
	struct fs_node *parent;
	int error = fs_find(*node, "..", &parent);

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
fs_path(struct fs_node *dir, char *path, size_t size)
{
	char *at = path + size - 1;
	int error = 0;

	if (!S_ISDIR(dir->stat.mode))
		return ENOTDIR;
	if (size < 2)
		return ENAMETOOLONG;
	*at = '\0';
	fs_node_reference(dir);
	while (error == 0 && dir != dir->fs->root) {
		struct search search = {.end = at, .room = (size_t)(at - path)};

		error = ascend(&dir, &search);
		if (error == 0) {
			at -= search.length + 1;
			*at = '/';
		}
	}
	fs_node_put(dir);
	if (error != 0)
		return error;
	if (*at == '\0')
		*--at = '/';
	memmove(path, at, strlen(at) + 1);
	return 0;
}
