/* SPDX-License-Identifier: BSD-2-Clause */
/* What the library asks of the system, from the host. */
#include <sched.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "lock.h"
#include "vm.h"

/* The host's, declared here: its headers are not in sight. */
#define HOST_PROT_READ_WRITE 3
#define HOST_MAP_ANONYMOUS   0x22
#define HOST_MAP_NO_REPLACE  0x100000
void *mmap(void *address, size_t size, int prot, int flags, int fd, long at);
int munmap(void *address, size_t size);
void *__thread_self(void);

int __threaded;

void
__lock_wait(uint32_t *word)
{
	(void)word;
	sched_yield();
}

void
__lock_wake(uint32_t *word)
{
	(void)word;
}

void *
__thread_self(void)
{
	static char self;

	return &self;
}

void *
__vm_pages(size_t size)
{
	void *pages =
	    mmap(NULL, size, HOST_PROT_READ_WRITE, HOST_MAP_ANONYMOUS, -1, 0);

	return (intptr_t)pages == -1 ? NULL : pages;
}

bool
__vm_pages_at(void *address, size_t size)
{
	void *pages = mmap(address, size, HOST_PROT_READ_WRITE,
	    HOST_MAP_ANONYMOUS | HOST_MAP_NO_REPLACE, -1, 0);

	return pages == address;
}

void
__vm_release(void *address, size_t size)
{
	munmap(address, size);
}
