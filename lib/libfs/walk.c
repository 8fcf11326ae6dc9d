/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Walking a path, component by component. What is left of the path stands in
 * walk->rest, where a symbolic link's target is put in front of it; a retry
 * leaves it there for the caller. Nothing is allocated, and one node is held:
 * the one the walk has come to. Slashes in front of the path mean nothing here,
 * since the caller began at his root.
 */
#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/stat.h>

#include "private.h"

struct walker {
	struct fs_walk *walk; /* its node is where we are */
	const struct fs_cred *cred;
	int flags;
	uint32_t mode;
	int links;
	bool done;

	char *at;   /* what is left of the path */
	char *name; /* the component at hand, cut out */
	char *end;  /* its end */
	bool slash; /* and there was a slash */
	bool last;
};

/* Cut the next component out of the path. */
static int
cut(struct walker *walker)
{
	char *end = walker->at;

	walker->name = walker->at;
	while (*end != '/' && *end != '\0')
		end++;
	if (end - walker->name >= IO_NAME_MAX)
		return ENAMETOOLONG;
	walker->end = end;
	walker->slash = *end == '/';
	walker->at = end;
	while (*walker->at == '/')
		walker->at++;
	*end = '\0';
	walker->last = *walker->at == '\0';
	return 0;
}

/* Let the path stand as it was before the component was cut out. */
static void
uncut(struct walker *walker)
{
	if (walker->slash)
		*walker->end = '/';
}

/* Go on elsewhere with what is left from `rest` on. */
static void
retry(struct walker *walker, int kind, mach_port_t port, const char *rest)
{
	struct fs_walk *walk = walker->walk;

	memmove(walk->rest, rest, strlen(rest) + 1);
	walk->retry = kind;
	walk->port = port;
	walker->done = true;
}

static void
move_to(struct walker *walker, struct fs_node *node)
{
	fs_node_put(walker->walk->node);
	walker->walk->node = node;
}

/* Is a symbolic link that is the component at hand to be followed? */
static bool
follows(const struct walker *walker)
{
	if (!walker->last || walker->slash)
		return true;
	if ((walker->flags & (O_CREAT | O_EXCL)) == (O_CREAT | O_EXCL))
		return false;
	return (walker->flags & O_NOFOLLOW) == 0;
}

static int
target_of(const struct walker *walker, struct fs_node *link, char *target,
    size_t size)
{
	const struct fs_ops *ops = link->fs->ops;

	if (ops->follow == NULL)
		return ops->readlink(link, target, size);
	return ops->follow(link, walker->cred, walker->walk, target, size);
}

/* Put the link's target in the place of its name. */
static int
expand(struct walker *walker, struct fs_node *link)
{
	char *space = walker->walk->rest;
	struct fs_walk *walk = walker->walk;
	size_t left;
	size_t length;
	char *tail;
	int error;

	if (++walker->links > FS_LINKS_MAX)
		return ELOOP;
	uncut(walker);
	left = strlen(walker->end) + 1;
	tail = space + IO_PATH_MAX - left;
	memmove(tail, walker->end, left);
	if (tail == space)
		return ENAMETOOLONG;
	error = target_of(walker, link, space, (size_t)(tail - space));
	if (error != 0)
		return error;
	length = strlen(space);
	if (length == 0 && walk->retry == FS_RETRY_NONE)
		return ENOENT;
	memmove(space + length, tail, left);
	walker->at = space;
	if (walk->retry != FS_RETRY_NONE)
		retry(walker, walk->retry, walk->port, space);
	else if (*space == '/')
		retry(walker, FS_RETRY_ROOT, MACH_PORT_NULL, space);
	return 0;
}

/* The component names `node`, whose reference is taken over. */
static int
arrive(struct walker *walker, struct fs_node *node)
{
	int error;

	if (S_ISLNK(node->stat.mode) && follows(walker)) {
		error = expand(walker, node);
		fs_node_put(node);
		return error;
	}
	move_to(walker, node);
	if (node->translator != MACH_PORT_NULL)
		retry(walker, FS_RETRY_PORT, node->translator, walker->at);
	return 0;
}

static int
up(struct walker *walker)
{
	struct fs_node *dir = walker->walk->node;
	struct fs *fs = dir->fs;
	struct fs_node *parent;
	uint64_t ino;
	int error;

	if (dir == fs->root) {
		if (fs->parent == MACH_PORT_NULL)
			return 0;
		uncut(walker);
		retry(walker, FS_RETRY_PORT, fs->parent, walker->name);
		move_to(walker, NULL);
		return 0;
	}
	error = fs->ops->lookup(dir, "..", &ino);
	if (error == 0)
		error = fs_node_get(fs, ino, &parent);
	if (error == 0)
		move_to(walker, parent);
	return error;
}

/* The last component is not there: make it. */
static int
create(struct walker *walker)
{
	struct fs_node *dir = walker->walk->node;
	uint32_t mode = S_IFREG | (walker->mode & 07777);
	struct fs_cred owner = fs_new_owner(dir, walker->cred, &mode);
	struct fs_node *node;
	uint64_t ino;
	int error;

	if (walker->slash)
		return EISDIR;
	if ((walker->flags & O_DIRECTORY) != 0)
		return EINVAL;
	error = fs_may_add(dir, walker->cred);
	if (error != 0)
		return error;
	name_cache_forget(dir, walker->name);
	error = dir->fs->ops->create(dir, walker->name, mode, &owner, &ino);
	if (error != 0)
		return error;
	fs_note_change();
	error = fs_node_get(dir->fs, ino, &node);
	if (error != 0)
		return error;
	walker->walk->created = true;
	node->above = dir->stat.ino;
	move_to(walker, node);
	return 0;
}

static int
step(struct walker *walker)
{
	struct fs_node *dir = walker->walk->node;
	struct fs_node *node;
	int error = cut(walker);

	if (error == 0 && !S_ISDIR(dir->stat.mode))
		error = ENOTDIR;
	if (error == 0)
		error = fs_access(dir, walker->cred, 1);
	if (error != 0)
		return error;
	if (strcmp(walker->name, ".") == 0)
		return 0;
	if (strcmp(walker->name, "..") == 0)
		return up(walker);
	error = name_cache_find(dir, walker->name, &node);
	if (error == ENOENT && walker->last && (walker->flags & O_CREAT) != 0)
		return create(walker);
	return error == 0 ? arrive(walker, node) : error;
}

/* What is known already takes no step each. */
static void
stride(struct walker *walker)
{
	struct fs_node *dir = walker->walk->node;
	const char *at = walker->at;
	struct fs_node *node;

	if (*at == '\0')
		return;
	node = name_cache_walk(dir, walker->cred, &at, &walker->slash);
	if (node == dir)
		return;
	walker->at += at - walker->at;
	fs_node_reference(node);
	move_to(walker, node);
}

/* Nothing is left of the path: open what it led to. */
static int
finish(struct walker *walker)
{
	struct fs_walk *walk = walker->walk;

	walk->rest[0] = '\0';
	return fs_open(walk, walker->flags, walker->slash, walker->cred);
}

static int
walk_all(struct walker *walker)
{
	while (!walker->done) {
		int error;

		stride(walker);
		while (*walker->at == '/')
			walker->at++;
		if (*walker->at == '\0')
			return finish(walker);
		error = step(walker);
		if (error != 0)
			return error;
	}
	return 0;
}

/* From a node, which is held then, along what is left of the path. */
static int
walk_from(struct walker *walker, struct fs_node *node, const char *path)
{
	struct fs_walk *walk = walker->walk;
	size_t length = 0;
	int error;

	walk->created = false;
	walk->retry = FS_RETRY_NONE;
	walk->port = MACH_PORT_NULL;
	walk->node = NULL;
	if (*path != '\0')
		length = strnlen(path, IO_PATH_MAX);
	if (length == IO_PATH_MAX)
		return ENAMETOOLONG;
	if ((walker->flags & FS_LOOKUP_PATH) != 0)
		walker->flags &= ~(O_CREAT | O_EXCL | O_TRUNC);
	memcpy(walk->rest, path, length + 1);
	fs_node_reference(node);
	walk->node = node;
	error = walk_all(walker);
	if (error != 0 && walk->node != NULL) {
		fs_node_put(walk->node);
		walk->node = NULL;
	}
	return error;
}

int
fs_walk(struct fs_node *start, const char *path, int flags, uint32_t mode,
    const struct fs_cred *cred, struct fs_walk *walk)
{
	struct walker walker = {
	    .walk = walk,
	    .cred = cred,
	    .flags = flags,
	    .mode = mode,
	    .at = walk->rest,
	};

	return walk_from(&walker, start, path);
}

int
fs_walk_message(struct fs_node *start, const char *path, int flags,
    uint32_t mode, const struct fs_cred *cred, struct fs_walk *walk)
{
	struct walker walker = {
	    .walk = walk,
	    .cred = cred,
	    .flags = flags,
	    .mode = mode,
	    .at = walk->rest,
	};

	start = name_cache_walk(start, cred, &path, &walker.slash);
	return walk_from(&walker, start, path);
}
