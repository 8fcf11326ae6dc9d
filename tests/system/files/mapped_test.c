/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Mapped files and calls on the same file agree, at once and both ways; and
 * files whose names are gone while they are mapped.
 */
#include <errno.h>
#include <fcntl.h>
#include <libtest/test.h>
#include <stdint.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#define PAGE 4096UL
#define SIZE (40 * PAGE)

static const char name[] = "/tmp/mapped";

/* A file of SIZE bytes, each the number of its page. */
static int
make_file(void)
{
	char page[PAGE];
	int fd = open(name, O_RDWR | O_CREAT | O_TRUNC, 0600);

	for (unsigned i = 0; i < SIZE / PAGE; i++) {
		memset(page, (int)i, sizeof(page));
		if (write(fd, page, sizeof(page)) != (ssize_t)sizeof(page))
			return -1;
	}
	return fd;
}

static volatile char *
map(int fd, int prot, int flags)
{
	void *memory = mmap(NULL, SIZE, prot, flags, fd, 0);

	return memory != MAP_FAILED ? memory : NULL;
}

static int
byte_at(int fd, off_t offset)
{
	unsigned char byte;

	return pread(fd, &byte, 1, offset) == 1 ? byte : -1;
}

static void
test_shared(void)
{
	int fd = make_file();
	int reader = open(name, O_RDONLY);
	volatile char *ours = map(fd, PROT_READ | PROT_WRITE, MAP_SHARED);
	volatile char *theirs = map(reader, PROT_READ, MAP_SHARED);
	bool good = true;

	ok(ours != NULL && theirs != NULL, "a file is mapped twice");
	if (ours == NULL || theirs == NULL)
		return;
	for (unsigned i = 0; i < SIZE / PAGE; i++)
		good = good && ours[i * PAGE + 7] == (char)i &&
		       theirs[i * PAGE + 9] == (char)i;
	ok(good, "with its contents");
	ours[5] = 'a';
	is_int(byte_at(reader, 5), 'a', "read sees a store");
	is_int(pwrite(fd, "xyz", 3, 6), 3, "write");
	is_int(ours[7], 'y', "is seen by the mapping");
	is_int(ours[5], 'a', "which keeps what was stored");
	is_int(theirs[7], 'y', "and by the other");
	is_int(theirs[5], 'a', "that shows the store, too");
	ours[20 * PAGE] = 'b';
	is_int(msync((void *)(uintptr_t)ours, SIZE, MS_SYNC), 0, "msync");
	is_int(byte_at(reader, 20 * PAGE), 'b', "read again");
	is_int(ftruncate(fd, 10 * PAGE + 10), 0, "truncate");
	is_int(ftruncate(fd, SIZE), 0, "and extend");
	is_int(ours[10 * PAGE + 9], 10, "what was before the end stays");
	is_int(ours[10 * PAGE + 10], 0, "what was behind it is gone");
	is_int(ours[20 * PAGE], 0, "all of it");
	is_int(theirs[20 * PAGE], 0, "for both");
	munmap((void *)(uintptr_t)ours, SIZE);
	munmap((void *)(uintptr_t)theirs, SIZE);
	close(fd);
	is_int(byte_at(reader, 5), 'a', "after the mapping, too");
	close(reader);
}

static void
test_private(void)
{
	int fd = make_file();
	volatile char *memory;

	close(fd);
	fd = open(name, O_RDONLY);
	memory = map(fd, PROT_READ | PROT_WRITE, MAP_PRIVATE);
	ok(memory != NULL, "a private mapping of what may only be read");
	if (memory == NULL)
		return;
	memory[3 * PAGE] = 'p';
	is_int(memory[3 * PAGE], 'p', "can be written");
	is_int(byte_at(fd, 3 * PAGE), 3, "and the file stays");
	munmap((void *)(uintptr_t)memory, SIZE);
	ok(mmap(NULL, SIZE, PROT_READ | PROT_WRITE, MAP_SHARED, fd, 0) ==
		MAP_FAILED,
	    "a shared one cannot");
	is_int(errno, EACCES, "for want of permission");
	close(fd);
}

static void
test_unlinked(void)
{
	int fd = make_file();
	volatile char *memory = map(fd, PROT_READ | PROT_WRITE, MAP_SHARED);
	struct stat status;

	close(fd);
	is_int(unlink(name), 0, "a mapped file loses its name");
	ok(memory != NULL && memory[30 * PAGE] == 30, "it is still there");
	if (memory == NULL)
		return;
	memory[30 * PAGE] = 'u';
	is_int(memory[30 * PAGE], 'u', "to be written");
	munmap((void *)(uintptr_t)memory, SIZE);
	is_int(stat(name, &status), -1, "then it is gone");
}

/* Stores through one mapping are seen through another that only reads. */
static void
test_two(bool linked)
{
	int fd = make_file();
	int reader = open(name, O_RDONLY);
	volatile char *ours = map(fd, PROT_READ | PROT_WRITE, MAP_SHARED);
	volatile char *theirs = map(reader, PROT_READ, MAP_SHARED);
	bool good = true;

	ok(ours != NULL && theirs != NULL, "a file is mapped twice");
	if (ours == NULL || theirs == NULL)
		return;
	if (!linked)
		unlink(name);
	ours[3 * PAGE] = 'a';
	is_int(theirs[3 * PAGE], 'a', "the first store is seen");
	ours[3 * PAGE] = 'b';
	is_int(theirs[3 * PAGE], 'b', "and the next, when that was");
	is_int(theirs[7 * PAGE], 7, "a page that is read first");
	ours[7 * PAGE] = 'c';
	is_int(theirs[7 * PAGE], 'c', "and stored to then");
	is_int(ours[8 * PAGE], 8, "a page that both read");
	is_int(theirs[8 * PAGE], 8, "at first");
	ours[8 * PAGE] = 'd';
	is_int(theirs[8 * PAGE], 'd', "and one stores to");
	for (int i = 0; i < 200; i++) {
		ours[9 * PAGE] = (char)i;
		ours[30 * PAGE + i] = (char)i;
		good = good && theirs[9 * PAGE] == (char)i &&
		       theirs[30 * PAGE + i] == (char)i;
	}
	ok(good, "again and again");
	munmap((void *)(uintptr_t)ours, SIZE);
	is_int(theirs[9 * PAGE], (char)199, "it stays when the other goes");
	munmap((void *)(uintptr_t)theirs, SIZE);
	is_int(byte_at(reader, 3 * PAGE), 'b', "in the file, too");
	close(fd);
	close(reader);
	unlink(name);
}

/* A fault beyond the file's end is a signal, not a hang. */
static void
test_beyond(void)
{
	int fd = make_file();
	int status = 0;
	pid_t pid;

	ftruncate(fd, PAGE);
	fflush(stdout);
	pid = fork();
	if (pid == 0) {
		volatile char *memory = map(fd, PROT_READ, MAP_SHARED);

		_exit(memory != NULL ? memory[2 * PAGE] : 1);
	}
	waitpid(pid, &status, 0);
	ok(WIFSIGNALED(status), "behind the end there is no memory");
	close(fd);
	unlink(name);
}

int
main(void)
{
	test_shared();
	test_private();
	test_unlinked();
	test_two(true);
	test_two(false);
	test_beyond();
	return test_done();
}
