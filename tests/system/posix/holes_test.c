/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * lseek() with SEEK_DATA and SEEK_HOLE: holes are found on file systems that
 * have them, files on others are data up to their end.
 */
#include <errno.h>
#include <fcntl.h>
#include <libtest/test.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#define PAGE 4096L

static const char bytes[2 * PAGE] = {1, 2, 3};

static bool
is(int fd, int whence, off_t from, off_t wanted)
{
	off_t place = lseek(fd, from, whence);

	return place == wanted && lseek(fd, 0, SEEK_CUR) == wanted;
}

static bool
is_none(int fd, int whence, off_t from)
{
	(void)lseek(fd, 5, SEEK_SET);
	return lseek(fd, from, whence) == -1 && errno == ENXIO &&
	       lseek(fd, 0, SEEK_CUR) == 5;
}

/* Data from 0, a hole from 2, data from 10, a hole from 12 to 20 pages. */
static void
make(int fd)
{
	(void)pwrite(fd, bytes, sizeof(bytes), 0);
	(void)pwrite(fd, bytes, sizeof(bytes), 10 * PAGE);
	(void)ftruncate(fd, 20 * PAGE);
}

static void
test_in(const char *folder)
{
	char name[64];
	int fd;

	snprintf(name, sizeof(name), "%s/holes_test", folder);
	fd = open(name, O_CREAT | O_TRUNC | O_RDWR, 0600);
	ok(fd >= 0, folder);
	ok(is_none(fd, SEEK_DATA, 0) && is_none(fd, SEEK_HOLE, 0),
	    "an empty file has nothing");
	make(fd);
	ok(is(fd, SEEK_DATA, 0, 0) && is(fd, SEEK_DATA, PAGE + 7, PAGE + 7),
	    "in data");
	ok(is(fd, SEEK_HOLE, 0, 2 * PAGE) && is(fd, SEEK_HOLE, 9, 2 * PAGE),
	    "the next hole");
	ok(is(fd, SEEK_HOLE, 3 * PAGE + 9, 3 * PAGE + 9), "in a hole");
	ok(is(fd, SEEK_DATA, 2 * PAGE, 10 * PAGE) &&
		is(fd, SEEK_DATA, 9 * PAGE + 1, 10 * PAGE),
	    "the next data");
	ok(is(fd, SEEK_HOLE, 10 * PAGE, 12 * PAGE), "the last hole");
	ok(is_none(fd, SEEK_DATA, 12 * PAGE), "no more data");
	ok(is_none(fd, SEEK_DATA, 20 * PAGE) &&
		is_none(fd, SEEK_HOLE, 20 * PAGE),
	    "the end is behind all");
	ok(is_none(fd, SEEK_DATA, -1), "there is nothing in front");
	(void)pwrite(fd, bytes, PAGE, 19 * PAGE);
	ok(is(fd, SEEK_HOLE, 19 * PAGE, 20 * PAGE), "the end is a hole");
	ok(lseek(fd, 0, 9) == -1 && errno == EINVAL, "9 is nothing");
	close(fd);
	unlink(name);
}

/* Looking stops some time; what was not looked at counts as data. */
static void
test_large(const char *folder)
{
	const off_t far = 1L << 32;
	char name[64];
	off_t place;
	int fd;

	snprintf(name, sizeof(name), "%s/holes_test", folder);
	fd = open(name, O_CREAT | O_TRUNC | O_RDWR, 0600);
	ok(pwrite(fd, bytes, 1, far) == 1, "a large hole");
	place = lseek(fd, 0, SEEK_DATA);
	ok(place > 0 && place <= far, "there is data some way on");
	ok(is(fd, SEEK_DATA, far, far), "and at the end");
	close(fd);
	unlink(name);
}

int
main(void)
{
	int ends[2];

	test_in("/tmp");
	test_in("/var");
	test_large("/tmp");
	ok(pipe(ends) == 0 && lseek(ends[0], 0, SEEK_DATA) == -1 &&
		errno == ESPIPE,
	    "a pipe has no places");
	return test_done();
}
