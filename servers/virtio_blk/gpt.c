/* SPDX-License-Identifier: BSD-2-Clause */
#include "gpt.h"

#include <stdlib.h>
#include <string.h>

struct header {
	char signature[8];
	uint32_t revision;
	uint32_t header_size;
	uint32_t header_crc;
	uint32_t reserved;
	uint64_t my_lba;
	uint64_t alternate_lba;
	uint64_t first_usable;
	uint64_t last_usable;
	uint8_t disk_guid[16];
	uint64_t entries_lba;
	uint32_t entry_count;
	uint32_t entry_size;
	uint32_t entries_crc;
	uint32_t padding;
};

struct entry {
	uint8_t type[16];
	uint8_t guid[16];
	uint64_t first;
	uint64_t last;
	uint64_t attributes;
	uint16_t name[36];
};

_Static_assert(sizeof(struct entry) == 128, "a GPT entry is 128 bytes");

#define HEADER_MIN 92
#define ENTRY_MAX  128 /* entries that are read, of at most */
#define SIZE_MAX_  512 /* bytes each */

static uint32_t
crc32(const void *data, size_t size)
{
	const uint8_t *at = data;
	uint32_t crc = ~0U;

	while (size-- > 0) {
		crc ^= *at++;
		for (int i = 0; i < 8; i++)
			crc = crc >> 1 ^ (0xedb88320U & -(crc & 1));
	}
	return ~crc;
}

/* NULL if the sector at lba is a header that holds together. */
static const char *
check_header(struct header *header, uint8_t *sector, uint64_t lba)
{
	uint32_t size;

	memcpy(header, sector, sizeof(*header));
	if (memcmp(header->signature, "EFI PART", 8) != 0)
		return "no GUID partition table";
	size = header->header_size;
	if (size < HEADER_MIN || size > GPT_SECTOR)
		return "the partition table's header has a wrong size";
	memset(sector + offsetof(struct header, header_crc), 0, 4);
	if (crc32(sector, size) != header->header_crc || header->my_lba != lba)
		return "the partition table's header is damaged";
	if (header->entry_size < sizeof(struct entry) ||
	    header->entry_size > SIZE_MAX_ || header->entry_size % 8 != 0 ||
	    header->entry_count > ENTRY_MAX)
		return "the partition table has entries of unknown form";
	return NULL;
}

static void
take_name(char *to, const uint16_t *from)
{
	size_t i;

	for (i = 0; i < GPT_NAME - 1 && from[i] != 0; i++)
		to[i] = from[i] > ' ' && from[i] < 0x7f ? (char)from[i] : '?';
	to[i] = '\0';
}

static unsigned
take_entries(const struct header *header, const uint8_t *entries,
    uint64_t sectors, struct gpt_partition *partitions)
{
	static const uint8_t unused[16];
	unsigned count = 0;

	for (unsigned i = 0; i < header->entry_count; i++) {
		struct gpt_partition *to = &partitions[count];
		struct entry entry;

		memcpy(&entry, entries + (size_t)i * header->entry_size,
		    sizeof(entry));
		if (memcmp(entry.type, unused, 16) == 0 ||
		    entry.first > entry.last || entry.last >= sectors ||
		    count == GPT_PARTITIONS)
			continue;
		to->number = i + 1;
		to->first = entry.first;
		to->count = entry.last - entry.first + 1;
		take_name(to->name, entry.name);
		count++;
	}
	return count;
}

static const char *
read_table(gpt_read_t read, void *context, uint64_t sectors, uint64_t lba,
    struct gpt_partition *partitions, unsigned *count)
{
	uint8_t sector[GPT_SECTOR];
	struct header header;
	const char *problem;
	uint8_t *entries;
	size_t size, blocks;

	if (!read(context, lba, sector, 1))
		return "the partition table cannot be read";
	problem = check_header(&header, sector, lba);
	if (problem != NULL)
		return problem;
	size = (size_t)header.entry_count * header.entry_size;
	blocks = (size + GPT_SECTOR - 1) / GPT_SECTOR;
	if (header.entries_lba >= sectors ||
	    blocks > sectors - header.entries_lba)
		return "the partition table lies beyond the disk's end";
	entries = malloc(blocks * GPT_SECTOR + 1);
	if (entries == NULL)
		return "no memory for the partition table";
	if (!read(context, header.entries_lba, entries, blocks))
		problem = "the partition table cannot be read";
	else if (crc32(entries, size) != header.entries_crc)
		problem = "the partition table's entries are damaged";
	else
		*count = take_entries(&header, entries, sectors, partitions);
	free(entries);
	return problem;
}

unsigned
gpt_parse(gpt_read_t read, void *context, uint64_t sectors,
    struct gpt_partition *partitions, const char **problem)
{
	unsigned count = 0;

	if (sectors < 3) {
		*problem = "too small for partitions";
		return 0;
	}
	*problem = read_table(read, context, sectors, 1, partitions, &count);
	if (*problem != NULL && read_table(read, context, sectors, sectors - 1,
				    partitions, &count) != NULL)
		return 0;
	return count;
}
