/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Damage: bytes of the metadata changed at random, writes that fail, and the
 * power cut at any write. Nothing may crash or run for ever; and what the power
 * cut leaves behind, e2fsck can repair.
 */
#include <errno.h>
#include <libtest/test.h>
#include <stdlib.h>
#include <unistd.h>

#include "image.h"

#define ROUNDS   300
#define SIZE_KB  512
#define METADATA (48 * 1024U)

static unsigned seed = 7;
static char data[20000];

static unsigned
any(unsigned limit)
{
	seed = seed * 1103515245 + 12345;
	return (seed >> 8) % limit;
}

static void
fill(void)
{
	at_mkdir("a");
	at_mkdir("a/b");
	at_create("a/file");
	at_write("a/file", 0, data, sizeof(data));
	at_symlink("file", "a/link");
	at_create("a/b/other");
	at_link("a/b/other", "hard");
}

/* Use it in all ways; what comes of it does not matter. */
static void
use(void)
{
	static const char *const names[] = {
	    "a", "a/b", "a/file", "a/link", "a/b/other", "hard", "lost+found"};
	struct io_stat stat;

	for (size_t i = 0; i < sizeof(names) / sizeof(names[0]); i++) {
		(void)at_stat(names[i], &stat);
		(void)at_count(names[i]);
		(void)at_read(names[i], 0, data, sizeof(data));
		(void)at_read(names[i], 1UL << 30, data, sizeof(data));
	}
	(void)at_create("new");
	(void)at_write("new", 0, data, sizeof(data));
	(void)at_mkdir("a/b/c");
	(void)at_rename("a/file", "a/b/file");
	(void)at_truncate("a/b/file", 100);
	(void)at_unlink("hard");
	(void)at_rmdir("a/b/c");
	(void)at_unlink("a/b/other");
	(void)at_unlink("a/link");
}

static void
damage(unsigned count)
{
	while (count-- > 0) {
		unsigned char byte = (unsigned char)any(256);

		image_poke(any(METADATA), &byte, 1);
	}
}

static void
test_damage(void)
{
	static char good[METADATA];
	int mounted = 0;

	image_make("-t ext2 -b 1024 -N 64", SIZE_KB);
	image_mount();
	fill();
	image_unmount();
	image_peek(0, good, sizeof(good));
	for (int i = 0; i < ROUNDS; i++) {
		image_poke(0, good, sizeof(good));
		damage(1 + any(i % 2 == 0 ? 4 : 200));
		alarm(20);
		if (image_mount() == 0) {
			mounted++;
			use();
			(void)image_unmount();
		}
	}
	alarm(0);
	printf("# %d of %d were mounted\n", mounted, ROUNDS);
	ok(mounted > 10, "damaged file systems are borne");
}

static void
test_power_cut(void)
{
	int repaired = 0, cuts = 0;

	for (unsigned writes = 0; writes < 60; writes += 3) {
		image_make("-t ext2 -b 1024 -N 64", SIZE_KB);
		image_writes_left = writes;
		if (image_mount() == 0) {
			fill();
			(void)image_fs.fs.ops->sync(&image_fs.fs);
			use();
			(void)image_fs.fs.ops->sync(&image_fs.fs);
			image_drop();
		}
		image_writes_left = ~0U;
		cuts++;
		repaired += image_repair() == 0;
		if (image_mount() == 0)
			image_unmount();
	}
	is_int(repaired, cuts, "e2fsck repairs what a power cut leaves");
}

static void
test_failing_writes(void)
{
	image_make("-t ext2 -b 1024 -N 64", SIZE_KB);
	image_mount();
	fill();
	image_writes_left = 0;
	ok(image_fs.fs.ops->sync(&image_fs.fs) != 0, "a failed write is told");
	image_writes_left = ~0U;
	is_int(image_fs.fs.ops->sync(&image_fs.fs), 0,
	    "and made up for when it works again");
	is_int(image_unmount(), 0, "shut down");
	is_int(image_check(), 0, "nothing was lost");
}

int
main(void)
{
	/* Complaints about damage are many. */
	if (freopen("/dev/null", "w", stderr) == NULL)
		return 1;
	test_damage();
	test_power_cut();
	test_failing_writes();
	image_remove();
	return test_done();
}
