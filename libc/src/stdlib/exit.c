/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Leaving: handlers in reverse order, then streams, then the process. The
 * first 32 registrations, which ISO C promises, need no allocation.
 */
#include "exit.h"

#include <errno.h>
#include <stdlib.h>
#include <unistd.h>

#include "lock.h"

#define BLOCK_SIZE 32

struct block {
	struct block *next;
	int count;
	struct {
		void (*function)(void *);
		void *cookie;
	} entry[BLOCK_SIZE];
};

struct registry {
	struct lock lock;
	struct block first;
	struct block *top;
};

static struct registry at_exit;
static struct registry at_quick;

static int
enter(struct registry *registry, void (*function)(void *), void *cookie)
{
	struct block *top;

	__lock(&registry->lock);
	top = registry->top != NULL ? registry->top : &registry->first;
	if (top->count == BLOCK_SIZE) {
		struct block *block = calloc(1, sizeof(*block));

		if (block == NULL) {
			__unlock(&registry->lock);
			errno = ENOMEM;
			return -1;
		}
		block->next = top;
		top = block;
	}
	registry->top = top;
	top->entry[top->count].function = function;
	top->entry[top->count].cookie = cookie;
	top->count++;
	__unlock(&registry->lock);
	return 0;
}

/* Handlers may register further handlers, which then run next. */
static void
run(struct registry *registry)
{
	__lock(&registry->lock);
	while (registry->top != NULL) {
		struct block *top = registry->top;

		if (top->count == 0) {
			registry->top = top->next;
			continue;
		}
		top->count--;
		__unlock(&registry->lock);
		top->entry[top->count].function(top->entry[top->count].cookie);
		__lock(&registry->lock);
	}
	__unlock(&registry->lock);
}

/* The cookie is the caller's function without arguments. */
static void
call_plain(void *cookie)
{
	void (*function)(void);

	__builtin_memcpy(&function, &cookie, sizeof(function));
	function();
}

static void *
as_cookie(void (*function)(void))
{
	void *cookie;

	__builtin_memcpy(&cookie, &function, sizeof(cookie));
	return cookie;
}

int
atexit(void (*function)(void))
{
	return enter(&at_exit, call_plain, as_cookie(function));
}

int
at_quick_exit(void (*function)(void))
{
	return enter(&at_quick, call_plain, as_cookie(function));
}

/* What C++ and -fuse-cxa-atexit call; there is one object to unload: all. */
int
__cxa_atexit(void (*function)(void *), void *cookie, void *object)
{
	(void)object;
	return enter(&at_exit, function, cookie);
}

void
exit(int status)
{
	run(&at_exit);
	if (__run_destructors != NULL)
		__run_destructors();
	if (__stdio_exit != NULL)
		__stdio_exit();
	_exit(status);
}

void
quick_exit(int status)
{
	run(&at_quick);
	_exit(status);
}

void
_Exit(int status)
{
	_exit(status);
}
