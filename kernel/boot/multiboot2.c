/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Multiboot2 boot information: a size, then tags {type, size, data} at
 * multiples of 8 bytes, ended by tag 0. Modules are reserved after the whole
 * memory map is known, because the map lists them as usable.
 */
#include <arch/vm_param.h>

#include <boot/loader.h>
#include <kern/panic.h>
#include <kern/string.h>

enum {
	TAG_END = 0,
	TAG_CMDLINE = 1,
	TAG_LOADER = 2,
	TAG_MODULE = 3,
	TAG_MEMORY = 6,
	TAG_RSDP_OLD = 14,
	TAG_RSDP_NEW = 15,
};

struct tag {
	uint32_t type;
	uint32_t size; /* with this header */
};

struct tag_module {
	struct tag tag;
	uint32_t start;
	uint32_t end;
	char name[];
};

struct tag_memory {
	struct tag tag;
	uint32_t entry_size;
	uint32_t entry_version;
};

struct memory_entry {
	uint64_t base;
	uint64_t length;
	uint32_t type;
	uint32_t reserved;
};

static const struct tag *
first_tag(paddr_t info)
{
	return (const struct tag *)phys_to_virt(info + 8);
}

static const struct tag *
next_tag(const struct tag *tag)
{
	const char *here = (const char *)tag;

	return (const void *)(here + ((tag->size + 7U) & ~7U));
}

static void
read_memory(const struct tag *tag)
{
	const struct tag_memory *map = (const void *)tag;
	const char *entry = (const char *)(map + 1);
	const char *end = (const char *)tag + tag->size;

	if (map->entry_size < sizeof(struct memory_entry))
		panic(
		    "multiboot2: memory entries of %u bytes", map->entry_size);
	for (; entry + sizeof(struct memory_entry) <= end;
	     entry += map->entry_size) {
		const struct memory_entry *e = (const void *)entry;

		boot_memory_add(
		    e->base, e->base + e->length, boot_e820_type(e->type));
	}
}

static void
read_module(const struct tag *tag)
{
	const struct tag_module *module = (const void *)tag;

	boot_module_add(module->start, module->end, module->name);
}

/* The loader copies the RSDP into the tag; this memory is about to go. */
static void
read_rsdp(const struct tag *tag)
{
	static uint64_t rsdp[8]; /* aligned; both versions fit */
	size_t size = tag->size - sizeof(*tag);

	if (size > sizeof(rsdp))
		size = sizeof(rsdp);
	memcpy(rsdp, tag + 1, size);
	bootinfo.acpi_rsdp = (vaddr_t)rsdp - KERNEL_BASE;
}

static void
read_tag(const struct tag *tag)
{
	switch (tag->type) {
	case TAG_CMDLINE:
		strlcpy(bootinfo.cmdline, (const char *)(tag + 1),
		    sizeof(bootinfo.cmdline));
		break;
	case TAG_LOADER:
		strlcpy(bootinfo.loader, (const char *)(tag + 1),
		    sizeof(bootinfo.loader));
		break;
	case TAG_MEMORY:
		read_memory(tag);
		break;
	case TAG_RSDP_OLD:
		if (bootinfo.acpi_rsdp == 0)
			read_rsdp(tag);
		break;
	case TAG_RSDP_NEW:
		read_rsdp(tag);
		break;
	default:
		break;
	}
}

void
boot_multiboot2(paddr_t info)
{
	const struct tag *tag;

	for (tag = first_tag(info); tag->type != TAG_END; tag = next_tag(tag)) {
		if (tag->size < sizeof(*tag))
			panic("multiboot2: a tag of %u bytes", tag->size);
		read_tag(tag);
	}
	for (tag = first_tag(info); tag->type != TAG_END; tag = next_tag(tag))
		if (tag->type == TAG_MODULE)
			read_module(tag);
}
