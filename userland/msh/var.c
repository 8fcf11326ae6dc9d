/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Variables: a hash table of "name=value" strings, so that the environment
 * is an array of pointers to the exported ones, rebuilt when one changes.
 * An entry without '=' has flags but no value.
 */
#include <ctype.h>
#include <stdlib.h>
#include <string.h>

#include "msh.h"

#define BUCKETS 128

struct var {
	char *text;
	size_t length; /* of the name */
	int flags;
	struct var *next;
};

struct saved_var {
	char *name;
	char *text; /* NULL: there was none */
	int flags;
	struct saved_var *below;
};

static struct var *table[BUCKETS];
static struct saved_var *saved;
static char **environment;
static bool environment_stale = true;

size_t
name_length(const char *text)
{
	size_t i = 0;

	if (isdigit((unsigned char)*text))
		return 0;
	while (isalnum((unsigned char)text[i]) || text[i] == '_')
		i++;
	return i;
}

bool
name_valid(const char *name)
{
	size_t length = name_length(name);

	return length > 0 && name[length] == '\0';
}

/* The link that points to the variable, or to where it would be. */
static struct var **
find(const char *name, size_t length)
{
	unsigned int hash = 5381;
	struct var **link;
	size_t i;

	for (i = 0; i < length; i++)
		hash = hash * 33 + (unsigned char)name[i];
	for (link = &table[hash % BUCKETS]; *link != NULL;
	     link = &(*link)->next)
		if ((*link)->length == length &&
		    memcmp((*link)->text, name, length) == 0)
			break;
	return link;
}

static struct var *
find_or_add(const char *name, size_t length)
{
	struct var **link = find(name, length);
	struct var *var = *link;

	if (var != NULL)
		return var;
	var = xmalloc(sizeof(*var));
	*var = (struct var){.length = length};
	var->text = xmalloc(length + 1);
	memcpy(var->text, name, length);
	var->text[length] = '\0';
	*link = var;
	return var;
}

/* What depends on a variable's value hears of the change. */
static void
changed(const struct var *var)
{
	if (var->flags & VAR_EXPORT)
		environment_stale = true;
	if (var->length == 4 && memcmp(var->text, "PATH", 4) == 0)
		path_forget();
	if (var->length == 6 && memcmp(var->text, "OPTIND", 6) == 0)
		getopts_reset();
}

const char *
var_get(const char *name)
{
	const struct var *var = *find(name, strlen(name));

	if (var == NULL || var->text[var->length] == '\0')
		return NULL;
	return var->text + var->length + 1;
}

void
var_set_n(const char *name, size_t length, const char *value, int flags)
{
	struct var *var = find_or_add(name, length);
	size_t size = strlen(value) + 1;
	char *text;

	if (var->flags & VAR_READONLY)
		shell_error(2, "%.*s: is read only", (int)length, name);
	text = xmalloc(length + 1 + size);
	memcpy(text, name, length);
	text[length] = '=';
	memcpy(text + length + 1, value, size);
	free(var->text);
	var->text = text;
	var->flags |= flags | (OPT('a') ? VAR_EXPORT : 0);
	changed(var);
}

void
var_set(const char *name, const char *value, int flags)
{
	var_set_n(name, strlen(name), value, flags);
}

void
var_assign(const char *text, int flags)
{
	size_t length = name_length(text);

	var_set_n(text, length, text + length + 1, flags);
}

void
var_flag(const char *name, int flags)
{
	struct var *var = find_or_add(name, strlen(name));

	var->flags |= flags;
	environment_stale = true;
}

static void
remove_link(struct var **link)
{
	struct var *var = *link;

	*link = var->next;
	changed(var);
	free(var->text);
	free(var);
}

bool
var_unset(const char *name)
{
	struct var **link = find(name, strlen(name));

	if (*link == NULL)
		return true;
	if ((*link)->flags & VAR_READONLY)
		return false;
	remove_link(link);
	return true;
}

void
var_init(char **env)
{
	for (; *env != NULL; env++) {
		size_t length = name_length(*env);

		if (length > 0 && (*env)[length] == '=')
			var_assign(*env, VAR_EXPORT);
	}
}

/* All variables with these flags, in an array the caller frees. */
static struct var **
collect(int flags, size_t *count)
{
	struct var **all = NULL;
	struct var *var;
	size_t capacity = 0;
	size_t i;

	*count = 0;
	for (i = 0; i < BUCKETS; i++)
		for (var = table[i]; var != NULL; var = var->next) {
			if ((var->flags & flags) != flags)
				continue;
			if (*count == capacity) {
				capacity = capacity != 0 ? capacity * 2 : 64;
				all = xrealloc(
				    all, capacity * sizeof(struct var *));
			}
			all[(*count)++] = var;
		}
	return all;
}

char **
var_environment(void)
{
	struct var **all;
	size_t count;
	size_t used = 0;
	size_t i;

	if (!environment_stale)
		return environment;
	all = collect(VAR_EXPORT, &count);
	environment = xrealloc(environment, (count + 1) * sizeof(char *));
	for (i = 0; i < count; i++)
		if (all[i]->text[all[i]->length] == '=')
			environment[used++] = all[i]->text;
	environment[used] = NULL;
	free(all);
	environment_stale = false;
	return environment;
}

static int
compare_vars(const void *a, const void *b)
{
	const struct var *const *left = a;
	const struct var *const *right = b;
	size_t shorter = (*left)->length < (*right)->length ? (*left)->length
							    : (*right)->length;
	int order = memcmp((*left)->text, (*right)->text, shorter);

	if (order != 0)
		return order;
	return ((*left)->length > (*right)->length) -
	       ((*left)->length < (*right)->length);
}

void
print_quoted(const char *text)
{
	putchar('\'');
	for (; *text != '\0'; text++) {
		if (*text == '\'')
			fputs("'\\'", stdout);
		putchar(*text);
	}
	putchar('\'');
}

void
var_print(const char *prefix, int flags)
{
	size_t count;
	struct var **all = collect(flags, &count);
	size_t i;

	if (count > 0)
		qsort(all, count, sizeof(struct var *), compare_vars);
	for (i = 0; i < count; i++) {
		const char *value = all[i]->text + all[i]->length;

		if (*value == '\0' && flags == 0)
			continue;
		printf("%s%.*s", prefix, (int)all[i]->length, all[i]->text);
		if (*value == '=') {
			putchar('=');
			print_quoted(value + 1);
		}
		putchar('\n');
	}
	free(all);
}

struct saved_var *
var_save_mark(void)
{
	return saved;
}

void
var_save(const char *name, size_t length)
{
	const struct var *var = *find(name, length);
	struct saved_var *save = xmalloc(sizeof(*save));

	*save = (struct saved_var){.below = saved};
	save->name = xmalloc(length + 1);
	memcpy(save->name, name, length);
	save->name[length] = '\0';
	if (var != NULL) {
		save->text = xstrdup(var->text);
		save->flags = var->flags;
	}
	saved = save;
}

void
var_restore(struct saved_var *mark)
{
	while (saved != mark) {
		struct saved_var *save = saved;
		size_t length = strlen(save->name);
		struct var **link = find(save->name, length);

		saved = save->below;
		if (save->text != NULL) {
			struct var *var = find_or_add(save->name, length);

			changed(var);
			free(var->text);
			var->text = save->text;
			var->flags = save->flags;
			changed(var);
		} else if (*link != NULL) {
			remove_link(link);
		}
		free(save->name);
		free(save);
	}
}

void
var_forget_private(void)
{
	size_t i;

	for (i = 0; i < BUCKETS; i++) {
		struct var **link = &table[i];

		while (*link != NULL)
			if ((*link)->flags & VAR_EXPORT)
				link = &(*link)->next;
			else
				remove_link(link);
	}
}
