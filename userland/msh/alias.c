/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Aliases: a sorted list. One whose text is being read is not freed until
 * that is over; it only loses its place in the list.
 */
#include <stdlib.h>
#include <string.h>

#include "msh.h"

struct alias *alias_list;

static struct alias **
find_link(const char *name)
{
	struct alias **link = &alias_list;

	while (*link != NULL && strcmp((*link)->name, name) < 0)
		link = &(*link)->next;
	return link;
}

struct alias *
alias_find(const char *name)
{
	struct alias *alias = *find_link(name);

	return alias != NULL && strcmp(alias->name, name) == 0 ? alias : NULL;
}

void
alias_set(const char *name, const char *value)
{
	struct alias *alias = alias_find(name);
	struct alias **link;

	if (alias == NULL) {
		link = find_link(name);
		alias = xmalloc(sizeof(*alias));
		*alias = (struct alias){.next = *link};
		alias->name = xstrdup(name);
		*link = alias;
	}
	free(alias->value);
	alias->value = xstrdup(value);
}

bool
alias_unset(const char *name)
{
	struct alias *alias = alias_find(name);

	if (alias == NULL)
		return false;
	*find_link(name) = alias->next;
	free(alias->name);
	free(alias->value);
	alias->name = alias->value = NULL;
	if (!alias->active)
		free(alias);
	return true;
}

void
alias_clear(void)
{
	while (alias_list != NULL)
		alias_unset(alias_list->name);
}

void
alias_done(struct alias *alias)
{
	alias->active = false;
	if (alias->name == NULL)
		free(alias);
}
