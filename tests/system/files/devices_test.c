/* SPDX-License-Identifier: BSD-2-Clause */
/* The device files: what each gives and takes. */
#include <errno.h>
#include <fcntl.h>
#include <libtest/test.h>
#include <sys/stat.h>
#include <unistd.h>

static char data[4096];

/* Read some bytes of a file at once; how many came. */
static ssize_t
get(const char *path, size_t size)
{
	int fd = open(path, O_RDONLY);
	ssize_t got = read(fd, data, size);

	close(fd);
	return got;
}

static ssize_t
put(const char *path, size_t size)
{
	int fd = open(path, O_WRONLY);
	ssize_t done = write(fd, data, size);

	close(fd);
	return done;
}

static bool
all_zero(void)
{
	for (size_t i = 0; i < sizeof(data); i++)
		if (data[i] != 0)
			return false;
	return true;
}

static void
test_plain(void)
{
	memset(data, 1, sizeof(data));
	is_int(get("/dev/null", 100), 0, "null has nothing");
	is_int(put("/dev/null", 100), 100, "and takes all");
	is_int(get("/dev/zero", sizeof(data)), sizeof(data), "zero has plenty");
	ok(all_zero(), "of zeros");
	is_int(put("/dev/zero", 100), 100, "and takes all");
	errno = 0;
	is_int(put("/dev/full", 100), -1, "full takes nothing");
	is_int(errno, ENOSPC, "for want of space");
	memset(data, 1, sizeof(data));
	is_int(get("/dev/full", sizeof(data)), sizeof(data), "and has plenty");
	ok(all_zero(), "of zeros");
}

static void
test_random(const char *path)
{
	unsigned counts[256] = {0};
	unsigned most = 0;
	char first[16];

	is_int(get(path, 16), 16, path);
	memcpy(first, data, sizeof(first));
	is_int(get(path, sizeof(data)), sizeof(data), "a block of it");
	ok(memcmp(first, data, sizeof(first)) != 0, "is another one");
	for (size_t i = 0; i < sizeof(data); i++)
		counts[(unsigned char)data[i]]++;
	for (int i = 0; i < 256; i++)
		most = counts[i] > most ? counts[i] : most;
	ok(most < 64, "no byte stands out");
	is_int(put(path, 100), 100, "it takes more to stir in");
	ok(getentropy(data, 256) == 0, "getentropy");
}

static void
test_klog(void)
{
	ssize_t got = get("/dev/klog", sizeof(data) - 1);

	ok(got > 0, "the kernel has said something");
	data[got > 0 ? got : 0] = '\0';
	ok(strstr(data, "Mach") != NULL, "its name, for one");
	is_int(put("/dev/klog", 1), -1, "nobody else says it");
}

static void
test_node(void)
{
	struct stat status;
	struct stat other;

	is_int(stat("/dev/console", &status), 0, "stat, without a terminal");
	ok(S_ISCHR(status.st_mode), "a device");
	is_int(stat("/dev/null", &other), 0, "stat of another");
	ok(other.st_rdev != status.st_rdev, "another device");
	is_int(stat("/dev/../dev/null", &status), 0, "out and in again");
	ok(status.st_ino == other.st_ino && status.st_dev == other.st_dev,
	    "is the same file");
	is_int(stat("/", &status), 0, "the root");
	ok(status.st_dev != other.st_dev, "is another file system");
	is_int(open("/dev/x", O_CREAT | O_WRONLY, 0600), -1, "no new files");
	is_int(errno, EPERM, "can be made there");
	is_int(unlink("/dev/null"), -1, "nor old ones removed");
	is_int(chmod("/dev/full", 0600), 0, "but chmod");
	is_int(stat("/dev/full", &status), 0, "is seen");
	is_int(status.st_mode & 07777, 0600, "by all");
	is_int(chmod("/dev/full", 0666), 0, "and back");
	is_int(rename("/dev/null", "/null"), -1, "rename out of it");
	is_int(errno, EXDEV, "goes between file systems");
}

int
main(void)
{
	test_plain();
	test_random("/dev/random");
	test_random("/dev/urandom");
	test_klog();
	test_node();
	return test_done();
}
