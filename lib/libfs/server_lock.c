/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Record locks by message. A process is known by a port that dies with it, an
 * open file by its own. A caller that waits is answered first and then has the
 * lock: a reply that nobody takes has locked nothing.
 */
#include <errno.h>
#include <fcntl.h>
#include <libmach/port_gone.h>
#include <libports/ports.h>
#include <servers/fs_reply_user.h>
#include <servers/fs_server.h>
#include <stdlib.h>
#include <unistd.h>

#include "file.h"
#include "lock.h"

#define OWNERS_MAX 1024
#define WAITS_MAX  512

struct wait {
	struct wait *next;
	struct fs_file *file;
	struct lock wanted;
	struct lock_spares spares;
	mach_port_t reply;
};

static struct lock_owner *owners;
static unsigned owner_count;
static struct wait *waits; /* who came first is first */

static int
range_of(
    const struct fs_file *file, const struct fs_lock *from, struct lock *range)
{
	int64_t base = 0;

	if (from->type < F_RDLCK || from->type > F_UNLCK)
		return EINVAL;
	if (from->whence == SEEK_CUR)
		base = (int64_t)file->offset;
	else if (from->whence == SEEK_END)
		base = (int64_t)file->node->stat.size;
	else if (from->whence != SEEK_SET)
		return EINVAL;
	range->type = (int)from->type;
	range->file = file;
	range->end = INT64_MAX;
	if (__builtin_add_overflow(base, from->start, &range->start))
		return EOVERFLOW;
	if (range->start < 0)
		return EINVAL;
	if (from->length > 0 &&
	    __builtin_add_overflow(range->start, from->length - 1, &range->end))
		return EOVERFLOW;
	if (from->length < 0) {
		range->end = range->start - 1;
		range->start += from->length;
	}
	return range->start < 0 ? EINVAL : 0;
}

/* A process's lock needs a file opened for what it keeps others from. */
static int
may_lock(const struct fs_file *file, const struct lock *wanted)
{
	if ((file->flags & FS_LOOKUP_PATH) != 0)
		return EBADF;
	if (wanted->owner->is_file)
		return 0;
	if (wanted->type == F_RDLCK && !file->readable)
		return EBADF;
	return wanted->type == F_WRLCK && !file->writable ? EBADF : 0;
}

static struct lock_owner **
find_owner(mach_port_t port)
{
	struct lock_owner **link = &owners;

	while (*link != NULL && (*link)->port != port)
		link = &(*link)->next;
	return link;
}

/* Without being told of its end it would lock for ever. */
static bool
keep(mach_port_t port)
{
	if (!fs_copy_right(port))
		return false;
	if (ports_watch(port) == KERN_SUCCESS)
		return true;
	fs_drop_right(port);
	return false;
}

/* ENOLCK; EINVAL: the port is none that could be an owner's. */
static int
owner_of(const struct fs_file *file, mach_port_t port, int64_t pid,
    struct lock_owner **result)
{
	bool is_file = port == MACH_PORT_NULL;
	struct lock_owner *owner = *find_owner(is_file ? file->port : port);

	if (!is_file && (!MACH_PORT_VALID(port) || fs_file_of(port) != NULL))
		return EINVAL;
	if (owner == NULL) {
		owner =
		    owner_count < OWNERS_MAX ? calloc(1, sizeof(*owner)) : NULL;
		if (owner == NULL)
			return ENOLCK;
		if (!is_file && !keep(port)) {
			free(owner);
			return ENOLCK;
		}
		owner->port = is_file ? file->port : port;
		owner->is_file = is_file;
		owner->next = owners;
		owners = owner;
		owner_count++;
	}
	owner->pid = is_file ? -1 : pid;
	*result = owner;
	return 0;
}

static void
end_wait(struct wait **link, int error)
{
	struct wait *wait = *link;

	*link = wait->next;
	if (file_lock_reply(wait->reply, fs_result(error)) != KERN_SUCCESS)
		fs_drop_right(wait->reply);
	lock_spares_put(&wait->spares);
	free(wait);
}

/* Those who do not wait any more. */
static void
prune_waits(void)
{
	struct wait **link = &waits;

	while (*link != NULL) {
		if (mach_port_gone((*link)->reply))
			end_wait(link, EINTR);
		else
			link = &(*link)->next;
	}
}

static void
forget_owner(struct fs_node *node, void *owner)
{
	(void)lock_remove(&node->locks, owner, NULL);
}

/* What is in the way and lives: the news of an end may come later than this. */
static struct lock *
blocking(struct fs_node *node, const struct lock *wanted)
{
	struct lock *found;

	while ((found = lock_find(node->locks, wanted)) != NULL) {
		if (found->owner->is_file ||
		    !mach_port_gone(found->owner->port))
			return found;
		fs_node_each(forget_owner, found->owner);
	}
	return NULL;
}

/* The reply was taken: the lock is set. */
static bool
grant(struct wait **link)
{
	struct wait *wait = *link;

	if (wait->wanted.type != F_UNLCK &&
	    blocking(wait->file->node, &wait->wanted) != NULL)
		return false;
	*link = wait->next;
	if (file_lock_reply(wait->reply, KERN_SUCCESS) == KERN_SUCCESS)
		lock_set(
		    &wait->file->node->locks, &wait->wanted, &wait->spares);
	else
		fs_drop_right(wait->reply);
	lock_spares_put(&wait->spares);
	free(wait);
	return true;
}

/* Locks have gone. One who gets his may give another up by that. */
static void
wake(void)
{
	struct wait **link = &waits;

	while (*link != NULL) {
		if (grant(link))
			link = &waits;
		else
			link = &(*link)->next;
	}
}

static bool
mark_blockers(const struct fs_node *node, const struct lock *wanted)
{
	bool changed = false;

	for (struct lock *lock = node->locks; lock != NULL; lock = lock->next) {
		if (!lock->owner->marked && lock_blocks(lock, wanted)) {
			lock->owner->marked = true;
			changed = true;
		}
	}
	return changed;
}

/* Would its owner wait, by way of others, for itself? */
static bool
is_circle(const struct fs_node *node, const struct lock *wanted)
{
	bool changed;

	for (struct lock_owner *owner = owners; owner; owner = owner->next)
		owner->marked = false;
	changed = mark_blockers(node, wanted);
	while (changed && !wanted->owner->marked) {
		changed = false;
		for (struct wait *wait = waits; wait; wait = wait->next) {
			if (wait->wanted.owner->marked &&
			    mark_blockers(wait->file->node, &wait->wanted))
				changed = true;
		}
	}
	return wanted->owner->marked;
}

static int
add_wait(struct fs_file *file, const struct lock *wanted)
{
	struct wait **link = &waits;
	struct wait *wait;
	unsigned count = 0;

	prune_waits();
	for (; *link != NULL; link = &(*link)->next)
		count++;
	if (wanted->type != F_UNLCK && blocking(file->node, wanted) != NULL &&
	    is_circle(file->node, wanted))
		return EDEADLK;
	wait = count < WAITS_MAX ? calloc(1, sizeof(*wait)) : NULL;
	if (wait == NULL || !lock_spares_get(&wait->spares)) {
		free(wait);
		return ENOLCK;
	}
	wait->file = file;
	wait->wanted = *wanted;
	wait->reply = ports_take_reply();
	*link = wait;
	return 0;
}

static int
set_now(struct fs_node *node, const struct lock *wanted)
{
	struct lock_spares spares;

	if (wanted->type != F_UNLCK && blocking(node, wanted) != NULL)
		return EAGAIN;
	if (!lock_spares_get(&spares))
		return ENOLCK;
	lock_set(&node->locks, wanted, &spares);
	lock_spares_put(&spares);
	return 0;
}

kern_return_t
S_file_lock(mach_port_t port, mach_port_t owner, int wait, fs_lock_t lock)
{
	struct fs_file *file = fs_file_of(port);
	struct lock wanted = {0};
	int error;

	if (file == NULL)
		return SERVER_ERROR(EBADF);
	error = range_of(file, &lock, &wanted);
	if (error == 0)
		error = owner_of(file, owner, lock.pid, &wanted.owner);
	if (error == 0)
		error = may_lock(file, &wanted);
	if (error == 0)
		error = wait != 0 ? add_wait(file, &wanted)
				  : set_now(file->node, &wanted);
	if (error != 0)
		return SERVER_ERROR(error);
	fs_drop_right(owner);
	wake();
	return wait != 0 ? MIG_NO_REPLY : KERN_SUCCESS;
}

kern_return_t
S_file_test_lock(
    mach_port_t port, mach_port_t owner, fs_lock_t lock, fs_lock_t *found)
{
	struct fs_file *file = fs_file_of(port);
	const struct lock *other;
	struct lock wanted = {0};
	int error;

	if (file == NULL || (file->flags & FS_LOOKUP_PATH) != 0)
		return SERVER_ERROR(EBADF);
	error = range_of(file, &lock, &wanted);
	if (error == 0 && wanted.type == F_UNLCK)
		error = EINVAL;
	if (error == 0)
		error = owner_of(file, owner, lock.pid, &wanted.owner);
	if (error != 0)
		return SERVER_ERROR(error);
	fs_drop_right(owner);
	other = blocking(file->node, &wanted);
	*found = (struct fs_lock){.type = F_UNLCK};
	if (other != NULL) {
		*found = (struct fs_lock){
		    .type = other->type,
		    .whence = SEEK_SET,
		    .start = other->start,
		    .pid = other->owner->pid,
		};
		if (other->end != INT64_MAX)
			found->length = other->end - other->start + 1;
	}
	return KERN_SUCCESS;
}

static void
drop_owner(struct lock_owner **link)
{
	struct lock_owner *owner = *link;

	*link = owner->next;
	owner_count--;
	free(owner);
}

/* No wait of a process outlives it, but its reply port may be found later. */
static void
end_waits(const struct lock_owner *owner, const struct fs_file *file)
{
	struct wait **link = &waits;

	while (*link != NULL) {
		if ((*link)->wanted.owner == owner || (*link)->file == file)
			end_wait(link, EBADF);
		else
			link = &(*link)->next;
	}
}

bool
fs_lock_owner_died(mach_port_t port)
{
	struct lock_owner **link = find_owner(port);

	if (*link == NULL)
		return false;
	end_waits(*link, NULL);
	fs_node_each(forget_owner, *link);
	drop_owner(link);
	/* The notification's reference, and ours. */
	fs_drop_right(port);
	fs_drop_right(port);
	wake();
	return true;
}

void
fs_lock_file_closed(struct fs_file *file)
{
	struct lock_owner **link;

	if (waits == NULL && owners == NULL && file->node->locks == NULL)
		return;
	link = find_owner(file->port);
	if (waits == NULL && file->node->locks == NULL && *link == NULL)
		return;
	end_waits(*link, file);
	(void)lock_remove(&file->node->locks, *link, file);
	if (*link != NULL)
		drop_owner(link);
	wake();
}
