/* SPDX-License-Identifier: BSD-2-Clause */
#include "elf_image.h"

#include <stdbool.h>
#include <string.h>

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

struct program_header {
	uint32_t type;
	uint32_t flags;
	uint64_t offset;
	uint64_t vaddr;
	uint64_t paddr;
	uint64_t filesz;
	uint64_t memsz;
	uint64_t align;
};

_Static_assert(sizeof(struct program_header) == ELF_IMAGE_PHDR_SIZE, "ELF64");

#define TYPE_EXEC  2
#define PT_LOAD    1
#define PT_DYNAMIC 2
#define PT_INTERP  3
#define PF_X       1U
#define PF_W       2U
#define PF_R       4U
#define PAGE_MASK  (ELF_IMAGE_PAGE - 1)

uint64_t
elf_segment_start(const struct elf_segment *segment)
{
	return segment->address & ~PAGE_MASK;
}

uint64_t
elf_segment_length(const struct elf_segment *segment)
{
	uint64_t end = segment->address + segment->memory_size;

	return ((end + PAGE_MASK) & ~PAGE_MASK) - elf_segment_start(segment);
}

static const char *
check_header(const struct header *header, size_t head_size, uint64_t file_size)
{
	static const uint8_t magic[7] = {0x7f, 'E', 'L', 'F', 2, 1, 1};

	if (memcmp(header->ident, magic, sizeof(magic)) != 0)
		return "not a 64-bit little-endian ELF file";
	if (header->type != TYPE_EXEC)
		return "not a static executable";
	if (header->machine != elf_image_machine)
		return "made for another machine";
	if (header->phentsize != sizeof(struct program_header) ||
	    header->phnum == 0)
		return "no program headers";
	if (header->phoff > file_size ||
	    header->phnum >
		(file_size - header->phoff) / sizeof(struct program_header))
		return "cut short: the program headers lie beyond its end";
	if (header->phoff > head_size ||
	    header->phnum >
		(head_size - header->phoff) / sizeof(struct program_header))
		return "the program headers are not in its first page";
	return NULL;
}

static int
protection(uint32_t flags)
{
	return ((flags & PF_R) ? ELF_IMAGE_READ : 0) |
	       ((flags & PF_W) ? ELF_IMAGE_WRITE : 0) |
	       ((flags & PF_X) ? ELF_IMAGE_EXECUTE : 0);
}

static const char *
check_segment(const struct program_header *header, uint64_t file_size,
    const struct elf_image *image)
{
	const struct elf_segment *last;

	if (header->filesz > header->memsz)
		return "a segment is larger in the file than in memory";
	if (header->filesz > 0 &&
	    (header->offset > file_size ||
		header->filesz > file_size - header->offset))
		return "cut short: a segment lies beyond its end";
	if (header->vaddr < ELF_IMAGE_LOWEST ||
	    header->vaddr >= ELF_IMAGE_HIGHEST ||
	    header->memsz > ELF_IMAGE_HIGHEST - header->vaddr)
		return "a segment lies outside user memory";
	if (header->filesz > 0 &&
	    (header->offset & PAGE_MASK) != (header->vaddr & PAGE_MASK))
		return "a segment is not aligned to pages";
	if ((header->flags & PF_W) != 0 && (header->flags & PF_X) != 0)
		return "a segment is both writable and executable";
	if (image->segment_count == ELF_IMAGE_SEGMENTS)
		return "too many segments";
	if (image->segment_count > 0) {
		last = &image->segment[image->segment_count - 1];
		if (header->vaddr <
		    elf_segment_start(last) + elf_segment_length(last))
			return "segments share a page or are not in order";
	}
	return NULL;
}

static void
add_segment(struct elf_image *image, const struct program_header *header,
    uint64_t phoff)
{
	struct elf_segment *segment = &image->segment[image->segment_count++];

	segment->offset = header->offset;
	segment->file_size = header->filesz;
	segment->memory_size = header->memsz;
	segment->address = header->vaddr;
	segment->prot = protection(header->flags);
	if (phoff >= header->offset &&
	    phoff - header->offset < header->filesz &&
	    image->phnum * sizeof(*header) <=
		header->filesz - (phoff - header->offset))
		image->phdr = header->vaddr + (phoff - header->offset);
}

static bool
is_executable(const struct elf_image *image, uint64_t address)
{
	for (unsigned i = 0; i < image->segment_count; i++) {
		const struct elf_segment *segment = &image->segment[i];

		if ((segment->prot & ELF_IMAGE_EXECUTE) != 0 &&
		    address >= segment->address &&
		    address - segment->address < segment->memory_size)
			return true;
	}
	return false;
}

const char *
elf_image_check(const void *head, size_t head_size, uint64_t file_size,
    struct elf_image *image)
{
	struct header header;
	const char *wrong;

	image->phdr = 0;
	image->segment_count = 0;
	if (head_size > file_size)
		head_size = (size_t)file_size;
	if (head_size < sizeof(header))
		return "shorter than an ELF header";
	memcpy(&header, head, sizeof(header));
	wrong = check_header(&header, head_size, file_size);
	if (wrong != NULL)
		return wrong;
	image->entry = header.entry;
	image->phnum = header.phnum;
	for (unsigned i = 0; i < header.phnum; i++) {
		struct program_header program;

		memcpy(&program,
		    (const char *)head + header.phoff + i * sizeof(program),
		    sizeof(program));
		if (program.type == PT_INTERP || program.type == PT_DYNAMIC)
			return "dynamically linked";
		if (program.type != PT_LOAD || program.memsz == 0)
			continue;
		wrong = check_segment(&program, file_size, image);
		if (wrong != NULL)
			return wrong;
		add_segment(image, &program, header.phoff);
	}
	if (!is_executable(image, image->entry))
		return "its entry point is not in executable memory";
	return NULL;
}
