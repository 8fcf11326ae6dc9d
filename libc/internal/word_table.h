/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Files of lines of words, as /etc/hosts is: spaces between the words, and
 * nothing counts from a # on. Words point into the line, so an entry is good
 * until the next one is read.
 */
#ifndef INTERNAL_WORD_TABLE_H
#define INTERNAL_WORD_TABLE_H

#include <netdb.h>
#include <stdbool.h>
#include <stdio.h>

#define PATH_HOSTS     "/etc/hosts"
#define PATH_NETWORKS  "/etc/networks"
#define PATH_PROTOCOLS "/etc/protocols"
/* /etc/services is init's. */
#define PATH_SERVICES "/etc/inet/services"
#define WORDS_MAX     32

struct word_table {
	const char *path;
	FILE *stream; /* null: not open */
	bool stay_open;
	char *line;
	size_t capacity;
	char *words[WORDS_MAX + 1]; /* null at the end */
	int count;
};

/*
 * The next line with at least two words; the file is opened if it is not.
 * False at the end, or with the errno of fopen() or getline().
 */
bool __word_table_next(struct word_table *table);

/* Begin again: what a set...ent() does. */
void __word_table_rewind(struct word_table *table, bool stay_open);

void __word_table_close(struct word_table *table);

/* Close it and give back its line. */
void __word_table_free(struct word_table *table);

/* The whole word as a number. */
bool __word_number(const char *word, unsigned long max, unsigned long *value);

/* Is it one of the words from the given one on? */
bool __word_among(char *const *words, const char *name);

/* Parse the line read last. */
bool __service_parse(struct word_table *table, struct servent *entry);

/* Is it of this protocol, if not null, and called so? */
bool __service_is(
    const struct servent *entry, const char *name, const char *protocol);

#endif
