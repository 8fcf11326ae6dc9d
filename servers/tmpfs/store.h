/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * The memory of files: pages by number, taken and given back one by one, mapped
 * and unmapped in chunks. A page is taken from a chunk that has one before
 * another chunk is mapped, so there are never more chunks than the pages in use
 * at the worst time called for. A chunk without a page in use is unmapped; one
 * such is kept.
 */
#ifndef TMPFS_STORE_H
#define TMPFS_STORE_H

#include <stdbool.h>
#include <stdint.h>

#define PAGE_SIZE   4096U
#define CHUNK_PAGES 16U
#define CHUNK_SIZE  65536UL

struct chunk {
	char *memory;   /* NULL: the slot is not in use */
	uint32_t next;  /* with free pages, or slots that are not in use */
	uint32_t prev;  /* with free pages */
	uint16_t free;  /* a bit for each page */
	uint16_t fresh; /* those never touched: zeros */
};

struct store {
	uint64_t limit; /* pages */
	uint64_t used;
	struct chunk *chunks;
	uint32_t slots;
	uint32_t partial; /* the first with free pages, 0: none; all are + 1 */
	uint32_t unused;  /* the first slot not in use */
	uint32_t spare;   /* the chunk without a page in use */
};

/*
 * The number of a page that is the caller's, never 0; filled with zeros if
 * `zero`. 0: the limit is reached, or there is no memory.
 */
extern uint32_t store_take(struct store *store, bool zero);
extern void store_give(struct store *store, uint32_t page);
extern char *store_page(const struct store *store, uint32_t page);

/* Give all memory back; no page is in use. */
extern void store_free(struct store *store);

/*
 * memory.c: memory of a chunk, zeros; NULL if there is none, or so little that
 * the rest of the system needs it.
 */
extern char *memory_map(void);
extern void memory_unmap(char *chunk);

#endif
