/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * The ext2 file server.
 *
 *	ext2 [--read-only] --register=NAME DEVICE
 *	ext2 [--read-only] DEVICE DIRECTORY
 *
 * The first form registers the root directory with the name service (the root
 * file system is NAME root); the second mounts itself on a directory.
 */
#include <mach/task_user.h>

#include <libmach/mach.h>
#include <servers/bootstrap_user.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "disk.h"

#define BUFFERS 1024 /* blocks cached at most */

static struct ext2_fs ext2 = {
    .fs = {.ops = &ext2_ops, .type = "ext2", .keeps_names = true},
};

struct options {
	const char *name; /* to register as, or NULL */
	const char *device;
	const char *directory;
	bool read_only;
};

static bool
take_options(int argc, char **argv, struct options *options)
{
	for (int i = 1; i < argc; i++) {
		if (strcmp(argv[i], "--read-only") == 0)
			options->read_only = true;
		else if (strncmp(argv[i], "--register=", 11) == 0)
			options->name = argv[i] + 11;
		else if (argv[i][0] == '-' || options->directory != NULL)
			return false;
		else if (options->device == NULL)
			options->device = argv[i];
		else
			options->directory = argv[i];
	}
	return options->device != NULL &&
	       (options->name == NULL) != (options->directory == NULL);
}

static void
publish(const struct options *options)
{
	mach_port_t bootstrap;
	kern_return_t code = task_get_special_port(
	    mach_task_self(), TASK_BOOTSTRAP_PORT, &bootstrap);

	if (code == KERN_SUCCESS)
		code =
		    options->name != NULL
			? bootstrap_register(
			      bootstrap, options->name, fs_root_right(&ext2.fs))
			: fs_mount_at(&ext2.fs, bootstrap, options->directory);
	if (code == KERN_SUCCESS)
		return;
	fprintf(stderr, "ext2: %s: %s: %s\n", options->device,
	    options->name != NULL ? options->name : options->directory,
	    SERVER_IS_ERROR(code) ? strerror(SERVER_ERRNO(code))
				  : mach_error_string(code));
	exit(EXIT_FAILURE);
}

static void
mount_device(const struct options *options)
{
	struct ext2_disk disk;
	bool read_only = false;
	const char *wrong = disk_open(options->device, &disk, &read_only);
	int error;

	if (wrong != NULL) {
		fprintf(stderr, "ext2: %s: %s\n", options->device, wrong);
		exit(EXIT_FAILURE);
	}
	ext2.fs.source = options->device;
	ext2.fs.read_only = read_only || options->read_only;
	ext2.fs.dev = options->name != NULL ? 1 : (uint64_t)mach_task_self();
	error = fs_init(&ext2.fs);
	if (error == 0)
		error = ext2_mount(&ext2, &disk, BUFFERS);
	if (error == 0)
		error = fs_node_get(&ext2.fs, EXT2_ROOT_INO, &ext2.fs.root);
	if (error != 0) {
		fprintf(stderr, "ext2: %s: not mounted: %s\n", options->device,
		    strerror(error));
		exit(EXIT_FAILURE);
	}
}

int
main(int argc, char **argv)
{
	struct options options = {0};

	if (!take_options(argc, argv, &options)) {
		fprintf(stderr, "usage: ext2 [--read-only] DEVICE DIRECTORY\n"
				"       ext2 [--read-only] --register=NAME "
				"DEVICE\n");
		return 2;
	}
	mount_device(&options);
	publish(&options);
	fs_serve(&ext2.fs);
}
