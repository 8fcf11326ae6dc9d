/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * What a program file asks to have in memory. The file is not trusted: all that
 * elf_image_check() accepts can be mapped as it says, without overlap, inside
 * user memory, with no page both writable and executable.
 *
 * Source: System V ABI, chapter 4 (object files) and 5 (program loading).
 */
#ifndef LIBEXEC_ELF_IMAGE_H
#define LIBEXEC_ELF_IMAGE_H

#include <stddef.h>
#include <stdint.h>

#define ELF_IMAGE_SEGMENTS  8
#define ELF_IMAGE_PAGE      4096UL
#define ELF_IMAGE_PHDR_SIZE 56

/* Addresses a program may take: not the first 64 KiB, nor the stack's half. */
#define ELF_IMAGE_LOWEST  0x10000UL
#define ELF_IMAGE_HIGHEST 0x400000000000UL

/* Bits of prot, as VM_PROT_*. */
#define ELF_IMAGE_READ    1
#define ELF_IMAGE_WRITE   2
#define ELF_IMAGE_EXECUTE 4

struct elf_segment {
	uint64_t offset;      /* in the file */
	uint64_t file_size;   /* bytes from the file, then zeros up to */
	uint64_t memory_size; /* never 0 */
	uint64_t address;     /* congruent to offset, modulo the page */
	int prot;
};

struct elf_image {
	uint64_t entry; /* in an executable segment */
	uint64_t phdr;  /* address of the program headers, or 0 */
	unsigned phnum;
	unsigned segment_count; /* in order of address */
	struct elf_segment segment[ELF_IMAGE_SEGMENTS];
};

/* The e_machine of programs for this machine. */
extern const uint16_t elf_image_machine;

/*
 * head: the first head_size bytes (the whole file, or its first page) of a file
 * of file_size bytes. NULL, or a text that says what is wrong.
 */
extern const char *elf_image_check(const void *head, size_t head_size,
    uint64_t file_size, struct elf_image *image);

/* The pages a segment touches: first address, and length. */
extern uint64_t elf_segment_start(const struct elf_segment *segment);
extern uint64_t elf_segment_length(const struct elf_segment *segment);

#endif
