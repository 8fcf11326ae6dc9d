/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * The device file system: a directory of special files, kept in memory.
 *
 *	main.c     start, and mounting	fsops.c   libfs's operations
 *	devices.c  what each file does	random.c  the generator
 *	arch/      what the processor has for it
 */
#ifndef DEVFS_H
#define DEVFS_H

#include <libfs/fs.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* A special file; what is left out: reading finds the end, writing works. */
struct device {
	const char *name;
	uint32_t mode;
	uint32_t minor;
	int (*read)(uint64_t offset, void *data, size_t size, size_t *got);
	int (*write)(const void *data, size_t size);
	/* Send openers on, as fs_ops.open. */
	int (*open)(struct fs_walk *walk);
};

extern const struct device devices[];
extern const unsigned device_count;

extern const struct fs_ops devfs_ops;

/* Until then devices that need it answer ENXIO. 0 or an errno. */
extern void devices_init(mach_port_t bootstrap);

/*
 * Random bytes, good enough for keys if what seeded the generator was (see
 * random.c); more to stir in.
 */
extern void random_init(void);
extern void random_read(void *data, size_t size);
extern void random_stir(const void *data, size_t size);

/* arch/: a counter that runs fast, and a random word if the processor can. */
extern uint64_t entropy_counter(void);
extern bool entropy_word(uint64_t *word);

#endif
