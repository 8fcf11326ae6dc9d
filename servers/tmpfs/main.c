/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * tmpfs: files in memory, which are gone when the system ends.
 *
 *	tmpfs [--register=NAME] {[-o OPTIONS] DIRECTORY}...
 *
 * Each directory gets a file system of its own. Options, for the directories
 * that follow: size= bytes, with k, m, g or % of memory (a quarter of memory
 * unless said); nr_inodes= how many files (one for each page of the size);
 * mode= of the root directory (1777). Standard output is closed when all are
 * mounted, so who started it can wait for that.
 */
#include <mach/task_user.h>

#include <errno.h>
#include <libmach/mach.h>
#include <servers/bootstrap_user.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "tmpfs.h"

#define UNLIMITED UINT32_MAX

static mach_port_t bootstrap;
static uint64_t memory;

static void __attribute__((noreturn)) usage(void)
{
	fputs("usage: tmpfs [--register=NAME] {[-o OPTIONS] DIRECTORY}...\n"
	      "options: size=BYTES (k, m, g, %),nr_inodes=COUNT,mode=MODE\n",
	    stderr);
	exit(2);
}

/*
 * A server that holds what others have written goes on when programs have taken
 * all memory: it may have of what is kept for the system.
 */
static void
become_system(void)
{
	mach_port_t host, master;
	task_limits_t limits;

	if (bootstrap_privileged_ports(bootstrap, &host, &master) !=
	    KERN_SUCCESS)
		return;
	if (task_get_limits(mach_task_self(), &limits) == KERN_SUCCESS) {
		limits.threads = UNLIMITED;
		(void)task_set_limits(mach_task_self(), limits, host);
	}
	(void)syscall_mach_port_deallocate(mach_task_self(), host);
	(void)syscall_mach_port_deallocate(mach_task_self(), master);
}

/* All are unmounted, and nobody has anything of them. */
static void
end(void)
{
	exit(0);
}

static struct tmpfs *
mount_one(const char *directory, const struct tmpfs_options *options)
{
	static unsigned count;
	struct tmpfs *fs = calloc(1, sizeof(*fs));
	kern_return_t code;
	int error = ENOMEM;

	if (fs != NULL) {
		fs->fs.ops = &tmpfs_ops;
		fs->fs.ended = end;
		error = fs_init(&fs->fs);
	}
	if (error == 0) {
		fs->fs.source = "tmpfs";
		fs->fs.dev = (uint64_t)getpid() << 8 | ++count;
		error = tmpfs_make(fs, options);
	}
	if (error != 0)
		fs_fail("tmpfs", directory, SERVER_ERROR(error));
	code = fs_mount_at(&fs->fs, bootstrap, directory);
	if (code != KERN_SUCCESS)
		fs_fail("tmpfs", directory, code);
	return fs;
}

static struct tmpfs *
mount_all(int argc, char **argv, struct tmpfs_options *options)
{
	struct tmpfs *fs = NULL;

	for (int i = 0; i < argc; i++) {
		if (strcmp(argv[i], "-o") != 0) {
			fs = mount_one(argv[i], options);
			continue;
		}
		if (++i == argc || !options_parse(options, argv[i], memory))
			usage();
	}
	if (fs == NULL)
		usage();
	return fs;
}

int
main(int argc, char **argv)
{
	struct tmpfs_options options = {.mode = 01777};
	const char *name = NULL;
	struct tmpfs *fs;
	kern_return_t code = task_get_special_port(
	    mach_task_self(), TASK_BOOTSTRAP_PORT, &bootstrap);

	if (code != KERN_SUCCESS)
		fs_fail("tmpfs", "no name service", code);
	if (argc > 1 && strncmp(argv[1], "--register=", 11) == 0)
		name = argv[1] + 11;
	memory = (uint64_t)sysconf(_SC_PHYS_PAGES) * PAGE_SIZE;
	options.size = memory / 4;
	become_system();
	fs = mount_all(argc - (name != NULL ? 2 : 1),
	    argv + (name != NULL ? 2 : 1), &options);
	if (name != NULL)
		code =
		    bootstrap_register(bootstrap, name, fs_root_right(&fs->fs));
	if (code != KERN_SUCCESS)
		fs_fail("tmpfs", "register", code);
	(void)close(STDOUT_FILENO);
	fs_serve(&fs->fs);
}
