/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Directories and names: mkdir, rmdir, link, symlink, rename and its rules,
 * reading directories, paths, the current directory.
 */
#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <libtest/test.h>
#include <limits.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

#define DIRECTORY "/tmp/directories_test"
#define MANY      300

static int
fails(int result, int error)
{
	return result == -1 && errno == error;
}

static void
make_file(const char *name)
{
	int fd = open(name, O_WRONLY | O_CREAT | O_TRUNC, 0600);

	write(fd, name, strlen(name));
	close(fd);
}

static ino_t
ino_of(const char *name)
{
	struct stat st;

	return lstat(name, &st) == 0 ? st.st_ino : 0;
}

static int
nlink_of(const char *name)
{
	struct stat st;

	return lstat(name, &st) == 0 ? (int)st.st_nlink : -1;
}

static void
test_mkdir(void)
{
	int links = nlink_of(".");

	is_int(mkdir("d", 0755), 0, "mkdir");
	is_int(nlink_of("d"), 2, "a new folder has two links");
	is_int(nlink_of("."), links + 1, "its parent one more");
	ok(fails(mkdir("d", 0755), EEXIST), "again: EEXIST");
	ok(fails(mkdir("x/y", 0755), ENOENT), "in nothing: ENOENT");
	is_int(mkdir("d/e", 0755), 0, "a folder in it");
	ok(fails(rmdir("d"), ENOTEMPTY), "rmdir of a full one: ENOTEMPTY");
	ok(fails(rmdir("d/e/."), EINVAL), "rmdir of dot: EINVAL");
	ok(ino_of("d/e/..") == ino_of("d"), "dot-dot is the parent");
	ok(unlink("d/e") == -1, "unlink does not take a folder");
	is_int(rmdir("d/e"), 0, "rmdir");
	make_file("f");
	ok(fails(rmdir("f"), ENOTDIR), "rmdir of a file: ENOTDIR");
	is_int(rmdir("d/"), 0, "rmdir with a slash at the end");
	unlink("f");
}

static void
test_links(void)
{
	char target[16] = "";
	struct stat st;

	make_file("a");
	is_int(link("a", "b"), 0, "link");
	ok(ino_of("a") == ino_of("b"), "one file, two names");
	is_int(nlink_of("a"), 2, "two links");
	ok(fails(link("a", "b"), EEXIST), "a name there is: EEXIST");
	is_int(unlink("a"), 0, "unlink the first");
	is_int(nlink_of("b"), 1, "one left");
	is_int(symlink("b", "s"), 0, "symlink");
	is_int(readlink("s", target, sizeof(target)), 1, "readlink");
	ok(target[0] == 'b', "gives its text");
	ok(stat("s", &st) == 0 && S_ISREG(st.st_mode), "stat follows");
	ok(lstat("s", &st) == 0 && S_ISLNK(st.st_mode), "lstat does not");
	ok(fails((int)readlink("b", target, 9), EINVAL), "EINVAL of a file");
	ok(fails(open("s", O_RDONLY | O_NOFOLLOW), ELOOP), "O_NOFOLLOW: ELOOP");
	symlink("loop", "loop");
	ok(fails(open("loop", O_RDONLY), ELOOP), "a loop: ELOOP");
	symlink("nowhere", "dangling");
	ok(fails(open("dangling", O_RDONLY), ENOENT), "a dangling one: ENOENT");
	make_file("dangling");
	ok(ino_of("nowhere") != 0, "creating through it makes its target");
	symlink(DIRECTORY "/b", "absolute");
	ok(stat("absolute", &st) == 0 && st.st_ino == ino_of("b"),
	    "an absolute one");
	unlink("b");
	unlink("s");
	unlink("loop");
	unlink("dangling");
	unlink("nowhere");
	is_int(unlink("absolute"), 0, "unlink takes the link, not the target");
}

static void
test_rename_files(void)
{
	ino_t ino;

	make_file("a");
	make_file("b");
	ino = ino_of("a");
	is_int(rename("a", "b"), 0, "rename over a file");
	ok(ino_of("b") == ino && ino_of("a") == 0, "takes its place");
	is_int(rename("b", "b"), 0, "onto itself");
	link("b", "c");
	is_int(rename("b", "c"), 0, "onto another name of itself");
	ok(ino_of("b") != 0 && ino_of("c") != 0, "does nothing");
	ok(fails(rename("none", "d"), ENOENT), "of nothing: ENOENT");
	mkdir("d", 0700);
	ok(fails(rename("b", "d"), EISDIR), "a file onto a folder: EISDIR");
	ok(fails(rename("d", "b"), ENOTDIR), "a folder onto a file: ENOTDIR");
	is_int(rename("b", "d/b"), 0, "into a folder");
	unlink("d/b");
	unlink("c");
	rmdir("d");
}

static void
test_rename_folders(void)
{
	int links;

	mkdir("p", 0700);
	mkdir("q", 0700);
	mkdir("p/x", 0700);
	links = nlink_of("q");
	ok(fails(rename("p", "p/x/y"), EINVAL), "into itself: EINVAL");
	is_int(rename("p/x", "q/x"), 0, "a folder to another parent");
	ok(ino_of("q/x/..") == ino_of("q"), "its dot-dot follows");
	is_int(nlink_of("p"), 2, "the old parent has a link less");
	is_int(nlink_of("q"), links + 1, "the new one a link more");
	ok(rename("p", "q") == -1 && (errno == ENOTEMPTY || errno == EEXIST),
	    "onto a full folder: refused");
	is_int(rename("p", "q/x"), 0, "onto an empty one");
	is_int(rmdir("q/x"), 0, "which it replaced");
	is_int(rmdir("q"), 0, "and all is empty");
}

static void
test_readdir(void)
{
	bool seen[MANY] = {false};
	char name[32];
	int i, count = 0, dots = 0, twice = 0;
	struct dirent *entry;
	DIR *dir;

	mkdir("many", 0700);
	for (i = 0; i < MANY; i++) {
		snprintf(name, sizeof(name), "many/entry-%d", i);
		make_file(name);
	}
	dir = opendir("many");
	ok(dir != NULL, "opendir");
	while (dir != NULL && (entry = readdir(dir)) != NULL) {
		if (entry->d_name[0] == '.') {
			dots++;
			continue;
		}
		i = atoi(entry->d_name + 6);
		twice += seen[i];
		seen[i] = true;
		count++;
		/* Removing what was read must not lose what was not. */
		snprintf(name, sizeof(name), "many/entry-%d", i);
		unlink(name);
	}
	is_int(count, MANY, "readdir gives every entry");
	is_int(twice, 0, "none twice");
	is_int(dots, 2, "and dot and dot-dot");
	rewinddir(dir);
	for (count = 0; readdir(dir) != NULL; count++)
		;
	is_int(count, 2, "rewinddir shows the folder as it is now");
	closedir(dir);
	is_int(rmdir("many"), 0, "which is empty");
	ok(opendir("none") == NULL && errno == ENOENT, "opendir of nothing");
}

static void
test_cwd(void)
{
	char path[PATH_MAX];
	int fd = open(".", O_RDONLY | O_DIRECTORY);

	is_str(getcwd(path, sizeof(path)), DIRECTORY, "getcwd");
	mkdir("one", 0700);
	mkdir("one/two", 0700);
	is_int(chdir("one/two"), 0, "chdir");
	is_str(getcwd(path, sizeof(path)), DIRECTORY "/one/two", "getcwd");
	is_int(chdir("../.."), 0, "up twice");
	is_str(getcwd(path, sizeof(path)), DIRECTORY, "and back");
	chdir("one");
	is_int(fchdir(fd), 0, "fchdir");
	is_str(getcwd(path, sizeof(path)), DIRECTORY, "getcwd");
	ok(getcwd(path, 4) == NULL && errno == ERANGE, "too small: ERANGE");
	ok(fails(chdir("none"), ENOENT), "chdir to nothing");
	is_int(mkdirat(fd, "at", 0700), 0, "mkdirat");
	is_int(unlinkat(fd, "at", AT_REMOVEDIR), 0, "unlinkat");
	ok(realpath("one/../one/two/.", path) != NULL, "realpath");
	is_str(path, DIRECTORY "/one/two", "is the whole path");
	is_int(symlink("/etc/passwd", "one/file"), 0, "a link to a file");
	ok(realpath("one/file", path) != NULL, "is followed");
	is_str(path, "/etc/passwd", "to it");
	ok(realpath("one/file/", path) == NULL && errno == ENOTDIR,
	    "but is no directory");
	is_int(symlink("one", "up"), 0, "a link to a directory");
	ok(realpath("up/two/..", path) != NULL, "is followed");
	is_str(path, DIRECTORY "/one", "to it");
	unlink("up");
	unlink("one/file");
	close(fd);
	rmdir("one/two");
	rmdir("one");
}

static void
test_mounts(void)
{
	char path[PATH_MAX];
	struct stat root, dev, up;

	stat("/", &root);
	stat("/dev", &dev);
	stat("/dev/..", &up);
	ok(root.st_dev != dev.st_dev, "/dev is another file system");
	ok(root.st_dev == up.st_dev && root.st_ino == up.st_ino,
	    "/dev/.. is the root");
	is_int(chdir("/dev"), 0, "chdir to it");
	is_str(getcwd(path, sizeof(path)), "/dev", "getcwd there");
	ok(fails(link("/dev/null", "/tmp/null"), EXDEV), "link over: EXDEV");
	ok(fails(rename("/dev/null", "/tmp/null"), EXDEV), "rename: EXDEV");
	ok(fails(rmdir("/dev"), EBUSY), "rmdir of a mount: EBUSY");
	chdir(DIRECTORY);
}

int
main(void)
{
	mkdir(DIRECTORY, 0700);
	if (chdir(DIRECTORY) != 0) {
		ok(false, "a folder in /tmp");
		return test_done();
	}
	test_mkdir();
	test_links();
	test_rename_files();
	test_rename_folders();
	test_readdir();
	test_cwd();
	test_mounts();
	chdir("/");
	is_int(rmdir(DIRECTORY), 0, "nothing is left behind");
	return test_done();
}
