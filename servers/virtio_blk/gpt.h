/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Reading a GUID partition table. Nothing in it is trusted: a partition that
 * comes out lies on the disk.
 *
 * Source: UEFI specification 2.10, 5.3.
 */
#ifndef GPT_H
#define GPT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define GPT_SECTOR     512
#define GPT_PARTITIONS 16
#define GPT_NAME       37 /* with the NUL; characters beyond ASCII become '?' */

struct gpt_partition {
	unsigned number; /* from 1 */
	uint64_t first;  /* sector */
	uint64_t count;  /* sectors */
	char name[GPT_NAME];
};

/* Read count sectors; false on error. */
typedef bool (*gpt_read_t)(
    void *context, uint64_t sector, void *data, size_t count);

/*
 * Fill partitions, at most GPT_PARTITIONS; the number of them. *problem is set
 * to a text when something was wrong with the table, or there is none, and else
 * to NULL; partitions may have been found all the same, in the backup.
 */
extern unsigned gpt_parse(gpt_read_t read, void *context, uint64_t sectors,
    struct gpt_partition *partitions, const char **problem);

#endif
