/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Tests of boot/fdt.c: a tree built here is read back; then many damaged
 * copies of it, each in a heap block of its exact size, so that the address
 * sanitizer sees any access outside.
 */
#include <boot/fdt.h>
#include <stdlib.h>

#include "kernel/boot/test/fdt_build.h"
#include "lib/libtest/test.h"

#define FUZZ_ROUNDS 60000

static void
build_tree(struct builder *b)
{
	begin(b, "");
	CELLS(b, "#address-cells", 2);
	CELLS(b, "#size-cells", 2);
	put32(b, 4);
	begin(b, "aliases");
	text(b, "serial0", "/soc/uart@9000");
	end(b);
	begin(b, "memory@40000000");
	text(b, "device_type", "memory");
	CELLS(b, "reg", 0, 0x40000000, 0, 0x10000000, 1, 0, 2, 0);
	end(b);
	begin(b, "soc");
	CELLS(b, "#address-cells", 1);
	CELLS(b, "#size-cells", 1);
	CELLS(b, "ranges", 0x9000, 8, 0x1000, 0x1000);
	begin(b, "uart@9000");
	property(b, "compatible", "arm,pl011\0arm,primecell", 24);
	CELLS(b, "reg", 0x9800, 0x100, 0xb000, 0x100);
	CELLS(b, "phandle", 77);
	end(b);
	begin(b, "uart@a000");
	text(b, "compatible", "arm,pl011");
	text(b, "status", "disabled");
	end(b);
	end(b);
	begin(b, "chosen");
	text(b, "bootargs", "a=b");
	end(b);
	end(b);
}

static uint32_t
build_blob(uint8_t *blob)
{
	static struct builder b;

	memset(&b, 0, sizeof(b));
	build_tree(&b);
	return fdt_blob(&b, blob);
}

static int
find(const struct fdt *fdt, const char *path)
{
	return fdt_find_path(fdt, path, strlen(path));
}

static void
test_walk(const struct fdt *fdt)
{
	int root = fdt_root(fdt);
	int uart = find(fdt, "/soc/uart@9000");
	int other = find(fdt, "/soc/uart@a000");
	int node;

	ok(root != FDT_NONE, "there is a root");
	ok(uart != FDT_NONE && other != FDT_NONE, "paths are found");
	is_int(find(fdt, "/soc/uart"), uart, "unit address may be left out");
	is_int(find(fdt, "serial0"), uart, "alias");
	is_int(find(fdt, "/soc/uar"), FDT_NONE, "no prefix match");
	is_int(find(fdt, "/"), root, "the root by path");
	is_int(find(fdt, "nothing"), FDT_NONE, "unknown alias");
	is_str(fdt_name(fdt, uart), "uart@9000", "name");
	is_int(fdt_next_sibling(fdt, uart), other, "sibling");
	is_int(fdt_next_sibling(fdt, other), FDT_NONE, "last sibling");
	is_int(fdt_first_child(fdt, uart), FDT_NONE, "no child");
	is_int(fdt_parent(fdt, uart), find(fdt, "/soc"), "parent");
	is_int(fdt_parent(fdt, root), FDT_NONE, "the root has no parent");
	node = fdt_first_child(fdt, root);
	is_int(node, find(fdt, "/aliases"), "first child, after a NOP");
	node = fdt_find_compatible(fdt, FDT_NONE, "arm,primecell");
	is_int(node, uart, "compatible, second string");
	node = fdt_find_compatible(fdt, uart, "arm,pl011");
	is_int(node, other, "compatible, the next one");
	is_int(fdt_find_compatible(fdt, other, "arm,pl011"), FDT_NONE,
	    "compatible, no more");
	is_int(fdt_find_phandle(fdt, 77), uart, "phandle");
	ok(fdt_enabled(fdt, uart), "no status: enabled");
	ok(!fdt_enabled(fdt, other), "disabled");
}

static void
test_values(const struct fdt *fdt)
{
	int memory = find(fdt, "/memory");
	int uart = find(fdt, "serial0");
	struct fdt_range range = {0, 0};
	uint32_t value = 0;

	ok(fdt_reg(fdt, memory, 1, &range), "second entry of reg");
	is_int(range.base, 0x100000000, "its base");
	is_int(range.size, 0x200000000, "its size");
	ok(!fdt_reg(fdt, memory, 2, &range), "no third entry");
	ok(fdt_reg(fdt, uart, 0, &range), "reg behind a bus");
	is_int(range.base, 0x800001800, "translated");
	is_int(range.size, 0x100, "size");
	ok(!fdt_reg(fdt, uart, 1, &range), "outside the bus's window");
	ok(fdt_cell(fdt, uart, "phandle", 0, &value), "a cell");
	is_int(value, 77, "its value");
	ok(!fdt_cell(fdt, uart, "phandle", 1, &value), "past the cells");
	is_str(fdt_string(fdt, find(fdt, "/chosen"), "bootargs"), "a=b",
	    "a string");
	ok(fdt_string(fdt, uart, "phandle") == NULL ||
		strlen(fdt_string(fdt, uart, "phandle")) < 4,
	    "cells as a string stay inside");
	ok(fdt_reservation(fdt, 0, &range), "a reservation");
	is_int(range.base, 0x1000, "its base");
	is_int(range.size, 0x2000, "its size");
	ok(!fdt_reservation(fdt, 1, &range), "the list ends");
}

/* Use everything; the results do not matter, ending and staying inside do. */
static unsigned
exercise(const struct fdt *fdt)
{
	struct fdt_range range;
	unsigned count = 0;
	uint32_t value;

	for (int node = fdt_root(fdt); node != FDT_NONE;
	     node = fdt_next_node(fdt, node)) {
		count++;
		count += (unsigned)strlen(fdt_name(fdt, node));
		count += fdt_reg(fdt, node, 0, &range);
		count += fdt_cell(fdt, node, "reg", 3, &value);
		count += fdt_string(fdt, node, "bootargs") != NULL;
		count += fdt_string_list_has(fdt, node, "compatible", "x");
		count += fdt_enabled(fdt, node);
		count += fdt_next_sibling(fdt, node) != FDT_NONE;
	}
	for (unsigned i = 0; fdt_reservation(fdt, i, &range); i++)
		count++;
	count += find(fdt, "serial0/x/y") != FDT_NONE;
	count += fdt_find_phandle(fdt, 77) != FDT_NONE;
	return count;
}

static uint32_t
random_next(uint32_t *state)
{
	*state = *state * 1664525U + 1013904223U;
	return *state >> 8;
}

static void
test_damage(const uint8_t *blob, uint32_t size)
{
	uint32_t seed = 1;
	unsigned opened = 0;
	unsigned refused = 0;

	for (unsigned round = 0; round < FUZZ_ROUNDS; round++) {
		uint32_t length = size;
		uint8_t *copy;
		struct fdt fdt;

		if (round % 8 == 0)
			length = random_next(&seed) % (size + 1);
		copy = malloc(length + 1);
		memcpy(copy, blob, length);
		copy = realloc(copy, length > 0 ? length : 1);
		for (unsigned i = 0; length > 0 && i < 1 + round % 4; i++)
			copy[random_next(&seed) % length] =
			    (uint8_t)random_next(&seed);
		if (fdt_open(&fdt, copy, length)) {
			opened++;
			(void)exercise(&fdt);
		} else {
			refused++;
		}
		free(copy);
	}
	ok(opened > FUZZ_ROUNDS / 4, "damaged blobs were read");
	ok(refused > 0, "and some were refused");
}

int
main(void)
{
	static uint8_t blob[2 * BLOB_MAX];
	uint32_t size = build_blob(blob);
	struct fdt fdt;

	is_int(fdt_total_size(blob), size, "total size");
	ok(fdt_open(&fdt, blob, size), "opens");
	ok(!fdt_open(&fdt, blob, size - 1), "does not open cut short");
	ok(fdt_open(&fdt, blob, size), "opens again");
	test_walk(&fdt);
	test_values(&fdt);
	ok(exercise(&fdt) > 7, "the exercise sees the nodes");
	test_damage(blob, size);
	return test_done();
}
