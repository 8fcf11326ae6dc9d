/* SPDX-License-Identifier: BSD-2-Clause */
/* Functions to call around fork(): before it, the last registered first. */
#include <stdlib.h>

#include "thread.h"

struct handlers {
	struct handlers *before; /* registered before */
	struct handlers *after;
	void (*prepare)(void);
	void (*parent)(void);
	void (*child)(void);
};

static struct lock lock;
static struct handlers *first;
static struct handlers *last;

int
pthread_atfork(void (*prepare)(void), void (*parent)(void), void (*child)(void))
{
	struct handlers *handlers = calloc(1, sizeof(*handlers));

	if (handlers == NULL)
		return ENOMEM;
	handlers->prepare = prepare;
	handlers->parent = parent;
	handlers->child = child;
	__lock(&lock);
	handlers->before = last;
	if (last != NULL)
		last->after = handlers;
	else
		first = handlers;
	last = handlers;
	__unlock(&lock);
	return 0;
}

/* The list only grows, at its end; reading it needs no lock but to start. */
void
__atfork_prepare(void)
{
	const struct handlers *at;

	__lock(&lock);
	for (at = last; at != NULL; at = at->before)
		if (at->prepare != NULL)
			at->prepare();
}

void
__atfork_parent(void)
{
	const struct handlers *at;

	for (at = first; at != NULL; at = at->after)
		if (at->parent != NULL)
			at->parent();
	__unlock(&lock);
}

void
__atfork_child(void)
{
	const struct handlers *at;

	for (at = first; at != NULL; at = at->after)
		if (at->child != NULL)
			at->child();
	lock.word = 0;
}
