/* SPDX-License-Identifier: BSD-2-Clause */
/* Files of lines of words. */
#include "word_table.h"

#include <stdlib.h>
#include <string.h>

static void
split(struct word_table *table)
{
	char *rest;
	char *word;

	table->line[strcspn(table->line, "#\n")] = '\0';
	table->count = 0;
	word = strtok_r(table->line, " \t\r", &rest);
	while (word != NULL && table->count < WORDS_MAX) {
		table->words[table->count++] = word;
		word = strtok_r(NULL, " \t\r", &rest);
	}
	table->words[table->count] = NULL;
}

bool
__word_table_next(struct word_table *table)
{
	if (table->stream == NULL)
		table->stream = fopen(table->path, "re");
	if (table->stream == NULL)
		return false;
	while (getline(&table->line, &table->capacity, table->stream) >= 0) {
		split(table);
		if (table->count >= 2)
			return true;
	}
	return false;
}

void
__word_table_rewind(struct word_table *table, bool stay_open)
{
	table->stay_open = stay_open;
	if (table->stream != NULL)
		rewind(table->stream);
}

void
__word_table_close(struct word_table *table)
{
	if (table->stream != NULL)
		fclose(table->stream);
	table->stream = NULL;
	table->stay_open = false;
}

void
__word_table_free(struct word_table *table)
{
	__word_table_close(table);
	free(table->line);
}

bool
__word_number(const char *word, unsigned long max, unsigned long *value)
{
	char *end;

	if (*word < '0' || *word > '9')
		return false;
	*value = strtoul(word, &end, 10);
	return *end == '\0' && *value <= max;
}

bool
__word_among(char *const *words, const char *name)
{
	for (; *words != NULL; words++)
		if (strcmp(*words, name) == 0)
			return true;
	return false;
}
