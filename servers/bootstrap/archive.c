/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Files of the bootstrap archive: cpio in the "newc" form, which is a header of
 * 110 characters (magic, 13 numbers of 8 hexadecimal digits), the name and the
 * data, each padded to 4 bytes. The archive is not trusted.
 */
#include <stdlib.h>
#include <string.h>

#include "bootstrap.h"

#define HEADER_SIZE 110
#define DATA_SIZE   54 /* where in the header the sizes are */
#define NAME_SIZE   94

struct member {
	const char *name;
	const char *data;
	size_t size;
	size_t next; /* offset of what follows */
};

static bool
hex_number(const char *digits, size_t *value)
{
	char text[9] = {0};

	memcpy(text, digits, 8);
	*value = strtoul(text, NULL, 16);
	return strspn(text, "0123456789abcdefABCDEF") == 8;
}

static bool
read_member(size_t at, struct member *member)
{
	const char *header = boot.archive + at;
	size_t name_size, start;

	if (at > boot.archive_size || boot.archive_size - at < HEADER_SIZE ||
	    memcmp(header, "070701", 6) != 0 ||
	    !hex_number(header + NAME_SIZE, &name_size) ||
	    !hex_number(header + DATA_SIZE, &member->size))
		return false;
	start = (at + HEADER_SIZE + name_size + 3) & ~(size_t)3;
	if (name_size == 0 || start > boot.archive_size ||
	    member->size > boot.archive_size - start ||
	    header[HEADER_SIZE + name_size - 1] != '\0')
		return false;
	member->name = header + HEADER_SIZE;
	member->data = boot.archive + start;
	member->next = (start + member->size + 3) & ~(size_t)3;
	return true;
}

bool
archive_find(const char *name, const void **data, size_t *size)
{
	struct member member;
	size_t at;

	for (at = 0; read_member(at, &member); at = member.next) {
		if (strcmp(member.name, name) == 0) {
			*data = member.data;
			*size = member.size;
			return true;
		}
	}
	return false;
}
