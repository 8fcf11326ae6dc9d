/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Reader of flattened device trees (Devicetree Specification, version 17 of
 * the format). See fdt.h for what callers may rely on.
 *
 * Every access goes through fdt_u32() or fdt_bytes(), which check bounds; every
 * loop advances through the structure block, so it ends with the block.
 */
#include <boot/fdt.h>
#include <kern/string.h>

#define FDT_MAGIC   0xd00dfeedU
#define FDT_HEADER  40U
#define FDT_VERSION 17U

enum fdt_token {
	FDT_BEGIN_NODE = 1,
	FDT_END_NODE = 2,
	FDT_PROP = 3,
	FDT_NOP = 4,
	FDT_END = 9,
};

/* One token of the structure block and where the next one is. */
struct fdt_item {
	uint32_t token; /* FDT_END also where the block is broken */
	uint32_t next;
	const char *name; /* of a node or property */
	const uint8_t *data;
	uint32_t size;
};

static uint32_t
fdt_load32(const uint8_t *p)
{
	return (uint32_t)p[0] << 24 | (uint32_t)p[1] << 16 |
	       (uint32_t)p[2] << 8 | p[3];
}

static uint64_t
fdt_load64(const uint8_t *p)
{
	return (uint64_t)fdt_load32(p) << 32 | fdt_load32(p + 4);
}

uint32_t
fdt_total_size(const void *header)
{
	const uint8_t *p = header;

	return fdt_load32(p) == FDT_MAGIC ? fdt_load32(p + 4) : 0;
}

static bool
fdt_block_fits(uint32_t total, uint32_t offset, uint32_t size)
{
	return offset >= FDT_HEADER && offset <= total &&
	       size <= total - offset;
}

bool
fdt_open(struct fdt *fdt, const void *blob, size_t limit)
{
	const uint8_t *p = blob;

	if (limit < FDT_HEADER || fdt_load32(p) != FDT_MAGIC)
		return false;
	fdt->blob = p;
	fdt->size = fdt_load32(p + 4);
	fdt->structs = fdt_load32(p + 8);
	fdt->strings = fdt_load32(p + 12);
	fdt->reserves = fdt_load32(p + 16);
	fdt->strings_size = fdt_load32(p + 32);
	fdt->structs_size = fdt_load32(p + 36);
	if (fdt->size > limit || fdt->size > INT32_MAX)
		return false;
	if (fdt_load32(p + 20) < FDT_VERSION ||
	    fdt_load32(p + 24) > FDT_VERSION)
		return false;
	if ((fdt->structs | fdt->structs_size) % 4 != 0)
		return false;
	return fdt_block_fits(fdt->size, fdt->structs, fdt->structs_size) &&
	       fdt_block_fits(fdt->size, fdt->strings, fdt->strings_size) &&
	       fdt_block_fits(fdt->size, fdt->reserves, 0);
}

bool
fdt_reservation(const struct fdt *fdt, unsigned index, struct fdt_range *range)
{
	uint32_t room = (fdt->size - fdt->reserves) / 16;
	const uint8_t *p;

	if (index >= room)
		return false;
	p = fdt->blob + fdt->reserves + 16 * (size_t)index;
	range->base = fdt_load64(p);
	range->size = fdt_load64(p + 8);
	return range->base != 0 || range->size != 0;
}

/* A string at `offset` of the block [start, start + size); NULL: no end. */
static const char *
fdt_text(const struct fdt *fdt, uint32_t start, uint32_t size, uint32_t offset)
{
	const char *text = (const char *)fdt->blob + start + offset;

	if (offset >= size || strnlen(text, size - offset) == size - offset)
		return NULL;
	return text;
}

static bool
fdt_read_property(const struct fdt *fdt, struct fdt_item *item)
{
	uint32_t left = fdt->structs_size - item->next;
	const uint8_t *p = fdt->blob + fdt->structs + item->next;

	if (left < 8)
		return false;
	item->size = fdt_load32(p);
	if (item->size > left - 8)
		return false;
	item->data = p + 8;
	item->name =
	    fdt_text(fdt, fdt->strings, fdt->strings_size, fdt_load32(p + 4));
	item->next += 8 + ((item->size + 3) & ~3U);
	return item->name != NULL && item->next <= fdt->structs_size;
}

static bool
fdt_read_begin(const struct fdt *fdt, struct fdt_item *item)
{
	item->name = fdt_text(fdt, fdt->structs, fdt->structs_size, item->next);
	if (item->name == NULL)
		return false;
	item->next += ((uint32_t)strlen(item->name) + 4) & ~3U;
	return item->next <= fdt->structs_size;
}

/* Decode the token at `offset` of the structure block. */
static void
fdt_read(const struct fdt *fdt, uint32_t offset, struct fdt_item *item)
{
	bool good = false;

	item->token = FDT_END;
	item->next = offset;
	item->name = "";
	item->data = NULL;
	item->size = 0;
	if (offset > fdt->structs_size || fdt->structs_size - offset < 4)
		return;
	item->token = fdt_load32(fdt->blob + fdt->structs + offset);
	item->next = offset + 4;
	if (item->token == FDT_BEGIN_NODE)
		good = fdt_read_begin(fdt, item);
	else if (item->token == FDT_PROP)
		good = fdt_read_property(fdt, item);
	else
		good = item->token == FDT_END_NODE || item->token == FDT_NOP;
	if (!good)
		item->token = FDT_END;
}

/* As fdt_read, past no-operations. */
static void
fdt_read_item(const struct fdt *fdt, uint32_t offset, struct fdt_item *item)
{
	fdt_read(fdt, offset, item);
	while (item->token == FDT_NOP)
		fdt_read(fdt, item->next, item);
}

/* The next token after `offset` that is no property; its offset in *at. */
static void
fdt_skip_properties(
    const struct fdt *fdt, uint32_t offset, uint32_t *at, struct fdt_item *item)
{
	*at = offset;
	fdt_read(fdt, *at, item);
	while (item->token == FDT_PROP || item->token == FDT_NOP) {
		*at = item->next;
		fdt_read(fdt, *at, item);
	}
}

/* Decode `node`; false if it is no node. */
static bool
fdt_read_node(const struct fdt *fdt, int node, struct fdt_item *item)
{
	if (node < 0)
		return false;
	fdt_read(fdt, (uint32_t)node, item);
	return item->token == FDT_BEGIN_NODE;
}

int
fdt_root(const struct fdt *fdt)
{
	struct fdt_item item;
	uint32_t at;

	fdt_skip_properties(fdt, 0, &at, &item);
	return item.token == FDT_BEGIN_NODE ? (int)at : FDT_NONE;
}

int
fdt_first_child(const struct fdt *fdt, int node)
{
	struct fdt_item item;
	uint32_t at;

	if (!fdt_read_node(fdt, node, &item))
		return FDT_NONE;
	fdt_skip_properties(fdt, item.next, &at, &item);
	return item.token == FDT_BEGIN_NODE ? (int)at : FDT_NONE;
}

int
fdt_next_sibling(const struct fdt *fdt, int node)
{
	struct fdt_item item;
	unsigned depth = 1;
	uint32_t at;

	if (!fdt_read_node(fdt, node, &item))
		return FDT_NONE;
	for (;;) {
		fdt_skip_properties(fdt, item.next, &at, &item);
		if (item.token == FDT_BEGIN_NODE) {
			if (depth == 0)
				return (int)at;
			depth++;
		} else if (item.token != FDT_END_NODE || depth == 0) {
			return FDT_NONE;
		} else {
			depth--;
		}
	}
}

int
fdt_next_node(const struct fdt *fdt, int node)
{
	struct fdt_item item;
	uint32_t at;

	if (!fdt_read_node(fdt, node, &item))
		return FDT_NONE;
	do {
		fdt_skip_properties(fdt, item.next, &at, &item);
	} while (item.token == FDT_END_NODE);
	return item.token == FDT_BEGIN_NODE ? (int)at : FDT_NONE;
}

int
fdt_parent(const struct fdt *fdt, int node)
{
	int path[FDT_DEPTH_MAX];
	struct fdt_item item;
	unsigned depth = 0;
	uint32_t at;

	fdt_skip_properties(fdt, 0, &at, &item);
	for (;;) {
		if (item.token == FDT_BEGIN_NODE) {
			if ((int)at == node)
				return depth > 0 ? path[depth - 1] : FDT_NONE;
			if (depth == FDT_DEPTH_MAX)
				return FDT_NONE;
			path[depth++] = (int)at;
		} else if (item.token != FDT_END_NODE || depth == 0) {
			return FDT_NONE;
		} else {
			depth--;
		}
		fdt_skip_properties(fdt, item.next, &at, &item);
	}
}

const char *
fdt_name(const struct fdt *fdt, int node)
{
	struct fdt_item item;

	return fdt_read_node(fdt, node, &item) ? item.name : "";
}

const void *
fdt_property(const struct fdt *fdt, int node, const char *name, uint32_t *size)
{
	struct fdt_item item;

	if (!fdt_read_node(fdt, node, &item))
		return NULL;
	fdt_read_item(fdt, item.next, &item);
	while (item.token == FDT_PROP) {
		if (strcmp(item.name, name) == 0) {
			*size = item.size;
			return item.data;
		}
		fdt_read_item(fdt, item.next, &item);
	}
	return NULL;
}

const char *
fdt_string(const struct fdt *fdt, int node, const char *name)
{
	uint32_t size;
	const char *text = fdt_property(fdt, node, name, &size);

	if (text == NULL || strnlen(text, size) == size)
		return NULL;
	return text;
}

bool
fdt_cell(const struct fdt *fdt, int node, const char *name, unsigned index,
    uint32_t *value)
{
	uint32_t size;
	const uint8_t *data = fdt_property(fdt, node, name, &size);

	if (data == NULL || index >= size / 4)
		return false;
	*value = fdt_load32(data + 4 * (size_t)index);
	return true;
}

bool
fdt_string_list_has(
    const struct fdt *fdt, int node, const char *name, const char *what)
{
	uint32_t left;
	const char *text = fdt_property(fdt, node, name, &left);

	while (text != NULL && left > 0) {
		size_t length = strnlen(text, left);

		if (length == left)
			return false;
		if (strcmp(text, what) == 0)
			return true;
		text += length + 1;
		left -= (uint32_t)length + 1;
	}
	return false;
}

/* Does a node's name match a path component, with or without its unit? */
static bool
fdt_name_matches(const char *name, const char *component, size_t length)
{
	return strncmp(name, component, length) == 0 &&
	       (name[length] == '\0' || name[length] == '@');
}

static int
fdt_find_child(
    const struct fdt *fdt, int node, const char *component, size_t length)
{
	int child = fdt_first_child(fdt, node);

	while (child != FDT_NONE &&
	       !fdt_name_matches(fdt_name(fdt, child), component, length))
		child = fdt_next_sibling(fdt, child);
	return child;
}

static size_t
fdt_component_length(const char *path, size_t end)
{
	size_t length = 0;

	while (length < end && path[length] != '/')
		length++;
	return length;
}

/* The node an alias stands for; aliases are not followed twice. */
static int
fdt_find_alias(const struct fdt *fdt, const char *name, size_t length)
{
	int aliases = fdt_find_path(fdt, "/aliases", 8);
	const char *target;
	char key[64];

	if (aliases == FDT_NONE || length >= sizeof(key))
		return FDT_NONE;
	memcpy(key, name, length);
	key[length] = '\0';
	target = fdt_string(fdt, aliases, key);
	if (target == NULL || target[0] != '/')
		return FDT_NONE;
	return fdt_find_path(fdt, target, strlen(target));
}

int
fdt_find_path(const struct fdt *fdt, const char *path, size_t end)
{
	size_t length;
	int node;

	if (end == 0)
		return FDT_NONE;
	if (path[0] == '/') {
		node = fdt_root(fdt);
	} else {
		length = fdt_component_length(path, end);
		node = fdt_find_alias(fdt, path, length);
		path += length;
		end -= length;
	}
	while (node != FDT_NONE && end > 0) {
		if (path[0] == '/') {
			path++;
			end--;
			continue;
		}
		length = fdt_component_length(path, end);
		node = fdt_find_child(fdt, node, path, length);
		path += length;
		end -= length;
	}
	return node;
}

int
fdt_find_compatible(const struct fdt *fdt, int node, const char *what)
{
	node = node == FDT_NONE ? fdt_root(fdt) : fdt_next_node(fdt, node);
	while (node != FDT_NONE &&
	       !fdt_string_list_has(fdt, node, "compatible", what))
		node = fdt_next_node(fdt, node);
	return node;
}

int
fdt_find_phandle(const struct fdt *fdt, uint32_t phandle)
{
	int node = fdt_root(fdt);
	uint32_t value;

	while (node != FDT_NONE) {
		if (fdt_cell(fdt, node, "phandle", 0, &value) &&
		    value == phandle)
			return node;
		node = fdt_next_node(fdt, node);
	}
	return FDT_NONE;
}

bool
fdt_enabled(const struct fdt *fdt, int node)
{
	const char *status = fdt_string(fdt, node, "status");

	return status == NULL || strcmp(status, "okay") == 0 ||
	       strcmp(status, "ok") == 0;
}

/* #address-cells or #size-cells; the caller checks the value. */
static uint32_t
fdt_cells(const struct fdt *fdt, int node, const char *name, uint32_t absent)
{
	uint32_t cells = absent;

	(void)fdt_cell(fdt, node, name, 0, &cells);
	return cells;
}

static uint64_t
fdt_load_cells(const uint8_t *p, uint32_t cells)
{
	if (cells == 0)
		return 0;
	return cells == 2 ? fdt_load64(p) : fdt_load32(p);
}

/*
 * Translate an address of bus `bus` to its parent's space by `ranges`. Without
 * ranges there is no way; with empty ranges nothing changes.
 */
static bool
fdt_translate(const struct fdt *fdt, int bus, int parent, uint64_t *address)
{
	uint32_t child_cells = fdt_cells(fdt, bus, "#address-cells", 2);
	uint32_t size_cells = fdt_cells(fdt, bus, "#size-cells", 1);
	uint32_t parent_cells = fdt_cells(fdt, parent, "#address-cells", 2);
	uint32_t left, entry;
	const uint8_t *p = fdt_property(fdt, bus, "ranges", &left);

	if (p == NULL || child_cells - 1 > 1 || parent_cells - 1 > 1 ||
	    size_cells - 1 > 1)
		return false;
	if (left == 0)
		return true;
	entry = 4 * (child_cells + parent_cells + size_cells);
	for (; left >= entry; left -= entry, p += entry) {
		const uint8_t *q = p + 4 * (size_t)child_cells;
		uint64_t from = fdt_load_cells(p, child_cells);
		uint64_t to = fdt_load_cells(q, parent_cells);
		uint64_t size =
		    fdt_load_cells(q + 4 * (size_t)parent_cells, size_cells);

		if (*address >= from && *address - from < size) {
			*address = *address - from + to;
			return true;
		}
	}
	return false;
}

bool
fdt_reg(
    const struct fdt *fdt, int node, unsigned index, struct fdt_range *range)
{
	int bus = fdt_parent(fdt, node);
	int parent = fdt_parent(fdt, bus);
	uint32_t address_cells = fdt_cells(fdt, bus, "#address-cells", 2);
	uint32_t size_cells = fdt_cells(fdt, bus, "#size-cells", 1);
	uint32_t size, entry;
	const uint8_t *p = fdt_property(fdt, node, "reg", &size);

	if (p == NULL || address_cells - 1 > 1 || size_cells > 2)
		return false;
	entry = 4 * (address_cells + size_cells);
	if (index >= size / entry)
		return false;
	p += (size_t)entry * index;
	range->base = fdt_load_cells(p, address_cells);
	range->size = fdt_load_cells(p + 4 * (size_t)address_cells, size_cells);
	for (; parent != FDT_NONE; parent = fdt_parent(fdt, parent)) {
		if (!fdt_translate(fdt, bus, parent, &range->base))
			return false;
		bus = parent;
	}
	return true;
}
