/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Semaphores with names: mapped files. A process that opens one again gets the
 * same address, so there is a list of those that are open.
 */
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <semaphore.h>
#include <stdarg.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

#include "lock.h"
#include "named.h"

struct opened {
	struct opened *next;
	sem_t *semaphore;
	dev_t device;
	ino_t inode;
	unsigned count;
};

static struct lock lock;
static struct opened *list;

static sem_t *
map(int fd)
{
	void *memory = mmap(
	    NULL, sizeof(sem_t), PROT_READ | PROT_WRITE, MAP_SHARED, fd, 0);

	return memory != MAP_FAILED ? memory : SEM_FAILED;
}

/* A new one, with its value before it has its name. */
static int
make(const char *path, mode_t mode, unsigned value)
{
	char temporary[NAMED_PATH_MAX];
	sem_t semaphore;
	bool filled;
	int fd;

	if (sem_init(&semaphore, 1, value) != 0)
		return -1;
	fd = __named_make(temporary, sizeof(semaphore), mode);
	if (fd < 0)
		return -1;
	filled = pwrite(fd, &semaphore, sizeof(semaphore), 0) ==
		 (ssize_t)sizeof(semaphore);
	return __named_finish(fd, filled, temporary, path);
}

static int
open_or_make(const char *path, int flags, mode_t mode, unsigned value)
{
	int fd = -1;

	if ((flags & (O_CREAT | O_EXCL)) != (O_CREAT | O_EXCL))
		fd = open(path, O_RDWR | O_CLOEXEC);
	if (fd >= 0 || !(flags & O_CREAT) ||
	    (!(flags & O_EXCL) && errno != ENOENT))
		return fd;
	fd = make(path, mode, value);
	if (fd < 0 && errno == EEXIST && !(flags & O_EXCL))
		fd = open(path, O_RDWR | O_CLOEXEC);
	return fd;
}

/* The semaphore of an open file, perhaps one that is mapped already. */
static sem_t *
enter(int fd)
{
	struct opened *opened;
	struct stat status;

	if (fstat(fd, &status) != 0)
		return SEM_FAILED;
	for (opened = list; opened != NULL; opened = opened->next) {
		if (opened->device == status.st_dev &&
		    opened->inode == status.st_ino) {
			opened->count++;
			return opened->semaphore;
		}
	}
	opened = malloc(sizeof(*opened));
	if (opened == NULL)
		return SEM_FAILED;
	*opened = (struct opened){.next = list,
	    .semaphore = map(fd),
	    .device = status.st_dev,
	    .inode = status.st_ino,
	    .count = 1};
	if (opened->semaphore == SEM_FAILED) {
		free(opened);
		return SEM_FAILED;
	}
	list = opened;
	return opened->semaphore;
}

sem_t *
sem_open(const char *name, int flags, ...)
{
	char path[NAMED_PATH_MAX];
	sem_t *semaphore = SEM_FAILED;
	unsigned value = 0;
	mode_t mode = 0;
	va_list arguments;
	int fd;

	va_start(arguments, flags);
	if (flags & O_CREAT) {
		mode = va_arg(arguments, mode_t);
		value = va_arg(arguments, unsigned);
	}
	va_end(arguments);
	if (value > SEM_VALUE_MAX) {
		errno = EINVAL;
		return SEM_FAILED;
	}
	if (!__named_path(path, name, "sem."))
		return SEM_FAILED;
	__lock(&lock);
	fd = open_or_make(path, flags, mode, value);
	if (fd >= 0) {
		semaphore = enter(fd);
		(void)close(fd);
	}
	__unlock(&lock);
	return semaphore;
}

int
sem_close(sem_t *semaphore)
{
	struct opened **link = &list;
	struct opened *opened;

	__lock(&lock);
	while (*link != NULL && (*link)->semaphore != semaphore)
		link = &(*link)->next;
	opened = *link;
	if (opened != NULL && --opened->count == 0) {
		*link = opened->next;
		(void)munmap(semaphore, sizeof(*semaphore));
		free(opened);
	}
	__unlock(&lock);
	if (opened != NULL)
		return 0;
	errno = EINVAL;
	return -1;
}

int
sem_unlink(const char *name)
{
	char path[NAMED_PATH_MAX];

	if (!__named_path(path, name, "sem.")) {
		if (errno == EINVAL)
			errno = ENOENT;
		return -1;
	}
	return __named_remove(path);
}
