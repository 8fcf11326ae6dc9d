/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Regular files: open's flags, read, write and lseek, truncation, sparse files,
 * append, dup, permissions, times.
 */
#include <errno.h>
#include <fcntl.h>
#include <libtest/test.h>
#include <stdint.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

#define DIRECTORY "/tmp/files_test"

static char big[100000];

static int
fails(int result, int error)
{
	return result == -1 && errno == error;
}

static void
test_open(void)
{
	int fd = open("a", O_WRONLY | O_CREAT | O_EXCL, 0640);
	struct stat st;

	ok(fd >= 0, "O_CREAT|O_EXCL creates");
	ok(fails(open("a", O_WRONLY | O_CREAT | O_EXCL, 0640), EEXIST),
	    "and again it is EEXIST");
	ok(fstat(fd, &st) == 0 && S_ISREG(st.st_mode), "a regular file");
	is_int(st.st_mode & 07777, 0640, "with the mode asked for");
	is_int(st.st_nlink, 1, "one link");
	is_int(st.st_size, 0, "empty");
	ok(fails((int)read(fd, big, 1), EBADF), "O_WRONLY does not read");
	close(fd);
	ok(fails(close(fd), EBADF), "closing twice is EBADF");
	fd = open("a", O_RDONLY);
	ok(fails((int)write(fd, "x", 1), EBADF), "O_RDONLY does not write");
	close(fd);
	ok(fails(open("none", O_RDONLY), ENOENT), "ENOENT");
	ok(fails(open("a/b", O_RDONLY), ENOTDIR), "ENOTDIR");
	ok(fails(open("a/", O_RDONLY), ENOTDIR), "a/ of a file is ENOTDIR");
	ok(fails(open(".", O_WRONLY), EISDIR), "EISDIR");
	ok(fails(open("a", O_RDONLY | O_DIRECTORY), ENOTDIR),
	    "O_DIRECTORY of a file is ENOTDIR");
	ok(fails(open("", O_RDONLY), ENOENT), "the empty path is ENOENT");
	memset(big, 'n', 300);
	big[300] = '\0';
	ok(fails(open(big, O_WRONLY | O_CREAT, 0600), ENAMETOOLONG),
	    "a name of 300 characters is ENAMETOOLONG");
	unlink("a");
}

static void
test_data(void)
{
	int fd = open("data", O_RDWR | O_CREAT | O_TRUNC, 0600);
	char *back = malloc(sizeof(big));
	struct stat st;
	size_t i;

	for (i = 0; i < sizeof(big); i++)
		big[i] = (char)(i * 7 + i / 251);
	is_int(write(fd, big, sizeof(big)), sizeof(big), "a long write");
	is_int(lseek(fd, 0, SEEK_CUR), sizeof(big), "moves the offset");
	is_int(read(fd, back, 10), 0, "at the end read gives 0");
	is_int(lseek(fd, 0, SEEK_SET), 0, "back to the start");
	is_int(read(fd, back, sizeof(big)), sizeof(big), "a long read");
	ok(memcmp(back, big, sizeof(big)) == 0, "gives what was written");
	is_int(pread(fd, back, 100, 5000), 100, "pread");
	ok(memcmp(back, big + 5000, 100) == 0, "reads from its offset");
	is_int(pwrite(fd, "hello", 5, 4094), 5, "pwrite over a page's end");
	is_int(lseek(fd, 0, SEEK_CUR), sizeof(big), "neither moves the offset");
	pread(fd, back, 7, 4093);
	ok(memcmp(back + 1, "hello", 5) == 0 && back[0] == big[4093] &&
		back[6] == big[4099],
	    "only those bytes changed");
	ok(fails((int)lseek(fd, -1, SEEK_SET), EINVAL), "lseek before 0");
	ok(fails((int)lseek(fd, 0, 77), EINVAL), "lseek of no such kind");
	is_int(lseek(fd, -5, SEEK_END), sizeof(big) - 5, "SEEK_END");
	is_int(fsync(fd), 0, "fsync");
	fstat(fd, &st);
	is_int(st.st_size, sizeof(big), "the size");
	ok(st.st_blocks * 512 >= (long long)sizeof(big), "and its blocks");
	free(back);
	close(fd);
}

static void
test_truncate(void)
{
	int fd = open("data", O_RDWR);
	char c[4];
	struct stat st;

	is_int(ftruncate(fd, 5000), 0, "ftruncate cuts");
	fstat(fd, &st);
	is_int(st.st_size, 5000, "to the length");
	is_int(ftruncate(fd, 9000), 0, "and lengthens");
	is_int(pread(fd, c, 4, 4998), 4, "across the old end");
	ok(c[0] == big[4998] && c[1] == big[4999] && c[2] == 0 && c[3] == 0,
	    "what follows it reads as 0");
	ok(fails(ftruncate(fd, -1), EINVAL), "a negative length is EINVAL");
	close(fd);
	is_int(truncate("data", 10), 0, "truncate by name");
	stat("data", &st);
	is_int(st.st_size, 10, "has worked");
	fd = open("data", O_WRONLY | O_TRUNC);
	fstat(fd, &st);
	is_int(st.st_size, 0, "O_TRUNC empties");
	close(fd);
}

static void
test_sparse(void)
{
	int fd = open("sparse", O_RDWR | O_CREAT, 0600);
	const off_t far = (off_t)40 << 20;
	struct stat st;
	char c[3] = {1, 1, 1};

	is_int(pwrite(fd, "z", 1, far), 1, "a byte at 40 MiB");
	fstat(fd, &st);
	is_int(st.st_size, far + 1, "makes it so long");
	ok(st.st_blocks < 200, "but a hole takes no blocks");
	is_int(pread(fd, c, 3, far - 2), 3, "reading it");
	ok(c[0] == 0 && c[1] == 0 && c[2] == 'z', "gives zeros before it");
	close(fd);
	is_int(unlink("sparse"), 0, "and away");
}

static void
test_append(void)
{
	int fd = open("log", O_WRONLY | O_CREAT | O_APPEND, 0600);
	int other = open("log", O_WRONLY | O_APPEND);
	char text[16] = "";

	write(fd, "one ", 4);
	write(other, "two ", 4);
	write(fd, "three", 5);
	close(fd);
	close(other);
	fd = open("log", O_RDONLY);
	read(fd, text, sizeof(text) - 1);
	is_str(text, "one two three", "two appenders lose nothing");
	close(fd);
	unlink("log");
}

static void
test_dup(void)
{
	int fd = open("dup", O_RDWR | O_CREAT, 0600);
	int copy = dup(fd);
	int high = fcntl(fd, F_DUPFD, 40);

	write(fd, "abc", 3);
	is_int(lseek(copy, 0, SEEK_CUR), 3, "dup shares the offset");
	is_int(high, 40, "F_DUPFD takes the first free from 40");
	is_int(dup2(fd, 41), 41, "dup2");
	is_int(lseek(41, 0, SEEK_CUR), 3, "shares it too");
	is_int(dup2(fd, fd), fd, "dup2 onto itself");
	close(fd);
	is_int(write(copy, "d", 1), 1, "a copy outlives the original");
	is_int(fcntl(copy, F_GETFD), 0, "and stays open over exec");
	fcntl(copy, F_SETFD, FD_CLOEXEC);
	is_int(fcntl(copy, F_GETFD), FD_CLOEXEC, "F_SETFD");
	is_int(fcntl(high, F_GETFD), 0, "is the descriptor's own");
	ok(fails(dup2(99, 5), EBADF), "dup2 of nothing is EBADF");
	close(copy);
	close(high);
	close(41);
	unlink("dup");
}

static void
test_unlinked(void)
{
	int fd = open("gone", O_RDWR | O_CREAT, 0600);
	char c = 0;
	struct stat st;

	write(fd, "x", 1);
	is_int(unlink("gone"), 0, "unlink an open file");
	ok(fails(stat("gone", &st), ENOENT), "its name is gone");
	is_int(pread(fd, &c, 1, 0), 1, "its data are not");
	fstat(fd, &st);
	is_int(st.st_nlink, 0, "no link is left");
	close(fd);
}

static void
test_attributes(void)
{
	const struct timespec times[2] = {{1000, 500}, {2000, 600}};
	int fd = open("attr", O_RDWR | O_CREAT, 0600);
	mode_t old = umask(027);
	struct stat st;

	is_int(fchmod(fd, 0751), 0, "fchmod");
	fstat(fd, &st);
	is_int(st.st_mode & 07777, 0751, "sets the mode");
	is_int(futimens(fd, times), 0, "futimens");
	fstat(fd, &st);
	is_int(st.st_atim.tv_sec, 1000, "sets the access time");
	is_int(st.st_mtim.tv_sec, 2000, "and the modification time");
	write(fd, "x", 1);
	fstat(fd, &st);
	ok(st.st_mtim.tv_sec > 1000000, "a write sets it to now");
	close(fd);
	fd = open("masked", O_WRONLY | O_CREAT, 0666);
	fstat(fd, &st);
	is_int(st.st_mode & 0777, 0640, "umask");
	umask(old);
	close(fd);
	is_int(access("attr", R_OK | W_OK | X_OK), 0, "access");
	ok(fails(access("none", F_OK), ENOENT), "access of nothing");
	unlink("attr");
	unlink("masked");
}

int
main(void)
{
	mkdir(DIRECTORY, 0700);
	if (chdir(DIRECTORY) != 0) {
		ok(false, "a folder in /tmp");
		return test_done();
	}
	test_open();
	test_data();
	test_truncate();
	test_sparse();
	test_append();
	test_dup();
	test_unlinked();
	test_attributes();
	unlink("data");
	chdir("/");
	is_int(rmdir(DIRECTORY), 0, "nothing is left behind");
	return test_done();
}
