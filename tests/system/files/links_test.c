/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * /proc/PID/cwd, exe, root and fd: what they say, where they lead, and whom.
 */
#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <libtest/test.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#define USER      12345
#define FILE_NAME "/tmp/links"
#define RUN_AGAIN 42

static const char *
path_of(pid_t pid, const char *file)
{
	static char path[4][80];
	static unsigned turn;

	turn = (turn + 1) % 4;
	snprintf(path[turn], sizeof(path[turn]), "/proc/%d/%s", (int)pid, file);
	return path[turn];
}

static const char *
fd_path(pid_t pid, int fd)
{
	char file[16];

	snprintf(file, sizeof(file), "fd/%d", fd);
	return path_of(pid, file);
}

/* What a link says, or how it does not. */
static const char *
target(const char *path)
{
	static char text[256];
	ssize_t size = readlink(path, text, sizeof(text) - 1);

	if (size < 0)
		return strerror(errno);
	text[size] = '\0';
	return text;
}

/* A child that waits to be killed. */
static pid_t
make_child(void)
{
	pid_t child = fork();

	if (child == 0) {
		for (;;)
			pause();
	}
	return child;
}

static void
end_child(pid_t child)
{
	kill(child, SIGKILL);
	waitpid(child, NULL, 0);
}

static void
test_directories(void)
{
	char before[256];
	struct stat st, other;
	pid_t child;

	ok(getcwd(before, sizeof(before)) != NULL, "where it begins");
	is_str(target("/proc/self/cwd"), before, "cwd");
	ok(chdir("/var/shm") == 0, "elsewhere");
	is_str(target("/proc/self/cwd"), "/var/shm", "on another file system");
	child = make_child();
	ok(chdir("/") == 0, "and back");
	is_str(target("/proc/self/cwd"), "/", "the root");
	is_str(target(path_of(child, "cwd")), "/var/shm", "a child stays");
	ok(stat(path_of(child, "cwd/."), &st) == 0 &&
		stat("/var/shm", &other) == 0 && st.st_ino == other.st_ino &&
		st.st_dev == other.st_dev,
	    "it leads there");
	is_str(target(path_of(child, "root")), "/", "its root");
	ok(stat(path_of(child, "root/bin/sh"), &st) == 0, "leads on");
	ok(lstat(path_of(child, "cwd"), &st) == 0 && S_ISLNK(st.st_mode),
	    "they are links");
	end_child(child);
	is_int(system("test -z \"$(ls -l /proc/self/fd 2>&1 >/dev/null)\""), 0,
	    "ls does not miss the descriptor that it reads it with");
	ok(chdir("/proc/self/fd") == 0, "in /proc itself");
	ok(strncmp(target("/proc/self/cwd"), "/proc/", 6) == 0 &&
		strstr(target("/proc/self/cwd"), "/fd") != NULL,
	    "it says so");
	ok(chdir("/proc/self/cwd/..") == 0 && chdir(before) == 0, "out of it");
}

static void
test_program(void)
{
	struct stat st, other;
	pid_t child = make_child();
	char name[] = "links_test";
	char *const arguments[] = {name, name, NULL};
	char *const none[] = {NULL};
	int status = -1;
	int fd;
	char magic[4];

	is_str(target("/proc/self/exe"), "/tests/links_test", "exe");
	is_str(target(path_of(child, "exe")), "/tests/links_test", "a child's");
	is_str(target(path_of(1, "exe")), "/sbin/init", "init's");
	ok(stat("/proc/self/exe", &st) == 0 &&
		stat("/tests/links_test", &other) == 0 &&
		st.st_ino == other.st_ino,
	    "the file");
	fd = open("/proc/self/exe", O_RDONLY);
	ok(read(fd, magic, 4) == 4 && memcmp(magic, "\177ELF", 4) == 0, "read");
	close(fd);
	end_child(child);
	is_str(
	    target(path_of(child, "exe")), strerror(ENOENT), "who has ended");
	child = fork();
	if (child == 0) {
		execve("/proc/self/exe", arguments, none);
		_exit(1);
	}
	waitpid(child, &status, 0);
	is_int(WEXITSTATUS(status), RUN_AGAIN, "run");
}

static int
count_links(pid_t pid, int *found)
{
	DIR *dir = opendir(path_of(pid, "fd"));
	const struct dirent *entry;
	int count = 0;

	*found = 0;
	if (dir == NULL)
		return -1;
	while ((entry = readdir(dir)) != NULL) {
		if (entry->d_name[0] == '.')
			continue;
		count += entry->d_type == DT_LNK;
		*found += strcmp(entry->d_name, "77") == 0;
	}
	closedir(dir);
	return count;
}

static void
test_list(void)
{
	int found, more, before = count_links(getpid(), &found);
	int fd = open("/dev/null", O_RDONLY);
	struct stat st;

	ok(before >= 3 && found == 0, "the list");
	is_int(dup2(fd, 77), 77, "one more of a number");
	more = count_links(getpid(), &found);
	ok(more == before + 2 && found == 1, "is in it");
	ok(lstat(fd_path(getpid(), 77), &st) == 0 && S_ISLNK(st.st_mode),
	    "a link");
	is_str(target(fd_path(getpid(), 77)), "/dev/null", "to a device");
	close(77);
	close(fd);
	(void)count_links(getpid(), &found);
	is_int(found, 0, "and no more");
	is_str(target(fd_path(getpid(), 77)), strerror(ENOENT), "nor there");
	is_str(target("/proc/self/fd/01"), strerror(ENOENT), "no such name");
	is_str(target("/proc/self/fd/256"), strerror(ENOENT), "nor so large");
	is_str(target("/proc/self/fd/x"), strerror(ENOENT), "nor this");
}

/* Files by their paths, which change with their names. */
static void
test_files(void)
{
	int fd = open(FILE_NAME, O_RDWR | O_CREAT | O_TRUNC, 0600);
	pid_t child;
	char c = 0;
	int copy;

	ok(fd >= 0 && write(fd, "0123456789", 10) == 10, "a file");
	is_str(target(fd_path(getpid(), fd)), FILE_NAME, "its path");
	child = make_child();
	is_str(target(fd_path(child, fd)), FILE_NAME, "a child's");
	copy = open(fd_path(child, fd), O_RDONLY);
	ok(copy >= 0 && read(copy, &c, 1) == 1 && c == '0',
	    "opened, it has an offset of its own");
	close(copy);
	copy = open(fd_path(getpid(), fd), O_RDWR);
	ok(lseek(copy, 3, SEEK_SET) == 3 && read(fd, &c, 1) == 1 && c == '3',
	    "but an own one is dup()'s");
	close(copy);
	ok(rename(FILE_NAME, FILE_NAME "2") == 0, "renamed");
	is_str(
	    target(fd_path(child, fd)), FILE_NAME "2", "it has another path");
	ok(unlink(FILE_NAME "2") == 0, "unlinked");
	ok(strncmp(target(fd_path(child, fd)), "inode:[", 7) == 0,
	    "it has none");
	copy = open(fd_path(child, fd), O_RDONLY);
	ok(copy >= 0 && read(copy, &c, 1) == 1 && c == '0',
	    "it can be opened yet");
	close(copy);
	close(fd);
	end_child(child);
}

static void
test_streams(void)
{
	int pair[2] = {-1, -1};
	char text[8] = "", first[64];
	int end;

	ok(pipe(pair) == 0, "a pipe");
	snprintf(
	    first, sizeof(first), "%s", target(fd_path(getpid(), pair[0])));
	ok(strncmp(first, "pipe:[", 6) == 0, "is shown as one");
	is_str(target(fd_path(getpid(), pair[1])), first, "at both ends");
	end = open(fd_path(getpid(), pair[1]), O_WRONLY);
	ok(write(end, "abc", 3) == 3 && read(pair[0], text, 8) == 3 &&
		strcmp(text, "abc") == 0,
	    "and opened");
	close(end);
	close(pair[0]);
	close(pair[1]);
	ok(socketpair(AF_UNIX, SOCK_STREAM, 0, pair) == 0, "sockets");
	ok(strncmp(target(fd_path(getpid(), pair[0])), "socket:[", 8) == 0,
	    "are shown, too");
	close(pair[0]);
	close(pair[1]);
	end = open("/proc/self/status", O_RDONLY);
	ok(strncmp(target(fd_path(getpid(), end)), "/proc/", 6) == 0 &&
		strstr(target(fd_path(getpid(), end)), "/status") != NULL,
	    "a file of /proc's own");
	close(end);
	ok(strncmp(target("/proc/self/fd/1"), "/dev/", 5) == 0, "the terminal");
}

static void
test_limits(void)
{
	FILE *file = fopen("/proc/self/limits", "r");
	char line[128];
	unsigned long soft = 0, hard = 0;

	while (file != NULL && fgets(line, sizeof(line), file) != NULL)
		if (strncmp(line, "Max open files", 14) == 0)
			(void)sscanf(line + 14, "%lu %lu", &soft, &hard);
	ok(file != NULL && fclose(file) == 0, "limits");
	ok(soft == (unsigned long)sysconf(_SC_OPEN_MAX) && hard >= soft,
	    "of descriptors");
}

static int
is_refused(const char *path)
{
	struct stat st;

	return readlink(path, (char[8]){0}, 8) == -1 && errno == EACCES &&
	       stat(path, &st) == -1 && errno == EACCES;
}

/* What a user gets to see of another's process, or of his own. */
static int
look_as_user(pid_t other, int fd)
{
	if (setgid(USER) != 0 || setuid(USER) != 0)
		return 1;
	if (!is_refused(path_of(other, "cwd")) ||
	    !is_refused(path_of(other, "root")) ||
	    !is_refused(path_of(other, "exe")) ||
	    !is_refused(fd_path(other, fd)))
		return 2;
	if (opendir(path_of(other, "fd")) != NULL || errno != EACCES)
		return 3;
	if (strcmp(target("/proc/self/exe"), "/tests/links_test") != 0 ||
	    strcmp(target("/proc/self/cwd"), "/") != 0 ||
	    strcmp(target(fd_path(getpid(), fd)), "/dev/zero") != 0)
		return 4;
	return 0;
}

/* Started by a user, and somebody else since: as a set-id program is. */
static void
test_mixed(void)
{
	int pair[2] = {-1, -1};
	int status = -1;
	pid_t child;

	ok(pipe(pair) == 0, "a pipe");
	child = fork();
	if (child == 0) {
		int end = setreuid(USER, 0) == 0
			      ? open(fd_path(getpid(), pair[1]), O_WRONLY)
			      : -1;

		if (write(end, "x", 1) != 1)
			_exit(1);
		for (;;)
			pause();
	}
	ok(read(pair[0], (char[1]){0}, 1) == 1, "its own descriptors");
	is_str(target(path_of(child, "exe")), "/tests/links_test", "its links");
	ok(open(fd_path(child, pair[1]), O_WRONLY) == -1 && errno == ENOENT,
	    "lead nobody to what a user may have made");
	ok(access(path_of(child, "cwd/."), F_OK) == 0, "but by paths");
	kill(child, SIGKILL);
	waitpid(child, &status, 0);
	close(pair[0]);
	close(pair[1]);
}

static void
test_permissions(void)
{
	int fd = open("/dev/zero", O_RDONLY);
	pid_t other = make_child();
	pid_t child;
	int status = -1;
	char before[256];

	ok(getcwd(before, sizeof(before)) != NULL && chdir("/") == 0, "in /");
	child = fork();
	if (child == 0)
		_exit(look_as_user(other, fd));
	waitpid(child, &status, 0);
	is_int(WEXITSTATUS(status), 0, "others' links are not for a user");
	ok(chdir(before) == 0, "back");
	end_child(other);
	child = fork();
	if (child == 0) {
		if (setgid(USER) != 0 || setuid(USER) != 0)
			_exit(1);
		for (;;)
			pause();
	}
	while (
	    strcmp(target(path_of(child, "exe")), "/tests/links_test") != 0 ||
	    access(path_of(child, "fd"), R_OK) != 0)
		;
	is_str(target(fd_path(child, fd)), "/dev/zero", "but for user 0");
	ok(open(fd_path(child, fd), O_RDONLY) >= 0, "who opens them by name");
	end_child(child);
	close(fd);
}

int
main(int argc, char **argv)
{
	(void)argv;
	if (argc > 1)
		return RUN_AGAIN;
	test_directories();
	test_program();
	test_list();
	test_files();
	test_streams();
	test_limits();
	if (geteuid() == 0) {
		test_permissions();
		test_mixed();
	}
	return test_done();
}
