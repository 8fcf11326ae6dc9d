/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Random bytes from a generator of the task's own (random.c). It has no lock:
 * a task with several threads has one itself. Nothing here blocks.
 */
#ifndef LIBRANDOM_RANDOM_H
#define LIBRANDOM_RANDOM_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/*
 * Seed the generator, from as many readings of the clock as given beside what
 * the processor has: RANDOM_KEYS where keys are made of the bytes, which takes
 * some three million instructions; RANDOM_MARKS where programs only have to
 * differ.
 */
#define RANDOM_KEYS  2048
#define RANDOM_MARKS 32
void random_init(unsigned readings);

void random_read(void *data, size_t size);

/* Let more take part in all that is read from now on. */
void random_stir(const void *data, size_t size);

/* arch/: a counter that runs fast, and a random word if the processor can. */
uint64_t entropy_counter(void);
bool entropy_word(uint64_t *word);

#endif
