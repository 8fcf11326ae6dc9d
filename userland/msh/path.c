/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Where commands are: PATH is searched once for a name, then remembered
 * until PATH changes. A remembered file that has gone is searched for anew
 * by the process that fails to exec it.
 */
#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "msh.h"

#define BUCKETS 64

struct found {
	struct found *next;
	char *path;
	unsigned int hits;
	char name[];
};

static struct found *table[BUCKETS];

static struct found **
bucket(const char *name)
{
	unsigned int hash = 0;

	while (*name != '\0')
		hash = hash * 31 + (unsigned char)*name++;
	return &table[hash % BUCKETS];
}

void
path_forget(void)
{
	size_t i;

	for (i = 0; i < BUCKETS; i++)
		while (table[i] != NULL) {
			struct found *found = table[i];

			table[i] = found->next;
			free(found->path);
			free(found);
		}
}

void
path_print(void)
{
	const struct found *found;
	size_t i;

	for (i = 0; i < BUCKETS; i++)
		for (found = table[i]; found != NULL; found = found->next)
			printf("%s\n", found->path);
}

/*
 * Search the directories of `path`; the file's name in sh.tmp, or NULL with
 * errno ENOENT, or EACCES when one was there that cannot be run.
 */
static char *
search(const char *name, const char *path)
{
	int error = ENOENT;

	for (;;) {
		size_t length = strcspn(path, ":");
		struct strbuf sb;
		struct stat st;

		strbuf_init(&sb, sh.tmp);
		strbuf_append(&sb, path, length);
		if (length > 0 && path[length - 1] != '/')
			strbuf_add(&sb, '/');
		strbuf_string(&sb, name);
		if (stat(strbuf_text(&sb), &st) == 0 && S_ISREG(st.st_mode)) {
			if (st.st_mode & (S_IXUSR | S_IXGRP | S_IXOTH))
				return strbuf_text(&sb);
			error = EACCES;
		}
		if (path[length] == '\0')
			break;
		path += length + 1;
	}
	errno = error;
	return NULL;
}

static const char *
remember(struct found **link, const char *name, const char *path)
{
	size_t size = strlen(name) + 1;
	struct found *found = xmalloc(sizeof(*found) + size);

	memcpy(found->name, name, size);
	found->path = xstrdup(path);
	found->hits = 0;
	found->next = *link;
	*link = found;
	return found->path;
}

const char *
path_find(const char *name, const char *path)
{
	struct found **link;
	struct found *found;
	const char *file;

	if (strchr(name, '/') != NULL)
		return name;
	if (path != NULL)
		return search(name, path);
	link = bucket(name);
	for (found = *link; found != NULL; found = found->next)
		if (strcmp(found->name, name) == 0) {
			found->hits++;
			return found->path;
		}
	path = var_get("PATH");
	if (path == NULL)
		path = "/bin:/sbin";
	file = search(name, path);
	if (file == NULL || *file != '/')
		return file;
	return remember(link, name, file);
}
