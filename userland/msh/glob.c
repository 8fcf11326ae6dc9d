/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Pathname expansion: a pattern is walked component by component; only a
 * component with something to match opens its directory. Also the lists of
 * fields that expansions make.
 */
#include <dirent.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "msh.h"

void
fields_init(struct field_list *list, struct arena *arena)
{
	*list = (struct field_list){.arena = arena};
}

static void
fields_grow(struct field_list *list)
{
	size_t capacity = list->capacity != 0 ? list->capacity * 2 : 8;
	char **items = arena_alloc(list->arena, capacity * sizeof(*items));

	if (list->items != NULL)
		memcpy(items, list->items, list->count * sizeof(*items));
	list->items = items;
	list->capacity = capacity;
}

void
fields_add(struct field_list *list, char *text)
{
	if (list->count + 1 >= list->capacity)
		fields_grow(list);
	list->items[list->count++] = text;
}

char **
fields_close(struct field_list *list)
{
	if (list->items == NULL)
		fields_grow(list);
	list->items[list->count] = NULL;
	return list->items;
}

static int
compare_names(const void *a, const void *b)
{
	return strcmp(*(char *const *)a, *(char *const *)b);
}

static void walk(const char *path, const char *pattern, struct field_list *);

/* `path` + `name`, then on with the pattern after the component. */
static void
walk_into(const char *path, const char *name, const char *rest,
    struct field_list *list)
{
	struct strbuf sb;
	struct stat st;

	strbuf_init(&sb, list->arena);
	strbuf_string(&sb, path);
	strbuf_string(&sb, name);
	if (*rest == '\0') {
		if (lstat(strbuf_text(&sb), &st) == 0)
			fields_add(list, strbuf_text(&sb));
		return;
	}
	if (stat(strbuf_text(&sb), &st) != 0 || !S_ISDIR(st.st_mode))
		return;
	for (; *rest == '/'; rest++)
		strbuf_add(&sb, '/');
	if (*rest == '\0')
		fields_add(list, strbuf_text(&sb));
	else
		walk(strbuf_text(&sb), rest, list);
}

/* The pattern without its quoting backslashes. */
static char *
unquote(const char *pattern, struct arena *arena)
{
	struct strbuf sb;

	strbuf_init(&sb, arena);
	for (; *pattern != '\0'; pattern++) {
		if (*pattern == '\\' && pattern[1] != '\0')
			pattern++;
		strbuf_add(&sb, *pattern);
	}
	return strbuf_text(&sb);
}

/* All names in `path` that match the component. */
static void
walk_directory(const char *path, const char *component, const char *rest,
    struct field_list *list)
{
	DIR *dir = opendir(*path != '\0' ? path : ".");
	bool dots = component[component[0] == '\\'] == '.';
	struct dirent *entry;
	struct field_list names;
	size_t i;

	if (dir == NULL)
		return;
	fields_init(&names, list->arena);
	while ((entry = readdir(dir)) != NULL) {
		if (entry->d_name[0] == '.' && !dots)
			continue;
		if (pattern_match(component, entry->d_name))
			fields_add(
			    &names, arena_copy(list->arena, entry->d_name,
					strlen(entry->d_name)));
	}
	closedir(dir);
	for (i = 0; i < names.count; i++)
		walk_into(path, names.items[i], rest, list);
}

/* Expand `pattern` below `path`, which is empty or ends in a slash. */
static void
walk(const char *path, const char *pattern, struct field_list *list)
{
	size_t length = strcspn(pattern, "/");
	char *component = arena_copy(list->arena, pattern, length);
	const char *rest = pattern + length;

	if (pattern_has_magic(component))
		walk_directory(path, component, rest, list);
	else
		walk_into(path, unquote(component, list->arena), rest, list);
}

bool
glob_expand(const char *pattern, struct field_list *list)
{
	size_t first = list->count;
	size_t slashes = strspn(pattern, "/");

	walk(
	    arena_copy(list->arena, pattern, slashes), pattern + slashes, list);
	if (list->count == first)
		return false;
	qsort(list->items + first, list->count - first, sizeof(*list->items),
	    compare_names);
	return true;
}
