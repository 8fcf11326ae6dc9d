/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * User copies on the host: memory the test allocated as a user's can be
 * reached, the rest fails as an unmapped page would.
 */
#include <arch/copy.h>

#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>

#include "user.h"

/* Where the address sanitizer leaves room, beyond VM_MAX_ADDRESS. */
#define USER_BASE  0x0000180000000000UL
#define USER_PAGES 16384UL

static uint8_t page_used[USER_PAGES];
static size_t next_page;
static size_t pages_used;

static void
reserve(void)
{
	void *want = (void *)USER_BASE;

	if (mmap(want, USER_PAGES * VM_PAGE_SIZE, PROT_READ | PROT_WRITE,
		MAP_PRIVATE | MAP_ANONYMOUS | MAP_FIXED_NOREPLACE, -1,
		0) != want)
		abort();
}

void *
host_user_alloc(size_t size)
{
	size_t pages = VM_ROUND_PAGE(size) / VM_PAGE_SIZE;
	size_t first = next_page;

	if (first == 0)
		reserve();
	if (first + pages > USER_PAGES)
		abort();
	memset(&page_used[first], 1, pages);
	next_page += pages;
	pages_used += pages;
	return (void *)(USER_BASE + first * VM_PAGE_SIZE);
}

bool
host_user_valid(vm_address_t address, size_t size)
{
	if (size == 0)
		return true;
	if (address < USER_BASE || size > USER_PAGES * VM_PAGE_SIZE ||
	    address - USER_BASE > USER_PAGES * VM_PAGE_SIZE - size)
		return false;
	for (size_t page = (address - USER_BASE) / VM_PAGE_SIZE;
	     page <= (address - USER_BASE + size - 1) / VM_PAGE_SIZE; page++)
		if (!page_used[page])
			return false;
	return true;
}

void
host_user_free(vm_address_t address, size_t size)
{
	size_t first = (address - USER_BASE) / VM_PAGE_SIZE;
	size_t pages = VM_ROUND_PAGE(size) / VM_PAGE_SIZE;

	if (!host_user_valid(address, size))
		abort();
	memset(&page_used[first], 0, pages);
	pages_used -= pages;
}

size_t
host_user_in_use(void)
{
	return pages_used * VM_PAGE_SIZE;
}

bool
user_copyin(vm_address_t user, void *kernel, size_t size)
{
	if (!host_user_valid(user, size))
		return false;
	memcpy(kernel, (const void *)user, size);
	return true;
}

bool
user_copyout(const void *kernel, vm_address_t user, size_t size)
{
	if (!host_user_valid(user, size))
		return false;
	memcpy((void *)user, kernel, size);
	return true;
}

bool
copyinstr(vm_address_t user, char *kernel, size_t max)
{
	for (size_t i = 0; i < max; i++) {
		if (!copyin(user + i, &kernel[i], 1))
			return false;
		if (kernel[i] == '\0')
			return true;
	}
	return false;
}
