/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * /dev/fd, /dev/stdin, /dev/stdout, /dev/stderr: opening one of them is dup().
 */
#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <libtest/test.h>
#include <spawn.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#define FILE_NAME "/tmp/descriptors"

static const char *
path_of(int fd)
{
	static char path[64];

	snprintf(path, sizeof(path), "/dev/fd/%d", fd);
	return path;
}

static int
make_file(void)
{
	int fd = open(FILE_NAME, O_RDWR | O_CREAT | O_TRUNC, 0600);

	is_int(write(fd, "0123456789", 10), 10, "a file");
	lseek(fd, 0, SEEK_SET);
	return fd;
}

static int
refused(const char *path, int flags)
{
	int fd = open(path, flags, 0600);

	if (fd < 0)
		return errno;
	close(fd);
	return 0;
}

static void
test_dup(void)
{
	int fd = make_file();
	int copy = open(path_of(fd), O_RDONLY | O_CLOEXEC);
	struct stat st, other;
	char c = 0;

	ok(copy > fd, "opened");
	ok(read(fd, &c, 1) == 1 && read(copy, &c, 1) == 1 && c == '1',
	    "they share an offset");
	ok(lseek(copy, 5, SEEK_SET) == 5 && read(fd, &c, 1) == 1 && c == '5',
	    "both ways");
	ok((fcntl(copy, F_GETFD) & FD_CLOEXEC) != 0 &&
		(fcntl(fd, F_GETFD) & FD_CLOEXEC) == 0,
	    "but not FD_CLOEXEC");
	ok(fstat(fd, &st) == 0 && stat(path_of(fd), &other) == 0 &&
		st.st_ino == other.st_ino && st.st_dev == other.st_dev &&
		other.st_size == 10,
	    "stat is that of the file");
	ok(lstat(path_of(fd), &other) == 0 && S_ISLNK(other.st_mode),
	    "lstat that of a link");
	ok(access(path_of(fd), R_OK | W_OK) == 0, "access, too");
	close(fd);
	ok(read(copy, &c, 1) == 1 && c == '6', "one outlives the other");
	is_int(refused(path_of(fd), O_RDONLY), ENOENT, "which is not there");
	ok(stat(path_of(fd), &st) == -1 && errno == ENOENT, "for stat as well");
	fd = open(path_of(copy), O_WRONLY | O_CREAT | O_TRUNC | O_APPEND, 0600);
	ok(fstat(fd, &st) == 0 && st.st_size == 10, "nothing is truncated");
	close(fd);
	is_int(refused(path_of(copy), O_RDWR | O_CREAT | O_EXCL), EEXIST,
	    "nor new");
	close(copy);
}

static void
test_names(void)
{
	int fd = open(FILE_NAME, O_RDONLY);
	char path[80];
	char target[64] = "";
	struct stat st;

	is_int(refused(path_of(fd), O_WRONLY), EACCES, "read only");
	is_int(refused(path_of(fd), O_RDWR), EACCES, "it stays so");
	is_int(refused(path_of(fd), O_PATH), 0, "for a handle all are good");
	close(fd);
	fd = open(FILE_NAME, O_WRONLY);
	is_int(refused(path_of(fd), O_RDONLY), EACCES, "write only");
	is_int(refused(path_of(fd), O_WRONLY), 0, "as it was opened");
	snprintf(path, sizeof(path), "/dev/fd/0%d", fd);
	is_int(refused(path, O_WRONLY), ENOENT, "a number has one name");
	is_int(refused(path_of(fd), O_WRONLY | O_DIRECTORY), ENOTDIR, "no dir");
	is_int(refused("/dev/fd/256", O_RDONLY), ENOENT, "too large");
	is_int(refused("/dev/fd/x", O_RDONLY), ENOENT, "no number");
	is_int(refused("/dev/fd/-1", O_RDONLY), ENOENT, "none below 0");
	is_int(refused("/dev/fd/new", O_WRONLY | O_CREAT), EPERM, "no new one");
	ok(unlink(path_of(fd)) == -1 && errno == EPERM, "nor is one removed");
	close(fd);
	ok(readlink("/dev/stdin", target, sizeof(target) - 1) > 0 &&
		strcmp(target, "/proc/self/fd/0") == 0,
	    "where a link shows");
	ok(stat("/dev/fd", &st) == 0 && S_ISDIR(st.st_mode), "a directory");
}

static void
test_directory(void)
{
	int fd = open("/bin", O_RDONLY | O_DIRECTORY);
	char path[80];
	char where[64] = "";
	char before[256];
	DIR *dir = opendir(path_of(fd));
	struct stat st;

	ok(dir != NULL && readdir(dir) != NULL, "a directory is read");
	if (dir != NULL)
		closedir(dir);
	snprintf(path, sizeof(path), "%s/cat", path_of(fd));
	ok(stat(path, &st) == 0 && S_ISREG(st.st_mode), "a path goes on there");
	snprintf(path, sizeof(path), "%s/", path_of(fd));
	ok(stat(path, &st) == 0 && S_ISDIR(st.st_mode), "with a slash alone");
	ok(getcwd(before, sizeof(before)) != NULL && chdir(path_of(fd)) == 0 &&
		close(fd) == 0 && getcwd(where, sizeof(where)) != NULL &&
		strcmp(where, "/bin") == 0 && chdir(before) == 0,
	    "chdir");
}

static void
test_streams(void)
{
	int pair[2] = {-1, -1};
	char text[8] = "";
	int end;
	FILE *file;

	ok(pipe(pair) == 0, "a pipe");
	end = open(path_of(pair[1]), O_WRONLY);
	is_int(write(end, "abc", 3), 3, "written to by name");
	is_int(refused(path_of(pair[0]), O_WRONLY), EACCES, "at one end only");
	close(end);
	close(pair[1]);
	end = open(path_of(pair[0]), O_RDONLY);
	ok(read(end, text, 8) == 3 && strcmp(text, "abc") == 0, "read, too");
	is_int(read(end, text, 8), 0, "and then the end");
	close(end);
	close(pair[0]);
	ok(socketpair(AF_UNIX, SOCK_STREAM, 0, pair) == 0, "two sockets");
	end = open(path_of(pair[0]), O_RDWR);
	ok(send(end, "x", 1, 0) == 1 && recv(pair[1], text, 8, 0) == 1,
	    "a copy of a socket is one");
	close(end);
	close(pair[0]);
	close(pair[1]);
	file = fopen("/dev/stderr", "w");
	ok(file != NULL && fprintf(file, "# stderr by name\n") > 0 &&
		fclose(file) == 0,
	    "/dev/stderr");
}

/* A shell's status, with its output in text. */
static const char *
output_of(const char *command)
{
	static char text[256];
	FILE *file = popen(command, "r");
	size_t size = 0;

	if (file != NULL)
		size = fread(text, 1, sizeof(text) - 1, file);
	text[size] = '\0';
	if (file == NULL || pclose(file) != 0)
		return "failed";
	return text;
}

static void
test_shell(void)
{
	is_str(output_of("echo in | cat /dev/stdin"), "in\n", "cat /dev/stdin");
	is_str(output_of("echo in | cat - </dev/stdin"), "in\n", "</dev/stdin");
	is_str(output_of("echo err | tee /dev/stderr 2>&1 >/dev/null"), "err\n",
	    "tee /dev/stderr");
	is_str(output_of("(echo 1; echo 2 >/dev/stdout; echo 3) | cat"),
	    "1\n2\n3\n", ">/dev/stdout");
	is_str(output_of("echo x >/tmp/fd3; cat /dev/fd/3 3</tmp/fd3"), "x\n",
	    "cat /dev/fd/3");
	is_str(output_of("sh /dev/fd/4 4<<E\necho script\nE\n"), "script\n",
	    "sh /dev/fd/4");
	is_str(output_of("cat /dev/fd/9 2>/dev/null || echo no"), "no\n",
	    "one that is closed");
}

/* What posix_spawn() opens by number is the child's. */
static void
test_spawn(void)
{
	char name[] = "cat";
	char *arguments[] = {name, NULL};
	posix_spawn_file_actions_t actions;
	int in[2] = {-1, -1}, out[2] = {-1, -1};
	char text[8] = "";
	pid_t child;
	int status = -1;

	ok(pipe(in) == 0 && pipe(out) == 0 && write(in[1], "abc", 3) == 3,
	    "pipes");
	posix_spawn_file_actions_init(&actions);
	posix_spawn_file_actions_adddup2(&actions, in[0], 100);
	posix_spawn_file_actions_addopen(
	    &actions, 0, "/dev/fd/100", O_RDONLY, 0);
	posix_spawn_file_actions_adddup2(&actions, out[1], 1);
	posix_spawn_file_actions_addclose(&actions, in[1]);
	is_int(
	    posix_spawn(&child, "/bin/cat", &actions, NULL, arguments, environ),
	    0, "a child");
	close(in[1]);
	close(out[1]);
	waitpid(child, &status, 0);
	ok(status == 0 && read(out[0], text, 8) == 3 &&
		strcmp(text, "abc") == 0,
	    "with its own descriptor by name");
	posix_spawn_file_actions_destroy(&actions);
	posix_spawn_file_actions_init(&actions);
	posix_spawn_file_actions_addopen(
	    &actions, 0, "/dev/fd/101", O_RDONLY, 0);
	is_int(
	    posix_spawn(&child, "/bin/cat", &actions, NULL, arguments, environ),
	    ENOENT, "one that it has not");
	posix_spawn_file_actions_destroy(&actions);
	close(in[0]);
	close(out[0]);
}

/* A script by a descriptor is read by its interpreter as /dev/fd/N. */
static void
test_script(void)
{
	static const char script[] = "#!/bin/sh\nexit $1\n";
	char name[] = "script";
	char argument[] = "23";
	char *arguments[] = {name, argument, NULL};
	int fd = open(FILE_NAME, O_RDWR | O_CREAT | O_TRUNC, 0700);
	pid_t child;
	int status = -1;

	ok(write(fd, script, sizeof(script) - 1) == sizeof(script) - 1 &&
		fchmod(fd, 0700) == 0 && lseek(fd, 0, SEEK_SET) == 0,
	    "a script");
	child = fork();
	if (child == 0) {
		fexecve(fd, arguments, environ);
		_exit(1);
	}
	waitpid(child, &status, 0);
	is_int(WEXITSTATUS(status), 23, "fexecve runs it");
	close(fd);
}

int
main(void)
{
	test_dup();
	test_names();
	test_directory();
	test_streams();
	test_shell();
	test_spawn();
	test_script();
	unlink(FILE_NAME);
	return test_done();
}
