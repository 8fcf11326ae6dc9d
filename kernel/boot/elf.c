/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Loading a static ELF64 program into the current task: the first task only;
 * all others are loaded in user space. Every offset and size is checked
 * against the file before anything is mapped.
 */
#include <arch/copy.h>
#include <arch/elf.h>
#include <arch/vm_param.h>

#include <boot/elf.h>
#include <kern/string.h>
#include <kern/task.h>
#include <kern/thread.h>
#include <vm/vm_kernel.h>

struct elf_header {
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

struct elf_segment {
	uint32_t type;
	uint32_t flags;
	uint64_t offset;
	uint64_t vaddr;
	uint64_t paddr;
	uint64_t filesz;
	uint64_t memsz;
	uint64_t align;
};

#define ELF_TYPE_EXEC 2
#define ELF_PT_LOAD   1
#define ELF_PF_X      1U
#define ELF_PF_W      2U
#define ELF_PF_R      4U

static const char *
check_header(const struct elf_header *header, size_t size)
{
	static const uint8_t magic[7] = {0x7f, 'E', 'L', 'F', 2, 1, 1};

	if (size < sizeof(*header))
		return "shorter than an ELF header";
	if (memcmp(header->ident, magic, sizeof(magic)) != 0)
		return "no 64-bit little-endian ELF file";
	if (header->type != ELF_TYPE_EXEC)
		return "not a static executable";
	if (header->machine != ARCH_ELF_MACHINE)
		return "made for another machine";
	if (header->phentsize != sizeof(struct elf_segment) ||
	    header->phoff > size ||
	    header->phnum > (size - header->phoff) / sizeof(struct elf_segment))
		return "program headers lie outside the file";
	return NULL;
}

static const char *
check_segment(const struct elf_segment *segment, size_t size)
{
	/* Linkers give a segment without bytes any offset. */
	if (segment->filesz > 0 &&
	    (segment->offset > size ||
		segment->filesz > size - segment->offset))
		return "a segment lies outside the file";
	if (segment->filesz > segment->memsz ||
	    segment->vaddr < VM_MIN_ADDRESS ||
	    segment->vaddr >= VM_MAX_ADDRESS ||
	    segment->memsz > VM_MAX_ADDRESS - segment->vaddr)
		return "a segment lies outside user memory";
	if ((segment->flags & (ELF_PF_W | ELF_PF_X)) == (ELF_PF_W | ELF_PF_X))
		return "a segment is both writable and executable";
	return NULL;
}

static vm_prot_t
segment_protection(const struct elf_segment *segment)
{
	vm_prot_t prot = VM_PROT_NONE;

	if (segment->flags & ELF_PF_R)
		prot |= VM_PROT_READ;
	if (segment->flags & ELF_PF_W)
		prot |= VM_PROT_WRITE;
	if (segment->flags & ELF_PF_X)
		prot |= VM_PROT_EXECUTE;
	return prot;
}

static const char *
load_segment(const void *data, const struct elf_segment *segment)
{
	struct vm_map *map = current_task()->map;
	vm_address_t start = VM_TRUNC_PAGE(segment->vaddr);
	vm_size_t size = VM_ROUND_PAGE(segment->vaddr + segment->memsz) - start;

	if (segment->memsz == 0)
		return NULL;
	if (vm_map_allocate(map, &start, size, false,
		VM_PROT_READ | VM_PROT_WRITE) != KERN_SUCCESS)
		return "no memory, or segments overlap";
	if (!copyout((const char *)data + segment->offset, segment->vaddr,
		segment->filesz))
		return "no memory for a segment";
	if (vm_map_protect(map, start, size, segment_protection(segment),
		false) != KERN_SUCCESS)
		return "a segment cannot be protected";
	return NULL;
}

const char *
elf_load(const void *data, size_t size, struct elf_image *image)
{
	const struct elf_header *header = data;
	const char *wrong = check_header(header, size);

	if (wrong != NULL)
		return wrong;
	image->entry = header->entry;
	image->phnum = header->phnum;
	image->phdr = 0;
	for (unsigned i = 0; i < header->phnum; i++) {
		struct elf_segment segment;

		memcpy(&segment,
		    (const char *)data + header->phoff + i * sizeof(segment),
		    sizeof(segment));
		if (segment.type != ELF_PT_LOAD)
			continue;
		wrong = check_segment(&segment, size);
		if (wrong == NULL)
			wrong = load_segment(data, &segment);
		if (wrong != NULL)
			return wrong;
		if (header->phoff >= segment.offset &&
		    header->phoff - segment.offset < segment.filesz)
			image->phdr =
			    segment.vaddr + (header->phoff - segment.offset);
	}
	return NULL;
}
