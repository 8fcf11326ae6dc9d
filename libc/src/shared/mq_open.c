/* SPDX-License-Identifier: BSD-2-Clause */
/* Message queues: making, opening, attributes. */
#include <errno.h>
#include <fcntl.h>
#include <stdarg.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

#include "descriptor.h"
#include "named.h"
#include "queue_file.h"

#define DEFAULT_MESSAGES 10
#define DEFAULT_SIZE     8192
#define MESSAGES_MAX     65536
#define SIZE_LIMIT       (16L * 1024 * 1024)

static struct queue queues[PROC_FD_MAX];

struct queue *
__queue_of(mqd_t descriptor)
{
	if (descriptor >= 0 && descriptor < PROC_FD_MAX &&
	    queues[descriptor].head != NULL)
		return &queues[descriptor];
	errno = EBADF;
	return NULL;
}

static size_t
slot_size(long message_size)
{
	return (sizeof(struct queue_slot) + (size_t)message_size + 15) &
	       ~(size_t)15;
}

static size_t
head_size(void)
{
	return (sizeof(struct queue_head) + 15) & ~(size_t)15;
}

struct queue_slot *
__queue_slot(struct queue_head *head, uint32_t index)
{
	return (
	    struct queue_slot *)(void *)((char *)head + head_size() +
					 index * slot_size(head->message_size));
}

int
__queue_lock(struct queue_head *head)
{
	int error = pthread_mutex_lock(&head->lock);

	if (error == EOWNERDEAD)
		error = pthread_mutex_consistent(&head->lock);
	return error;
}

void
__queue_unlock(struct queue_head *head)
{
	(void)pthread_mutex_unlock(&head->lock);
}

static void
fill(struct queue_head *head, const struct mq_attr *attributes)
{
	pthread_mutexattr_t shared;
	uint32_t count = (uint32_t)attributes->mq_maxmsg;

	head->max_messages = attributes->mq_maxmsg;
	head->message_size = attributes->mq_msgsize;
	head->first = QUEUE_NONE;
	for (uint32_t i = 0; i < count; i++)
		__queue_slot(head, i)->next =
		    i + 1 < count ? i + 1 : QUEUE_NONE;
	pthread_mutexattr_init(&shared);
	pthread_mutexattr_setpshared(&shared, PTHREAD_PROCESS_SHARED);
	pthread_mutexattr_setrobust(&shared, PTHREAD_MUTEX_ROBUST);
	pthread_mutex_init(&head->lock, &shared);
	head->magic = QUEUE_MAGIC;
}

static void *
map(int fd, size_t size)
{
	return mmap(NULL, size, PROT_READ | PROT_WRITE, MAP_SHARED, fd, 0);
}

static int
check_attributes(const struct mq_attr *attributes, size_t *size)
{
	if (attributes->mq_maxmsg <= 0 || attributes->mq_msgsize <= 0 ||
	    attributes->mq_maxmsg > MESSAGES_MAX ||
	    attributes->mq_msgsize > SIZE_LIMIT) {
		errno = EINVAL;
		return -1;
	}
	*size = head_size() + (size_t)attributes->mq_maxmsg *
				  slot_size(attributes->mq_msgsize);
	if (*size > SIZE_LIMIT) {
		errno = ENOSPC;
		return -1;
	}
	return 0;
}

/* The file is whole before it has its name. */
static int
make(const char *path, mode_t mode, const struct mq_attr *attributes)
{
	static const struct mq_attr usual = {
	    0, DEFAULT_MESSAGES, DEFAULT_SIZE, 0};
	char temporary[NAMED_PATH_MAX];
	size_t size;
	void *head;
	int fd;

	if (attributes == NULL)
		attributes = &usual;
	if (check_attributes(attributes, &size) != 0)
		return -1;
	fd = __named_make(temporary, (off_t)size, mode);
	if (fd < 0)
		return -1;
	head = map(fd, size);
	if (head != MAP_FAILED) {
		fill(head, attributes);
		(void)munmap(head, size);
	}
	return __named_finish(fd, head != MAP_FAILED, temporary, path);
}

/* Take an open file for a queue; the descriptor is the file's. */
static mqd_t
enter(int fd, int flags)
{
	struct stat status;
	struct queue_head *head;

	if (fd < 0)
		return -1;
	if (fstat(fd, &status) != 0 || status.st_size < (off_t)sizeof(*head)) {
		(void)close(fd);
		errno = EINVAL;
		return -1;
	}
	head = map(fd, (size_t)status.st_size);
	if ((void *)head == MAP_FAILED) {
		(void)close(fd);
		return -1;
	}
	queues[fd] = (struct queue){
	    .head = head, .size = (size_t)status.st_size, .flags = flags};
	return fd;
}

mqd_t
mq_open(const char *name, int flags, ...)
{
	const struct mq_attr *attributes = NULL;
	char path[NAMED_PATH_MAX];
	mode_t mode = 0;
	va_list arguments;
	int fd = -1;

	va_start(arguments, flags);
	if (flags & O_CREAT) {
		mode = va_arg(arguments, mode_t);
		attributes = va_arg(arguments, const struct mq_attr *);
	}
	va_end(arguments);
	if (!__named_path(path, name, "mq."))
		return -1;
	if ((flags & (O_CREAT | O_EXCL)) != (O_CREAT | O_EXCL))
		fd = open(path, O_RDWR | O_CLOEXEC);
	if (fd < 0 && (flags & O_CREAT) &&
	    ((flags & O_EXCL) || errno == ENOENT))
		fd = make(path, mode, attributes);
	return enter(fd, flags & (O_ACCMODE | O_NONBLOCK));
}

int
mq_close(mqd_t descriptor)
{
	struct queue *queue = __queue_of(descriptor);
	struct queue_head *head;

	if (queue == NULL)
		return -1;
	head = queue->head;
	if (__queue_lock(head) == 0) {
		__queue_unregister(head);
		__queue_unlock(head);
	}
	queue->head = NULL;
	(void)munmap(head, queue->size);
	return close(descriptor);
}

int
mq_unlink(const char *name)
{
	char path[NAMED_PATH_MAX];

	if (!__named_path(path, name, "mq.")) {
		if (errno == EINVAL)
			errno = ENOENT;
		return -1;
	}
	return __named_remove(path);
}

int
mq_getattr(mqd_t descriptor, struct mq_attr *to)
{
	const struct queue *queue = __queue_of(descriptor);

	if (queue == NULL)
		return -1;
	*to = (struct mq_attr){.mq_flags = queue->flags & O_NONBLOCK,
	    .mq_maxmsg = queue->head->max_messages,
	    .mq_msgsize = queue->head->message_size,
	    .mq_curmsgs = queue->head->count};
	return 0;
}

int
mq_setattr(mqd_t descriptor, const struct mq_attr *restrict attributes,
    struct mq_attr *restrict old)
{
	struct queue *queue = __queue_of(descriptor);

	if (queue == NULL)
		return -1;
	if (old != NULL)
		(void)mq_getattr(descriptor, old);
	queue->flags = (queue->flags & ~O_NONBLOCK) |
		       (int)(attributes->mq_flags & O_NONBLOCK);
	return 0;
}
