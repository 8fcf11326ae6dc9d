/* SPDX-License-Identifier: BSD-2-Clause */
/* Aligned allocation, and arrays. */
#include <errno.h>
#include <malloc.h>
#include <stdlib.h>

#include "allocator.h"

void *
aligned_alloc(size_t alignment, size_t size)
{
	if (alignment == 0 || (alignment & (alignment - 1)) != 0) {
		errno = EINVAL;
		return NULL;
	}
	return __malloc_aligned(alignment, size);
}

int
posix_memalign(void **to, size_t alignment, size_t size)
{
	int saved = errno;
	void *block;

	if (alignment < sizeof(void *) || (alignment & (alignment - 1)) != 0)
		return EINVAL;
	block = __malloc_aligned(alignment, size);
	errno = saved;
	if (block == NULL)
		return ENOMEM;
	*to = block;
	return 0;
}

void *
reallocarray(void *block, size_t count, size_t size)
{
	size_t total;

	if (__builtin_mul_overflow(count, size, &total)) {
		errno = ENOMEM;
		return NULL;
	}
	return realloc(block, total);
}

void *
memalign(size_t alignment, size_t size)
{
	return __malloc_aligned(alignment, size);
}
