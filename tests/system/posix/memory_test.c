/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Memory: malloc in all sizes, anonymous and file mappings, what fork shares
 * and what it copies, protection.
 */
#include <errno.h>
#include <fcntl.h>
#include <libtest/test.h>
#include <signal.h>
#include <stdint.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <sys/wait.h>
#include <unistd.h>

#define SCRATCH "/tmp/memory_test"
#define PAGE    ((size_t)4096)
#define MEGA    ((size_t)1 << 20)

static char *
map(size_t size, int prot, int flags, int fd, off_t offset)
{
	void *address = mmap(NULL, size, prot, flags, fd, offset);

	return address == MAP_FAILED ? NULL : address;
}

static void
test_malloc(void)
{
	enum { COUNT = 500 };
	static unsigned char *blocks[COUNT];
	static size_t sizes[COUNT];
	unsigned seed = 1;
	int i, round, bad = 0;

	for (round = 0; round < 4; round++) {
		for (i = 0; i < COUNT; i++) {
			if (blocks[i] != NULL &&
			    blocks[i][sizes[i] / 2] != i % 251)
				bad++;
			seed = seed * 1103515245 + 12345;
			sizes[i] =
			    1 + (seed >> 8) % (i % 50 == 0 ? 300000 : 2000);
			free(blocks[i]);
			blocks[i] = malloc(sizes[i]);
			if (blocks[i] == NULL || (uintptr_t)blocks[i] % 16 != 0)
				bad++;
			else
				memset(blocks[i], i % 251, sizes[i]);
		}
	}
	is_int(bad, 0, "2000 blocks keep what was put into them");
	for (i = 0; i < COUNT; i++)
		free(blocks[i]);
}

static void
test_anonymous(void)
{
	char *big = map(64 * MEGA, PROT_READ | PROT_WRITE,
	    MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
	size_t i, set = 0;

	ok(big != NULL, "64 MiB of nothing");
	if (big == NULL)
		return;
	for (i = 0; i < 64 * MEGA; i += MEGA)
		set += big[i] != 0;
	is_int(set, 0, "is zero");
	for (i = 0; i < 8 * MEGA; i += PAGE)
		big[i] = (char)(i >> 12);
	for (i = 0; i < 8 * MEGA; i += PAGE)
		set += big[i] != (char)(i >> 12);
	is_int(set, 0, "keeps what is written");
	is_int(munmap(big + MEGA, MEGA), 0, "munmap in its middle");
	ok(big[MEGA - PAGE] == (char)((MEGA - PAGE) >> 12) &&
		big[2 * MEGA] == (char)(2 * MEGA >> 12),
	    "leaves what is around");
	is_int(munmap(big, 64 * MEGA), 0, "munmap over a hole");
}

static void
test_file(void)
{
	int fd = open(SCRATCH, O_RDWR | O_CREAT | O_TRUNC, 0600);
	char page[PAGE];
	char *shown;
	int i;

	for (i = 0; i < 5; i++) {
		memset(page, 'a' + i, PAGE);
		write(fd, page, PAGE);
	}
	write(fd, "end", 3);
	shown = map(6 * PAGE, PROT_READ | PROT_WRITE, MAP_PRIVATE, fd, 0);
	ok(shown != NULL, "a private mapping of a file");
	if (shown == NULL)
		return;
	ok(shown[0] == 'a' && shown[4 * PAGE] == 'e', "shows the file");
	ok(memcmp(shown + 5 * PAGE, "end\0", 4) == 0,
	    "and zeros after its end");
	shown[PAGE] = 'X';
	pread(fd, page, 1, (off_t)PAGE);
	is_int(page[0], 'b', "what is written there is its own");
	pwrite(fd, "Y", 1, (off_t)(2 * PAGE));
	is_int(shown[2 * PAGE], 'Y', "a write to the file shows");
	close(fd);
	is_int(shown[3 * PAGE], 'd', "it outlives the descriptor");
	munmap(shown, 6 * PAGE);
	fd = open(SCRATCH, O_RDONLY);
	shown = map(PAGE, PROT_READ, MAP_PRIVATE, fd, (off_t)PAGE);
	ok(shown != NULL && shown[0] == 'b', "a mapping from an offset");
	munmap(shown, PAGE);
	ok(map(PAGE, PROT_READ, MAP_PRIVATE, fd, 100) == NULL &&
		errno == EINVAL,
	    "an odd offset is EINVAL");
	close(fd);
	ok(map(PAGE, PROT_READ, MAP_PRIVATE, fd, 0) == NULL && errno == EBADF,
	    "no descriptor is EBADF");
	unlink(SCRATCH);
}

static void
test_fork(void)
{
	char *shared = map(
	    PAGE, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
	char *private = map(
	    MEGA, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
	int status = -1;
	pid_t pid;

	ok(shared != NULL && private != NULL, "shared and private memory");
	if (shared == NULL || private == NULL)
		return;
	memset(private, 1, MEGA);
	fflush(stdout);
	pid = fork();
	if (pid == 0) {
		shared[0] = 5;
		memset(private, 2, MEGA / 2);
		_exit(private[MEGA - 1] == 1 ? 0 : 1);
	}
	private[MEGA - 1] = 3;
	waitpid(pid, &status, 0);
	is_int(status, 0, "the child saw the memory of the fork");
	is_int(shared[0], 5, "shared memory is shared");
	is_int(private[0], 1, "private memory is not");
	munmap(shared, PAGE);
	munmap(private, MEGA);
}

static int
write_kills(volatile char *address)
{
	int status = 0;
	pid_t pid;

	fflush(stdout);
	pid = fork();
	if (pid == 0) {
		*address = 1;
		_exit(0);
	}
	waitpid(pid, &status, 0);
	return WIFSIGNALED(status) && WTERMSIG(status) == SIGSEGV;
}

static void
test_protection(void)
{
	char *page = map(2 * PAGE, PROT_READ | PROT_WRITE,
	    MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);

	if (page == NULL) {
		ok(false, "two pages");
		return;
	}
	page[0] = page[PAGE] = 7;
	is_int(mprotect(page, PAGE, PROT_READ), 0, "mprotect");
	is_int(page[0], 7, "still readable");
	ok(write_kills(page), "not writable");
	ok(!write_kills(page + PAGE), "but its neighbour is");
	is_int(mprotect(page, PAGE, PROT_READ | PROT_WRITE), 0, "and back");
	ok(!write_kills(page), "writable");
	munmap(page, 2 * PAGE);
	ok(write_kills(page), "gone");
}

static int
invalidate(char *page)
{
	return msync(page, PAGE, MS_SYNC | MS_INVALIDATE) == 0 ? 0 : errno;
}

static void
test_locked(void)
{
	int fd = open(SCRATCH, O_RDWR | O_CREAT | O_TRUNC, 0600);
	char *pages;

	ok(fd >= 0 && ftruncate(fd, 3 * (off_t)PAGE) == 0, "a file");
	pages = map(3 * PAGE, PROT_READ | PROT_WRITE, MAP_SHARED, fd, 0);
	if (pages == NULL) {
		ok(false, "three pages");
		return;
	}
	is_int(mlock(pages, 3 * PAGE), 0, "locked");
	is_int(invalidate(pages + PAGE), EBUSY, "so it cannot be invalidated");
	is_int(msync(pages, PAGE, MS_SYNC), 0, "but written");
	is_int(munlock(pages + PAGE, PAGE), 0, "one is unlocked");
	is_int(invalidate(pages + PAGE), 0, "that can");
	is_int(invalidate(pages), EBUSY, "the one before not");
	is_int(invalidate(pages + 2 * PAGE), EBUSY, "nor that behind");
	is_int(mlockall(MCL_CURRENT), 0, "all is locked");
	is_int(invalidate(pages + PAGE), EBUSY, "that, too");
	is_int(munlockall(), 0, "and unlocked");
	is_int(invalidate(pages), 0, "all of it");
	munmap(pages, 3 * PAGE);
	pages = map(PAGE, PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
	ok(pages != NULL && mlock(pages, PAGE) == 0, "one to write only");
	is_int(mlockall(MCL_CURRENT | MCL_FUTURE), 0, "among all");
	is_int(munlockall(), 0, "and all are unlocked again");
	munmap(pages, PAGE);
	pages = map(PAGE, PROT_READ, MAP_SHARED, -1, 0);
	ok(pages == NULL && errno == EBADF, "no file");
	pages = map(PAGE, PROT_READ, MAP_SHARED, fd, INT64_MAX - PAGE + 1);
	ok(pages == NULL && errno == EOVERFLOW, "beyond what files have");
	close(fd);
	unlink(SCRATCH);
}

int
main(void)
{
	test_malloc();
	test_anonymous();
	test_file();
	test_fork();
	test_protection();
	test_locked();
	return test_done();
}
