/* SPDX-License-Identifier: BSD-2-Clause */
/* The medium of a mounted file system: a device of the name service. */
#ifndef EXT2_DISK_H
#define EXT2_DISK_H

#include <mach/mig_errors.h>

#include "ext2.h"

#define DISK_SECTOR  512U
#define DISK_REPEATS 5 /* of a request during which the driver has died */

/* Has it died with the request whose answer is code, and is it asked again? */
static inline bool
disk_again(kern_return_t code, unsigned *repeats)
{
	return code == MIG_SERVER_DIED && ++*repeats < DISK_REPEATS;
}

/*
 * Open the device registered as name for reading and writing, or, if it allows
 * no more, for reading: *read_only says so. NULL, or what is wrong.
 */
extern const char *disk_open(
    const char *name, struct ext2_disk *disk, bool *read_only);

#endif
