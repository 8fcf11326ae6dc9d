/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Files in memory: a small file system is mounted, filled, mapped, and taken
 * off again, with what it had of memory.
 */
#include <errno.h>
#include <fcntl.h>
#include <libtest/test.h>
#include <machr/system.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <sys/statvfs.h>
#include <sys/wait.h>
#include <unistd.h>

#define ROOT  "/mnt"
#define FILE  ROOT "/file"
#define PAGE  4096UL
#define PAGES 256UL
#define NAMES 200

static char page[PAGE];

static int
run(const char *command)
{
	int status = system(command);

	return WIFEXITED(status) ? WEXITSTATUS(status) : -1;
}

static bool
is_mounted(void)
{
	char text[4096];
	ssize_t size = machr_mounts(text, sizeof(text) - 1);

	text[size > 0 ? size : 0] = '\0';
	return strstr(text, " " ROOT " tmpfs ") != NULL;
}

static unsigned long
free_pages(void)
{
	struct statvfs status;

	return statvfs(ROOT, &status) == 0 ? status.f_bfree : 0;
}

static void
test_mount(void)
{
	static const char command[] =
	    "mount -t tmpfs -o size=1m,nr_inodes=200,mode=1770 x " ROOT;
	struct statvfs status;
	struct stat root;

	ok(run("mount -t tmpfs -o size=x x " ROOT) != 0,
	    "wrong options are refused");
	ok(!is_mounted(), "nothing is mounted");
	is_int(run(command), 0, "mount");
	ok(is_mounted(), "it is among the mounts");
	is_int(stat(ROOT, &root), 0, "its root");
	is_int(root.st_mode, S_IFDIR | 01770, "has the mode asked for");
	is_int(statvfs(ROOT, &status), 0, "statvfs");
	is_int(status.f_blocks * status.f_frsize, PAGES * PAGE, "its size");
	is_int(status.f_bfree, PAGES, "all of it free");
	is_int(status.f_files, NAMES, "its inodes");
	is_int(status.f_ffree, NAMES - 1, "all but one");
	is_int(status.f_namemax, 255, "names of 255");
}

static void
test_full(void)
{
	int fd = open(FILE, O_RDWR | O_CREAT | O_EXCL, 0600);
	unsigned long written = 0;
	bool good = true;

	for (;; written++) {
		memset(page, (int)written, PAGE);
		if (write(fd, page, PAGE) != (ssize_t)PAGE)
			break;
	}
	is_int(errno, ENOSPC, "full");
	is_int(written, PAGES, "after what it holds");
	is_int(free_pages(), 0, "nothing is free");
	is_int(open(ROOT "/x", O_WRONLY | O_CREAT | O_TRUNC, 0600), fd + 1,
	    "a file without data");
	is_int(write(fd + 1, "x", 1), -1, "has no room for any");
	is_int(errno, ENOSPC, "it says so");
	close(fd + 1);
	for (unsigned long i = 0; i < PAGES; i++)
		good =
		    good &&
		    pread(fd, page, PAGE, (off_t)(i * PAGE)) == (ssize_t)PAGE &&
		    page[0] == (char)i && page[PAGE - 1] == (char)i;
	ok(good, "what was written is there");
	is_int(ftruncate(fd, PAGE), 0, "cut");
	is_int(free_pages(), PAGES - 1, "the rest is free again");
	is_int(unlink(FILE), 0, "unlink");
	is_int(free_pages(), PAGES - 1, "an open file stays");
	is_int(pread(fd, page, 1, 0), 1, "and can be read");
	close(fd);
	is_int(free_pages(), PAGES, "until it is closed");
	is_int(unlink(ROOT "/x"), 0, "unlink the other");
}

static void
test_sparse(void)
{
	const off_t far = (off_t)1 << 40;
	int fd = open(FILE, O_RDWR | O_CREAT | O_EXCL, 0600);
	struct stat status;

	is_int(pwrite(fd, "end", 3, far), 3, "far out");
	is_int(fstat(fd, &status), 0, "its status");
	is_int(status.st_size, far + 3, "it is so long");
	is_int(status.st_blocks, 8, "and one page");
	memset(page, 1, PAGE);
	is_int(pread(fd, page, PAGE, far / 2), PAGE, "the hole");
	ok(page[0] == 0 && memcmp(page, page + 1, PAGE - 1) == 0, "is zeros");
	is_int(lseek(fd, 0, SEEK_END), far + 3, "its end");
	close(fd);
	unlink(FILE);
	is_int(free_pages(), PAGES, "the page is free again");
}

/* Two processes and one file; what is stored counts as data. */
static void
test_mapped(void)
{
	int fd = open(FILE, O_RDWR | O_CREAT | O_EXCL, 0600);
	volatile char *memory;
	int status = 0;
	pid_t pid;

	is_int(ftruncate(fd, 40 * PAGE), 0, "a file of one hole");
	memory =
	    mmap(NULL, 40 * PAGE, PROT_READ | PROT_WRITE, MAP_SHARED, fd, 0);
	ok(memory != MAP_FAILED, "mapped");
	if (memory == MAP_FAILED)
		return;
	pid = fork();
	if (pid == 0) {
		while (memory[0] == 0)
			usleep(1000);
		memory[30 * PAGE] = (char)(memory[0] + 1);
		_exit(0);
	}
	memory[0] = 'a';
	waitpid(pid, &status, 0);
	is_int(status, 0, "another process saw a store");
	is_int(memory[30 * PAGE], 'b', "and we see its");
	is_int(pread(fd, page, 1, 30 * (off_t)PAGE), 1, "read");
	is_int(page[0], 'b', "as read does");
	is_int(pwrite(fd, "c", 1, PAGE), 1, "write");
	is_int(memory[PAGE], 'c', "is seen, too");
	ok(free_pages() <= PAGES - 3, "what was stored has room");
	munmap((void *)(uintptr_t)memory, 40 * PAGE);
	close(fd);
	fd = open(FILE, O_RDONLY);
	is_int(pread(fd, page, 1, 0), 1, "read when all is unmapped");
	is_int(page[0], 'a', "is what was stored");
	close(fd);
	is_int(unlink(FILE), 0, "unlink");
}

/* Stores into a hole of a full file system: a signal, and nothing lost. */
static void
test_mapped_full(void)
{
	int fd = open(FILE, O_RDWR | O_CREAT | O_EXCL, 0600);
	int full = open(ROOT "/full", O_RDWR | O_CREAT | O_EXCL, 0600);
	int status = 0;
	pid_t pid;

	is_int(ftruncate(fd, 40 * PAGE), 0, "a hole again");
	while (write(full, page, PAGE) > 0)
		;
	pid = fork();
	if (pid == 0) {
		char *memory = mmap(
		    NULL, 40 * PAGE, PROT_READ | PROT_WRITE, MAP_SHARED, fd, 0);

		memory[0] = 1;
		_exit(0);
	}
	waitpid(pid, &status, 0);
	ok(WIFSIGNALED(status), "a store without room ends in a signal");
	is_int(ftruncate(full, 0), 0, "room again");
	is_int(pwrite(fd, "x", 1, 0), 1, "the file goes on");
	close(full);
	close(fd);
	unlink(ROOT "/full");
	unlink(FILE);
	is_int(free_pages(), PAGES, "all is free");
}

static void
test_names(void)
{
	char name[64];
	struct stat status;
	int made = 0;
	int fd;

	for (;; made++) {
		snprintf(name, sizeof(name), ROOT "/n%d", made);
		fd = open(name, O_WRONLY | O_CREAT | O_EXCL, 0600);
		if (fd < 0)
			break;
		close(fd);
	}
	is_int(errno, ENOSPC, "names have an end");
	is_int(made, NAMES - 1, "the one asked for");
	is_int(mkdir(ROOT "/d", 0700), -1, "none for a folder");
	is_int(rename(ROOT "/n0", ROOT "/n1"), 0, "rename over another");
	is_int(mkdir(ROOT "/d", 0700), 0, "now there is");
	is_int(rename(ROOT "/n1", ROOT "/d/n1"), 0, "rename into it");
	is_int(rmdir(ROOT "/d"), -1, "it is not empty");
	is_int(errno, ENOTEMPTY, "it says so");
	is_int(link(ROOT "/d/n1", "/tmp/n1"), -1, "no link elsewhere");
	is_int(errno, EXDEV, "it says so");
	for (int i = 2; i < made; i++) {
		snprintf(name, sizeof(name), ROOT "/n%d", i);
		if (unlink(name) != 0)
			break;
	}
	is_int(link(ROOT "/d/n1", ROOT "/l"), 0, "a link");
	is_int(stat(ROOT "/l", &status), 0, "its status");
	is_int(status.st_nlink, 2, "two links");
	is_int(symlink("d/n1", ROOT "/s"), 0, "a symbolic link");
	is_int(stat(ROOT "/s", &status), 0, "leads");
	is_int(status.st_nlink, 2, "to the same");
	is_int(unlink(ROOT "/s") + unlink(ROOT "/l") + unlink(ROOT "/d/n1") +
		   rmdir(ROOT "/d"),
	    0, "all go");
}

static void
test_unmount(void)
{
	int fd = open(FILE, O_RDWR | O_CREAT | O_EXCL, 0600);

	is_int(write(fd, "kept", 4), 4, "a file");
	is_int(run("umount " ROOT), 0, "umount");
	ok(!is_mounted(), "it is no longer among the mounts");
	is_int(access(FILE, F_OK), -1, "the folder is the disk's");
	is_int(pread(fd, page, 4, 0), 4, "an open file goes on");
	ok(memcmp(page, "kept", 4) == 0, "as it was");
	close(fd);
	ok(run("umount " ROOT) != 0, "twice");
}

int
main(void)
{
	if (access("/sbin/tmpfs", X_OK) != 0) {
		ok(!is_mounted(), "no tmpfs in this image # SKIP");
		return test_done();
	}
	test_mount();
	test_full();
	test_sparse();
	test_mapped();
	test_mapped_full();
	test_names();
	test_unmount();
	return test_done();
}
