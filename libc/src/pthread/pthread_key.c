/* SPDX-License-Identifier: BSD-2-Clause */
/* Values of each thread's own. */
#include "large_zeros.h"
#include "thread.h"

static struct lock lock;
static void (*destructors[PTHREAD_KEYS_MAX])(void *) LARGE_ZEROS;
static bool used[PTHREAD_KEYS_MAX];

static void
no_destructor(void *value)
{
	(void)value;
}

int
pthread_key_create(pthread_key_t *key, void (*destructor)(void *))
{
	unsigned i;

	__lock(&lock);
	for (i = 0; i < PTHREAD_KEYS_MAX && used[i]; i++)
		;
	if (i < PTHREAD_KEYS_MAX) {
		used[i] = true;
		destructors[i] =
		    destructor != NULL ? destructor : no_destructor;
		*key = i;
	}
	__unlock(&lock);
	return i < PTHREAD_KEYS_MAX ? 0 : EAGAIN;
}

/* Whoever gets the key next finds no values of the one before. */
int
pthread_key_delete(pthread_key_t key)
{
	struct pthread *at;

	if (key >= PTHREAD_KEYS_MAX || !used[key])
		return EINVAL;
	__lock(&__threads.lock);
	__first_thread.values[key] = NULL;
	for (at = __threads.list; at != NULL; at = at->next)
		at->values[key] = NULL;
	__unlock(&__threads.lock);
	__lock(&lock);
	used[key] = false;
	__unlock(&lock);
	return 0;
}

void *
pthread_getspecific(pthread_key_t key)
{
	const void *value;

	if (key >= PTHREAD_KEYS_MAX)
		return NULL;
	value = thread_self()->values[key];
	return (void *)(uintptr_t)value;
}

int
pthread_setspecific(pthread_key_t key, const void *value)
{
	struct pthread *self = thread_self();

	if (key >= PTHREAD_KEYS_MAX || !used[key])
		return EINVAL;
	self->values[key] = value;
	self->has_values = true;
	return 0;
}

/* A destructor may set values again; after some rounds that is enough. */
void
__keys_destroy(struct pthread *self)
{
	for (int round = 0;
	     round < PTHREAD_DESTRUCTOR_ITERATIONS && self->has_values;
	     round++) {
		self->has_values = false;
		for (unsigned i = 0; i < PTHREAD_KEYS_MAX; i++) {
			const void *value = self->values[i];

			self->values[i] = NULL;
			if (value != NULL && used[i])
				destructors[i]((void *)(uintptr_t)value);
		}
	}
}
