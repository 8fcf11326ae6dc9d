/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Partition tables on a disk in memory: whole, damaged at each place, cut, and
 * with random bytes changed behind right checksums.
 */
#include <libtest/test.h>
#include <stdlib.h>

#include "../gpt.h"

#define SECTORS     2048
#define ENTRIES     128
#define ENTRY_SIZE  128
#define TABLE_SIZE  (ENTRIES * ENTRY_SIZE)
#define BACKUP_AT   (SECTORS - 33) /* of the entries */
#define ENTRY(n)    ((n)*ENTRY_SIZE)
#define ENTRY_FIRST 32
#define ENTRY_LAST  40
#define ENTRY_NAME  56

static uint8_t disk[SECTORS][GPT_SECTOR];
static uint64_t fails_at; /* sector that cannot be read */
static struct gpt_partition found[GPT_PARTITIONS];
static const char *problem;

static bool
read_disk(void *context, uint64_t sector, void *data, size_t count)
{
	(void)context;
	if (sector >= SECTORS || count > SECTORS - sector ||
	    (fails_at >= sector && fails_at < sector + count))
		return false;
	if (count > 0)
		memcpy(data, disk[sector], count * GPT_SECTOR);
	return true;
}

static uint32_t
crc32(const uint8_t *at, size_t size)
{
	uint32_t crc = ~0U;

	for (size_t i = 0; i < size * 8; i++) {
		uint32_t bit = (crc ^ (uint32_t)(at[i / 8] >> i % 8)) & 1;

		crc = crc >> 1 ^ (bit ? 0xedb88320U : 0);
	}
	return ~crc;
}

static void
put(uint8_t *to, size_t offset, uint64_t value, size_t size)
{
	memcpy(to + offset, &value, size);
}

/* Right checksums in the header at a sector, for the entries at another. */
static void
seal(uint64_t header, uint64_t entries)
{
	put(disk[header], 88, crc32(disk[entries], TABLE_SIZE), 4);
	put(disk[header], 16, 0, 4);
	put(disk[header], 16, crc32(disk[header], 92), 4);
}

static void
put_header(uint64_t at, uint64_t other, uint64_t entries)
{
	uint8_t *header = disk[at];

	memcpy(header, "EFI PART", 8);
	put(header, 8, 0x10000, 4);
	put(header, 12, 92, 4);
	put(header, 24, at, 8);
	put(header, 32, other, 8);
	put(header, 40, 34, 8);
	put(header, 48, BACKUP_AT - 1, 8);
	put(header, 72, entries, 8);
	put(header, 80, ENTRIES, 4);
	put(header, 84, ENTRY_SIZE, 4);
	seal(at, entries);
}

static void
put_entry(unsigned n, uint64_t first, uint64_t last, const char *name)
{
	uint8_t *entry = disk[2] + ENTRY(n);

	memset(entry, 0x11, 32);
	put(entry, ENTRY_FIRST, first, 8);
	put(entry, ENTRY_LAST, last, 8);
	for (size_t i = 0; name[i] != '\0'; i++)
		put(entry, ENTRY_NAME + 2 * i, (uint8_t)name[i], 2);
}

static void
copy_to_backup(void)
{
	memcpy(disk[BACKUP_AT], disk[2], TABLE_SIZE);
}

static void
make_disk(void)
{
	memset(disk, 0, sizeof(disk));
	fails_at = SECTORS;
	put_entry(0, 40, 99, "esp");
	put_entry(1, 100, 1999, "root");
	put_entry(4, 2000, 2000, "one sector");
	copy_to_backup();
	put_header(1, SECTORS - 1, 2);
	put_header(SECTORS - 1, 1, BACKUP_AT);
}

static unsigned
parse(void)
{
	memset(found, 0xaa, sizeof(found));
	return gpt_parse(read_disk, NULL, SECTORS, found, &problem);
}

static void
test_good(void)
{
	make_disk();
	is_int(parse(), 3, "three partitions");
	ok(problem == NULL, "and no problem");
	is_int(found[1].number, 2, "the second's number");
	is_int(found[1].first, 100, "its start");
	is_int(found[1].count, 1900, "its length");
	is_str(found[1].name, "root", "its name");
	is_int(found[2].number, 5, "numbers count unused entries");
	is_int(found[2].count, 1, "one sector will do");
}

/* Damage to the first table: the backup is used. */
static void
is_from_backup(const char *want)
{
	unsigned count = parse();

	is_str(problem, want, want);
	is_int(count, 3, "the backup has the partitions");
	make_disk();
}

static void
test_backup(void)
{
	disk[1][0] = 'e';
	is_from_backup("no GUID partition table");
	disk[1][60] ^= 1;
	is_from_backup("the partition table's header is damaged");
	put(disk[1], 24, 2, 8);
	seal(1, 2);
	is_from_backup("the partition table's header is damaged");
	put(disk[1], 12, 91, 4);
	is_from_backup("the partition table's header has a wrong size");
	put(disk[1], 12, 513, 4);
	is_from_backup("the partition table's header has a wrong size");
	put(disk[1], 84, 64, 4);
	seal(1, 2);
	is_from_backup("the partition table has entries of unknown form");
	put(disk[1], 80, UINT32_MAX, 4);
	seal(1, 2);
	is_from_backup("the partition table has entries of unknown form");
	put(disk[1], 72, UINT64_MAX - 3, 8);
	seal(1, 2);
	is_from_backup("the partition table lies beyond the disk's end");
	put(disk[1], 72, SECTORS - 31, 8);
	seal(1, 2);
	is_from_backup("the partition table lies beyond the disk's end");
	disk[2][ENTRY(1) + ENTRY_FIRST] ^= 1;
	is_from_backup("the partition table's entries are damaged");
	fails_at = 1;
	is_from_backup("the partition table cannot be read");
	fails_at = 20;
	is_from_backup("the partition table cannot be read");
	disk[1][0] = 0;
	disk[SECTORS - 1][0] = 0;
	is_int(parse(), 0, "no table at either end: no partition");
	is_str(problem, "no GUID partition table", "and that is said");
}

static void
test_entries(void)
{
	char name[40];

	make_disk();
	put_entry(1, 1999, 100, "");
	put_entry(4, 2000, SECTORS, "");
	put_entry(5, UINT64_MAX - 1, UINT64_MAX, "");
	seal(1, 2);
	is_int(parse(), 1, "what does not lie on the disk is left out");
	make_disk();
	memset(name, 'n', 36);
	name[36] = '\0';
	put_entry(0, 40, 99, name);
	put_entry(1, 100, 1999, "a b\xe9\n");
	seal(1, 2);
	parse();
	is_str(found[0].name, name, "a name as long as names get");
	is_str(found[1].name, "a?b??", "characters that could mislead");
	make_disk();
	for (unsigned i = 0; i < ENTRIES; i++)
		put_entry(i, 100, 100, "");
	seal(1, 2);
	is_int(parse(), GPT_PARTITIONS, "more than there is room for");
	is_int(gpt_parse(read_disk, NULL, 2, found, &problem), 0,
	    "a disk of two sectors");
	is_str(problem, "too small for partitions", "is too small");
}

static bool
lie_on_disk(unsigned count)
{
	for (unsigned i = 0; i < count; i++) {
		if (found[i].first >= SECTORS || found[i].count == 0 ||
		    found[i].count > SECTORS - found[i].first ||
		    strnlen(found[i].name, GPT_NAME) == GPT_NAME)
			return false;
	}
	return count <= GPT_PARTITIONS;
}

static void
test_random(void)
{
	unsigned outside = 0, some = 0;

	srandom(1);
	for (int round = 0; round < 5000; round++) {
		make_disk();
		for (int change = 0; change < 4; change++) {
			disk[1][16 + (size_t)random() % 80] = (uint8_t)random();
			disk[2][(size_t)random() % 512] = (uint8_t)random();
		}
		if (round % 2)
			put(disk[1], 12, 92, 4);
		if (round % 4 == 3)
			put(disk[1], 24, 1, 8);
		seal(1, 2);
		disk[SECTORS - 1][0] = (uint8_t)random();
		if (!lie_on_disk(parse()))
			outside++;
		some += problem == NULL;
	}
	is_int(outside, 0, "random changes: all that comes out is on the disk");
	ok(some > 50, "and some tables are accepted");
}

int
main(void)
{
	test_good();
	test_backup();
	test_entries();
	test_random();
	return test_done();
}
