/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Program files, good and bad: what elf_image_check() accepts can be mapped as
 * it says; what is cut, overlaps or points anywhere gets a text.
 */
#include <libexec/elf_image.h>
#include <libtest/test.h>
#include <stdlib.h>

#define PHOFF     64
#define FILE_SIZE 0x4000

struct header {
	uint8_t ident[16];
	uint16_t type;
	uint16_t machine;
	uint32_t version;
	uint64_t entry;
	uint64_t phoff;
	uint64_t shoff;
	uint32_t flags;
	uint16_t ehsize;
	uint16_t phentsize;
	uint16_t phnum;
	uint16_t shentsize;
	uint16_t shnum;
	uint16_t shstrndx;
};

struct segment {
	uint32_t type;
	uint32_t flags;
	uint64_t offset;
	uint64_t vaddr;
	uint64_t paddr;
	uint64_t filesz;
	uint64_t memsz;
	uint64_t align;
};

struct program {
	struct header header;
	struct segment segment[3];
	uint8_t rest[FILE_SIZE - 64 - 3 * 56];
};

static struct program file;

/* Text, constants and data with zeros after them. */
static void
make_good(void)
{
	static const uint8_t ident[16] = {0x7f, 'E', 'L', 'F', 2, 1, 1};

	memset(&file, 0, sizeof(file));
	memcpy(file.header.ident, ident, sizeof(ident));
	file.header.type = 2;
	file.header.machine = elf_image_machine;
	file.header.entry = 0x400100;
	file.header.phoff = PHOFF;
	file.header.phentsize = 56;
	file.header.phnum = 3;
	file.segment[0] =
	    (struct segment){1, 5, 0, 0x400000, 0, 0x1800, 0x1800, 4096};
	file.segment[1] =
	    (struct segment){1, 4, 0x1800, 0x402800, 0, 0x700, 0x700, 4096};
	file.segment[2] =
	    (struct segment){1, 6, 0x2000, 0x403000, 0, 0x1000, 0x5001, 4096};
}

static const char *
check(uint64_t file_size, struct elf_image *image)
{
	return elf_image_check(&file, sizeof(file), file_size, image);
}

/* Is that the complaint about the file as it is now? Makes it good again. */
static void
is_wrong(const char *want)
{
	struct elf_image image;

	is_str(check(FILE_SIZE, &image), want, want);
	make_good();
}

static void
test_good(void)
{
	struct elf_image image;

	make_good();
	ok(check(FILE_SIZE, &image) == NULL, "a program is accepted");
	is_int(image.segment_count, 3, "with its segments");
	is_int(image.entry, 0x400100, "its entry");
	is_int(image.phdr, 0x400000 + PHOFF, "the headers' address");
	is_int(image.phnum, 3, "and number");
	is_int(image.segment[0].prot, ELF_IMAGE_READ | ELF_IMAGE_EXECUTE,
	    "text is not writable");
	is_int(image.segment[2].prot, ELF_IMAGE_READ | ELF_IMAGE_WRITE,
	    "data are not executable");
	is_int(elf_segment_start(&image.segment[1]), 0x402000,
	    "a segment starts with its page");
	is_int(
	    elf_segment_length(&image.segment[1]), 0x1000, "and ends with one");
	is_int(elf_segment_length(&image.segment[2]), 0x6000,
	    "a page for the last byte");
	ok(elf_image_check(&file, 4096, FILE_SIZE, &image) == NULL,
	    "the first page is enough");
}

static void
test_header(void)
{
	file.header.ident[1] = 'e';
	is_wrong("not a 64-bit little-endian ELF file");
	file.header.ident[4] = 1;
	is_wrong("not a 64-bit little-endian ELF file");
	file.header.type = 3;
	is_wrong("not a static executable");
	file.header.machine = 183;
	is_wrong("made for another machine");
	file.header.phnum = 0;
	is_wrong("no program headers");
	file.header.phentsize = 32;
	is_wrong("no program headers");
	file.header.phoff = FILE_SIZE - 56;
	is_wrong("cut short: the program headers lie beyond its end");
	file.header.phoff = UINT64_MAX - 8;
	is_wrong("cut short: the program headers lie beyond its end");
	file.segment[1].type = 3;
	is_wrong("dynamically linked");
	file.header.entry = 0x403000;
	is_wrong("its entry point is not in executable memory");
	file.header.entry = 0x401800;
	is_wrong("its entry point is not in executable memory");
}

static void
test_segments(void)
{
	file.segment[2].memsz = 0xfff;
	is_wrong("a segment is larger in the file than in memory");
	file.segment[2].offset = 0x3001;
	is_wrong("cut short: a segment lies beyond its end");
	file.segment[2].offset = UINT64_MAX - 0xfff;
	is_wrong("cut short: a segment lies beyond its end");
	file.segment[0].vaddr = 0x1000;
	is_wrong("a segment lies outside user memory");
	file.segment[2].vaddr = 0xffffffff80000000;
	is_wrong("a segment lies outside user memory");
	file.segment[2].memsz = UINT64_MAX - 0x403000;
	is_wrong("a segment lies outside user memory");
	file.segment[2].vaddr = ELF_IMAGE_HIGHEST - 0x5000;
	is_wrong("a segment lies outside user memory");
	file.segment[2].vaddr = 0x403800;
	is_wrong("a segment is not aligned to pages");
	file.segment[0].flags = 7;
	is_wrong("a segment is both writable and executable");
	file.segment[1].vaddr = 0x401800;
	is_wrong("segments share a page or are not in order");
	file.segment[2].vaddr = 0x3f0000;
	is_wrong("segments share a page or are not in order");
}

static void
test_count(void)
{
	struct elf_image image;
	struct segment *segments = (struct segment *)&file.segment[0];

	file.header.phnum = ELF_IMAGE_SEGMENTS + 1;
	for (unsigned i = 0; i <= ELF_IMAGE_SEGMENTS; i++)
		memcpy((char *)segments + i * sizeof(*segments),
		    &(struct segment){1, 5, 0, 0x400000 + i * 0x2000UL, 0,
			0x1800, 0x1800, 4096},
		    sizeof(*segments));
	is_str(check(FILE_SIZE, &image), "too many segments",
	    "as many segments as there is room for");
	make_good();
}

static void
test_cut(void)
{
	struct elf_image image;
	unsigned accepted = 0;

	/* A copy of just that size: a read beyond it is found. */
	for (size_t size = 0; size < 0x3000; size += size < 512 ? 1 : 97) {
		void *cut = malloc(size + 1);

		memcpy(cut, &file, size);
		accepted += elf_image_check(cut, size, size, &image) == NULL;
		free(cut);
	}
	is_int(accepted, 0, "cut anywhere, it is refused");
	is_str(check(FILE_SIZE / 2, &image),
	    "cut short: a segment lies beyond its end", "cut in half");
}

static bool
is_sound(const struct elf_image *image)
{
	uint64_t end = ELF_IMAGE_LOWEST;

	for (unsigned i = 0; i < image->segment_count; i++) {
		const struct elf_segment *segment = &image->segment[i];
		uint64_t start = elf_segment_start(segment);

		if (start < end || segment->memory_size == 0 ||
		    segment->file_size > segment->memory_size ||
		    segment->file_size > FILE_SIZE ||
		    (segment->file_size > 0 &&
			segment->offset > FILE_SIZE - segment->file_size) ||
		    (segment->prot & 6) == 6)
			return false;
		end = start + elf_segment_length(segment);
	}
	return end <= ELF_IMAGE_HIGHEST && image->segment_count > 0;
}

/* Headers with random bits and words changed. */
static void
test_random(void)
{
	static const uint64_t wild[] = {0, 1, 0xfff, 0x1000, FILE_SIZE,
	    INT64_MAX, UINT64_MAX, UINT64_MAX - 0xfff, ELF_IMAGE_HIGHEST,
	    ELF_IMAGE_LOWEST};
	unsigned accepted = 0, unsound = 0;

	srandom(1);
	for (int round = 0; round < 200000; round++) {
		struct elf_image image;
		uint8_t *bytes = (uint8_t *)&file;

		make_good();
		for (int change = 0; change < 1 + round % 3; change++) {
			size_t at = (size_t)random() % 232;

			if (random() % 2)
				bytes[at] ^= (uint8_t)(1 << random() % 8);
			else
				memcpy(bytes + (at & ~7UL),
				    &wild[random() % 10], 8);
		}
		if (check(FILE_SIZE, &image) == NULL) {
			accepted++;
			unsound += !is_sound(&image);
		}
	}
	is_int(unsound, 0, "what is accepted of random changes can be mapped");
	ok(accepted > 1000, "and some are");
	make_good();
}

int
main(void)
{
	test_good();
	test_header();
	test_segments();
	test_count();
	test_cut();
	test_random();
	return test_done();
}
