/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * What POSIX costs on top: files, pipes, processes.
 */
#include <fcntl.h>
#include <spawn.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include "bench.h"

#define SCRATCH "/var/machbench" /* on the disk */

static void
fork_wait(void)
{
	pid_t child = fork();

	if (child == 0)
		_exit(0);
	(void)waitpid(child, NULL, 0);
}

static char *const true_words[] = {(char[]){"true"}, NULL};

static void
spawn_wait(void)
{
	pid_t child;

	if (posix_spawn(&child, "/bin/true", NULL, NULL, true_words, environ) ==
	    0)
		(void)waitpid(child, NULL, 0);
}

static void
fork_exec_wait(void)
{
	pid_t child = fork();

	if (child == 0) {
		(void)execv("/bin/true", true_words);
		_exit(127);
	}
	(void)waitpid(child, NULL, 0);
}

static void
open_close(void)
{
	close(open(SCRATCH, O_RDONLY));
}

static void
stat_path(void)
{
	struct stat status;

	(void)stat(SCRATCH, &status);
}

static int file;
static char block[PAGE];

static void
read_page(void)
{
	(void)!pread(file, block, PAGE, 0);
}

static void
create_unlink(void)
{
	close(open(SCRATCH "2", O_WRONLY | O_CREAT, 0600));
	(void)unlink(SCRATCH "2");
}

static int ends[2];

static void
pipe_byte(void)
{
	(void)!write(ends[1], block, 1);
	(void)!read(ends[0], block, 1);
}

static void
parent_id(void)
{
	(void)getppid();
}

static bool
open_scratch(void)
{
	file = open(SCRATCH, O_RDWR | O_CREAT | O_TRUNC, 0600);
	return file >= 0 && write(file, block, PAGE) == PAGE;
}

static void
remove_scratch(void)
{
	close(file);
	(void)unlink(SCRATCH);
}

static bool
open_pipe(void)
{
	return pipe(ends) == 0;
}

static void
close_pipe(void)
{
	close(ends[0]);
	close(ends[1]);
}

const struct bench_row bench_posix_rows[] = {
    {"getppid", 1000, 100, parent_id, NULL, NULL, 0},
    {"open + close", 300, 3500, open_close, open_scratch, remove_scratch, 0},
    {"stat", 300, 1800, stat_path, open_scratch, remove_scratch, 0},
    {"read 4 KiB, cached", 300, 900, read_page, open_scratch, remove_scratch,
	0},
    {"create + unlink", 100, 15000, create_unlink, NULL, NULL, 0},
    {"pipe, write + read a byte", 300, 0, pipe_byte, open_pipe, close_pipe, 0},
    {"fork + wait", 30, 60000, fork_wait, NULL, NULL, 0},
    {"fork + exec + wait", 30, 120000, fork_exec_wait, NULL, NULL, 0},
    {"spawn + wait", 30, 60000, spawn_wait, NULL, NULL, 0},
    {NULL, 0, 0, NULL, NULL, NULL, 0},
};
