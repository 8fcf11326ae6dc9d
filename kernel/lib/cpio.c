/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Reading a cpio archive: headers of 110 characters (magic 070701 and 13
 * numbers of 8 hexadecimal digits), name and data each padded to 4 bytes.
 * Everything is checked against the archive's size.
 */
#include <kern/string.h>
#include <lib/cpio.h>
#include <stdint.h>

#define CPIO_HEADER    110
#define CPIO_FILE_SIZE 54
#define CPIO_NAME_SIZE 94

static bool
hex_field(const char *field, size_t *value)
{
	size_t n = 0;

	for (int i = 0; i < 8; i++) {
		char c = field[i];

		if (c >= '0' && c <= '9')
			n = n << 4 | (size_t)(c - '0');
		else if (c >= 'a' && c <= 'f')
			n = n << 4 | (size_t)(c - 'a' + 10);
		else if (c >= 'A' && c <= 'F')
			n = n << 4 | (size_t)(c - 'A' + 10);
		else
			return false;
	}
	*value = n;
	return true;
}

bool
cpio_find(const void *archive, size_t size, const char *name, const void **data,
    size_t *data_size)
{
	const char *base = archive;
	size_t at = 0;

	while (at <= size && size - at >= CPIO_HEADER) {
		const char *header = base + at;
		size_t name_size;
		size_t file_size;
		size_t start;

		if (memcmp(header, "070701", 6) != 0 ||
		    !hex_field(header + CPIO_NAME_SIZE, &name_size) ||
		    !hex_field(header + CPIO_FILE_SIZE, &file_size))
			return false;
		start = (at + CPIO_HEADER + name_size + 3) & ~(size_t)3;
		if (name_size == 0 || start > size ||
		    file_size > size - start ||
		    header[CPIO_HEADER + name_size - 1] != '\0')
			return false;
		if (strcmp(header + CPIO_HEADER, name) == 0) {
			*data = base + start;
			*data_size = file_size;
			return true;
		}
		at = (start + file_size + 3) & ~(size_t)3;
	}
	return false;
}
