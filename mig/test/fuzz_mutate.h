/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Mutated .defs text for fuzz_front.c: a corpus of preprocessed files, and
 * inputs made from it. An input depends on its seed and the corpus alone.
 */
#ifndef MIG_TEST_FUZZ_MUTATE_H
#define MIG_TEST_FUZZ_MUTATE_H

#include <stddef.h>
#include <stdint.h>

#define FUZZ_TEXT_MAX 32768U

struct fuzz_text {
	size_t length;
	char bytes[FUZZ_TEXT_MAX];
};

/* Read a file into the corpus; on failure says why and exits. */
void fuzz_add(const char *path);

/* The input of a seed. The corpus must not be empty. */
void fuzz_make(uint64_t seed, struct fuzz_text *text);

/* A number below `below` of the last seed's sequence. */
uint32_t fuzz_random(uint32_t below);

#endif
