/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * The flattened device tree, read in place. The blob is not trusted: after
 * fdt_open() no call reads outside it, whatever it holds, and every walk ends.
 *
 * A node is the offset of its begin token in the structure block; FDT_NONE is
 * no node. Nothing here writes, allocates or keeps state.
 */
#ifndef BOOT_FDT_H
#define BOOT_FDT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define FDT_NONE      (-1)
#define FDT_DEPTH_MAX 16

struct fdt {
	const uint8_t *blob;
	uint32_t size;
	uint32_t structs; /* the structure block: offset and size */
	uint32_t structs_size;
	uint32_t strings;
	uint32_t strings_size;
	uint32_t reserves; /* the memory reservation block */
};

struct fdt_range {
	uint64_t base;
	uint64_t size;
};

/* How many bytes the blob at `header` claims; 0 if there is none. */
extern uint32_t fdt_total_size(const void *header);

/* Check the header of a blob of at most `limit` bytes. */
extern bool fdt_open(struct fdt *fdt, const void *blob, size_t limit);

/* The index-th entry of the reservation block; false after the last. */
extern bool fdt_reservation(
    const struct fdt *fdt, unsigned index, struct fdt_range *range);

/* The root; the first child; the next sibling. FDT_NONE: there is none. */
extern int fdt_root(const struct fdt *fdt);
extern int fdt_first_child(const struct fdt *fdt, int node);
extern int fdt_next_sibling(const struct fdt *fdt, int node);

/* The node that follows in the order of the blob, at any depth. */
extern int fdt_next_node(const struct fdt *fdt, int node);
extern int fdt_parent(const struct fdt *fdt, int node);

/* A node's name with its unit address; always ends in NUL. */
extern const char *fdt_name(const struct fdt *fdt, int node);

/* A property's bytes, NULL if there is none. */
extern const void *fdt_property(
    const struct fdt *fdt, int node, const char *name, uint32_t *size);

/* A property that is a string (the first of a list), NULL if it is none. */
extern const char *fdt_string(
    const struct fdt *fdt, int node, const char *name);

/* The index-th 32-bit cell of a property. */
extern bool fdt_cell(const struct fdt *fdt, int node, const char *name,
    unsigned index, uint32_t *value);

/* Is `what` in the list of strings that is the property? */
extern bool fdt_string_list_has(
    const struct fdt *fdt, int node, const char *name, const char *what);

/*
 * By path ("/a/b@1", or an alias); `end`: length of the path. A component
 * without unit address matches the first node of that name.
 */
extern int fdt_find_path(const struct fdt *fdt, const char *path, size_t end);

/* The first after `node` (FDT_NONE: from the root) that is compatible. */
extern int fdt_find_compatible(
    const struct fdt *fdt, int node, const char *what);
extern int fdt_find_phandle(const struct fdt *fdt, uint32_t phandle);

/* status is absent, "okay" or "ok". */
extern bool fdt_enabled(const struct fdt *fdt, int node);

/* The index-th entry of reg, translated to a physical address. */
extern bool fdt_reg(
    const struct fdt *fdt, int node, unsigned index, struct fdt_range *range);

#endif
