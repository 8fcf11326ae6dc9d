/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * A device tree built in memory, for tests of its readers: open nodes with
 * begin(), give them properties, close them with end(), then fdt_blob().
 */
#ifndef BOOT_TEST_FDT_BUILD_H
#define BOOT_TEST_FDT_BUILD_H

#include <stdint.h>
#include <string.h>

#define BLOB_MAX 4096

struct builder {
	uint8_t structs[BLOB_MAX];
	uint32_t structs_size;
	char strings[512];
	uint32_t strings_size;
};

static inline void
store32(uint8_t *p, uint32_t value)
{
	p[0] = (uint8_t)(value >> 24);
	p[1] = (uint8_t)(value >> 16);
	p[2] = (uint8_t)(value >> 8);
	p[3] = (uint8_t)value;
}

static inline void
put32(struct builder *b, uint32_t value)
{
	store32(b->structs + b->structs_size, value);
	b->structs_size += 4;
}

static inline void
put_bytes(struct builder *b, const void *data, size_t size)
{
	memcpy(b->structs + b->structs_size, data, size);
	b->structs_size += (uint32_t)((size + 3) & ~3UL);
}

static inline void
begin(struct builder *b, const char *name)
{
	put32(b, 1);
	put_bytes(b, name, strlen(name) + 1);
}

static inline void
end(struct builder *b)
{
	put32(b, 2);
}

static inline void
property(struct builder *b, const char *name, const void *data, size_t size)
{
	put32(b, 3);
	put32(b, (uint32_t)size);
	put32(b, b->strings_size);
	strcpy(b->strings + b->strings_size, name);
	b->strings_size += (uint32_t)strlen(name) + 1;
	put_bytes(b, data, size);
}

static inline void
cells(struct builder *b, const char *name, const uint32_t *values, size_t count)
{
	uint8_t data[64];

	for (size_t i = 0; i < count; i++)
		store32(data + 4 * i, values[i]);
	property(b, name, data, 4 * count);
}

static inline void
text(struct builder *b, const char *name, const char *value)
{
	property(b, name, value, strlen(value) + 1);
}

#define CELLS(b, name, ...)                                 \
	cells((b), (name), (const uint32_t[]){__VA_ARGS__}, \
	    sizeof((const uint32_t[]){__VA_ARGS__}) / sizeof(uint32_t))

/*
 * Header, a reservation of [0x1000, 0x3000), structure block, strings. Returns
 * the whole size, at most 2 * BLOB_MAX.
 */
static inline uint32_t
fdt_blob(struct builder *b, uint8_t *blob)
{
	uint32_t structs = 40 + 32;
	uint32_t strings, total;

	put32(b, 9);
	strings = structs + b->structs_size;
	total = strings + b->strings_size;
	memset(blob, 0, structs);
	store32(blob, 0xd00dfeedU);
	store32(blob + 4, total);
	store32(blob + 8, structs);
	store32(blob + 12, strings);
	store32(blob + 16, 40);
	store32(blob + 20, 17);
	store32(blob + 24, 16);
	store32(blob + 32, b->strings_size);
	store32(blob + 36, b->structs_size);
	store32(blob + 44, 0x1000);
	store32(blob + 52, 0x2000);
	memcpy(blob + structs, b->structs, b->structs_size);
	memcpy(blob + strings, b->strings, b->strings_size);
	return total;
}

#endif
