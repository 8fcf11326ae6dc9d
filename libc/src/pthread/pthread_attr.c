/* SPDX-License-Identifier: BSD-2-Clause */
/* Attributes of threads. */
#include <libmach/mach.h>
#include <sched.h>
#include <string.h>

#include "thread.h"

#define DEFAULT_STACK (1024 * 1024UL)

/* Where the process server puts a program's stack (image.c). */
#define FIRST_STACK_TOP  0x7fffff7f0000UL
#define FIRST_STACK_SIZE (8UL * 1024 * 1024)

int
pthread_attr_init(pthread_attr_t *attributes)
{
	memset(attributes, 0, sizeof(*attributes));
	attributes->__stack_size = DEFAULT_STACK;
	attributes->__guard_size = PAGESIZE;
	attributes->__policy = SCHED_OTHER;
	attributes->__magic = ATTRIBUTES_MAGIC;
	return 0;
}

int
pthread_attr_destroy(pthread_attr_t *attributes)
{
	attributes->__magic = 0;
	return 0;
}

int
pthread_attr_getdetachstate(const pthread_attr_t *attributes, int *detached)
{
	*detached = attributes->__detached;
	return 0;
}

int
pthread_attr_setdetachstate(pthread_attr_t *attributes, int detached)
{
	if (detached != PTHREAD_CREATE_JOINABLE &&
	    detached != PTHREAD_CREATE_DETACHED)
		return EINVAL;
	attributes->__detached = detached;
	return 0;
}

int
pthread_attr_getguardsize(
    const pthread_attr_t *restrict attributes, size_t *restrict size)
{
	*size = attributes->__guard_size;
	return 0;
}

int
pthread_attr_setguardsize(pthread_attr_t *attributes, size_t size)
{
	if (size > SIZE_MAX / 4)
		return EINVAL;
	attributes->__guard_size = size;
	return 0;
}

int
pthread_attr_getinheritsched(
    const pthread_attr_t *restrict attributes, int *restrict inherit)
{
	*inherit = attributes->__inherit;
	return 0;
}

int
pthread_attr_setinheritsched(pthread_attr_t *attributes, int inherit)
{
	if (inherit != PTHREAD_INHERIT_SCHED &&
	    inherit != PTHREAD_EXPLICIT_SCHED)
		return EINVAL;
	attributes->__inherit = inherit;
	return 0;
}

int
pthread_attr_getschedparam(const pthread_attr_t *restrict attributes,
    struct sched_param *restrict parameters)
{
	parameters->sched_priority = attributes->__priority;
	return 0;
}

int
pthread_attr_setschedparam(pthread_attr_t *restrict attributes,
    const struct sched_param *restrict parameters)
{
	int priority = parameters->sched_priority;

	if (priority < 0 || priority > sched_get_priority_max(SCHED_FIFO))
		return EINVAL;
	attributes->__priority = priority;
	return 0;
}

int
pthread_attr_getschedpolicy(
    const pthread_attr_t *restrict attributes, int *restrict policy)
{
	*policy = attributes->__policy;
	return 0;
}

int
pthread_attr_setschedpolicy(pthread_attr_t *attributes, int policy)
{
	if (policy < SCHED_OTHER || policy > SCHED_RR)
		return EINVAL;
	attributes->__policy = policy;
	return 0;
}

int
pthread_attr_getscope(
    const pthread_attr_t *restrict attributes, int *restrict scope)
{
	*scope = attributes->__scope;
	return 0;
}

/* The kernel schedules all threads of the system alike. */
int
pthread_attr_setscope(pthread_attr_t *attributes, int scope)
{
	if (scope == PTHREAD_SCOPE_PROCESS)
		return ENOTSUP;
	if (scope != PTHREAD_SCOPE_SYSTEM)
		return EINVAL;
	attributes->__scope = scope;
	return 0;
}

int
pthread_attr_getstack(const pthread_attr_t *restrict attributes,
    void **restrict stack, size_t *restrict size)
{
	*stack = attributes->__stack;
	*size = attributes->__stack_size;
	return 0;
}

int
pthread_attr_setstack(pthread_attr_t *attributes, void *stack, size_t size)
{
	if (size < PTHREAD_STACK_MIN || (uintptr_t)stack % 16 != 0 ||
	    size % 16 != 0)
		return EINVAL;
	attributes->__stack = stack;
	attributes->__stack_size = size;
	return 0;
}

int
pthread_attr_getstacksize(
    const pthread_attr_t *restrict attributes, size_t *restrict size)
{
	*size = attributes->__stack_size;
	return 0;
}

int
pthread_attr_setstacksize(pthread_attr_t *attributes, size_t size)
{
	if (size < PTHREAD_STACK_MIN || size > SIZE_MAX / 4)
		return EINVAL;
	attributes->__stack_size = size;
	return 0;
}

/* What a thread was made with; of the first, what the system gives it. */
int
pthread_getattr_np(pthread_t name, pthread_attr_t *attributes)
{
	struct pthread *thread;

	__lock(&__threads.lock);
	thread = __thread_find(name);
	if (thread != NULL) {
		*attributes = thread->attributes;
		attributes->__magic = ATTRIBUTES_MAGIC;
		attributes->__detached = thread->detached;
	}
	__unlock(&__threads.lock);
	if (thread == NULL)
		return ESRCH;
	if (thread->first) {
		attributes->__stack_size = FIRST_STACK_SIZE;
		attributes->__stack =
		    (void *)(FIRST_STACK_TOP - FIRST_STACK_SIZE);
		attributes->__guard_size = 0;
	}
	return 0;
}

int
pthread_setname_np(pthread_t name, const char *text)
{
	struct pthread *thread;

	if (strlen(text) >= THREAD_NAME_MAX)
		return ERANGE;
	__lock(&__threads.lock);
	thread = __thread_find(name);
	if (thread != NULL)
		strlcpy(thread->name, text, sizeof(thread->name));
	__unlock(&__threads.lock);
	return thread != NULL ? 0 : ESRCH;
}

int
pthread_getname_np(pthread_t name, char *to, size_t size)
{
	struct pthread *thread;

	__lock(&__threads.lock);
	thread = __thread_find(name);
	if (thread != NULL)
		strlcpy(to, thread->name, size);
	__unlock(&__threads.lock);
	return thread != NULL ? 0 : ESRCH;
}
