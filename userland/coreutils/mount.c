/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * usage: mount [-t tmpfs [-o OPTIONS] NAME DIRECTORY]
 * help: show what file systems are mounted where; or mount one in memory
 */
#include <fcntl.h>
#include <machr/system.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include "lib/text.h"
#include "lib/util.h"

UTILITY("mount [-t tmpfs [-o OPTIONS] NAME DIRECTORY]",
    "show what file systems are mounted where; or mount one in memory");

#define SERVER "/sbin/tmpfs"

/* "source target type options" as a sentence. */
static void
show(char *line)
{
	static const char *const words[] = {"", " on ", " type ", " ("};
	char *state = NULL;
	const char *field = strtok_r(line, " ", &state);
	int i;

	for (i = 0; i < 4 && field != NULL; i++) {
		printf("%s%s%s", words[i], field, i == 3 ? ")" : "");
		field = strtok_r(NULL, " ", &state);
	}
	putchar('\n');
}

/* The server, in a session of its own, with `ready` as its output. */
static _Noreturn void
become_server(char *options, char *directory, int ready)
{
	char *words[] = {
	    (char[]){SERVER}, (char[]){"-o"}, options, directory, NULL};
	int null = open("/dev/null", O_RDONLY);

	(void)setsid();
	if (null >= 0)
		(void)dup2(null, STDIN_FILENO);
	if (dup2(ready, STDOUT_FILENO) >= 0)
		(void)execv(SERVER, words);
	warn_errno(SERVER);
	_exit(127);
}

/* Start the server; it closes its output when it is mounted, or ends. */
static int
mount_one(char *options, const char *directory)
{
	char *path = realpath(directory, NULL);
	int status = 0;
	int ends[2];
	char byte;
	pid_t pid;

	if (path == NULL)
		die_errno(directory);
	if (pipe2(ends, O_CLOEXEC) != 0)
		die_errno("pipe");
	pid = fork();
	if (pid < 0)
		die_errno("fork");
	if (pid == 0)
		become_server(options, path, ends[1]);
	close(ends[1]);
	while (read(ends[0], &byte, 1) > 0)
		;
	close(ends[0]);
	free(path);
	/* One that ends closes its output a little before. */
	for (int i = 0; i < 10; i++) {
		if (waitpid(pid, &status, WNOHANG) == pid)
			return 1;
		(void)usleep(1000);
	}
	return 0;
}

static void
show_all(void)
{
	char *state = NULL;
	size_t size;
	char *text = system_text(machr_mounts, &size);
	char *line;

	if (text == NULL)
		die_errno("mounts");
	for (line = strtok_r(text, "\n", &state); line != NULL;
	     line = strtok_r(NULL, "\n", &state))
		show(line);
	free(text);
}

int
main(int argc, char **argv)
{
	static char none[] = "";
	const char *type = NULL;
	char *options = none;
	int option;

	util_init(argc, argv);
	while ((option = getopt(argc, argv, "t:o:")) != -1) {
		if (option == 't')
			type = optarg;
		else if (option == 'o')
			options = optarg;
		else
			util_usage_exit();
	}
	if (argc == 1) {
		show_all();
		return util_exit(0);
	}
	if (type == NULL || argc - optind != 2)
		util_usage_exit();
	if (strcmp(type, "tmpfs") != 0)
		die("%s is mounted by its server's service file", type);
	return util_exit(mount_one(options, argv[optind + 1]));
}
