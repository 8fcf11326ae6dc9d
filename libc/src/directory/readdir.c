/* SPDX-License-Identifier: BSD-2-Clause */
/* Directory streams: a block of records at a time. */
#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <servers/fs_user.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "descriptor.h"
#include "lock.h"
#include "process.h"

struct __dirstream {
	int fd;
	struct lock lock;
	uint64_t cookie; /* of the next block */
	uint64_t place;  /* of the next record */
	mach_msg_type_number_t at;
	mach_msg_type_number_t size;
	struct dirent entry;
	char block[IO_DATA_MAX] __attribute__((__aligned__(8)));
};

DIR *
fdopendir(int fd)
{
	struct stat status;
	DIR *directory;

	if (fstat(fd, &status) != 0)
		return NULL;
	if (!S_ISDIR(status.st_mode)) {
		errno = ENOTDIR;
		return NULL;
	}
	directory = malloc(sizeof(*directory));
	if (directory == NULL)
		return NULL;
	memset(directory, 0, offsetof(DIR, entry));
	directory->fd = fd;
	fcntl(fd, F_SETFD, FD_CLOEXEC);
	return directory;
}

DIR *
opendir(const char *path)
{
	int fd = open(path, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	DIR *directory;

	if (fd < 0)
		return NULL;
	directory = fdopendir(fd);
	if (directory == NULL) {
		int error = errno;

		close(fd);
		errno = error;
	}
	return directory;
}

int
closedir(DIR *directory)
{
	int result = close(directory->fd);

	free(directory);
	return result;
}

int
dirfd(DIR *directory)
{
	return directory->fd;
}

/* Returns false at the end, and on errors, which it leaves in errno. */
static bool
fill(DIR *directory)
{
	mach_port_t port = __descriptor_port(directory->fd);

	directory->at = directory->size = 0;
	if (port == MACH_PORT_NULL)
		return false;
	directory->size = sizeof(directory->block);
	if (__result(
		dir_readdir(port, directory->cookie, sizeof(directory->block),
		    directory->block, &directory->size)) != 0) {
		directory->size = 0;
		return false;
	}
	return directory->size > 0;
}

/* The next record, or null if the server's data make no sense. */
static const struct fs_dirent *
take_record(DIR *directory)
{
	const struct fs_dirent *record =
	    (const void *)(directory->block + directory->at);
	mach_msg_type_number_t left = directory->size - directory->at;
	const size_t head = offsetof(struct fs_dirent, name);

	if (left < head || record->reclen > left || record->reclen <= head ||
	    memchr(record->name, '\0', record->reclen - head) == NULL) {
		directory->at = directory->size;
		errno = EIO;
		return NULL;
	}
	directory->at += record->reclen;
	return record;
}

static struct dirent *
read_entry(DIR *directory)
{
	struct dirent *entry = &directory->entry;
	const struct fs_dirent *record;

	if (directory->at >= directory->size && !fill(directory))
		return NULL;
	record = take_record(directory);
	if (record == NULL)
		return NULL;
	directory->cookie = record->off;
	directory->place = record->off;
	entry->d_ino = record->ino;
	entry->d_off = (off_t)record->off;
	entry->d_type = record->type;
	strlcpy(entry->d_name, record->name, sizeof(entry->d_name));
	entry->d_reclen = (unsigned short)(offsetof(struct dirent, d_name) +
					   strlen(entry->d_name) + 1);
	return entry;
}

struct dirent *
readdir(DIR *directory)
{
	struct dirent *entry;

	__lock(&directory->lock);
	entry = read_entry(directory);
	__unlock(&directory->lock);
	return entry;
}

int
readdir_r(DIR *restrict directory, struct dirent *restrict entry,
    struct dirent **restrict result)
{
	int saved = errno;
	int error;

	__lock(&directory->lock);
	errno = 0;
	*result = read_entry(directory);
	if (*result != NULL)
		*result = memcpy(entry, *result, sizeof(*entry));
	error = *result == NULL ? errno : 0;
	__unlock(&directory->lock);
	errno = saved;
	return error;
}

long
telldir(DIR *directory)
{
	return (long)directory->place;
}

void
seekdir(DIR *directory, long place)
{
	__lock(&directory->lock);
	directory->cookie = directory->place = (uint64_t)place;
	directory->at = directory->size = 0;
	__unlock(&directory->lock);
}

void
rewinddir(DIR *directory)
{
	seekdir(directory, 0);
}
