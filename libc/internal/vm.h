/* SPDX-License-Identifier: BSD-2-Clause */
/* Memory from the system for malloc(), page by page. */
#ifndef INTERNAL_VM_H
#define INTERNAL_VM_H

#include <stdbool.h>
#include <stddef.h>

#define VM_PAGE 4096UL

/* Zeroed pages anywhere; null if there are none. */
void *__vm_pages(size_t size);

/* The same at a given address; false if it is taken. */
bool __vm_pages_at(void *address, size_t size);

/* mmap() has mapped this: mlockall() may want to know. */
void __vm_mapped(void *address, size_t size);

/* munmap() is about to: what was locked there is not any more. */
void __vm_unmapped(const void *address, size_t size);

/* Is some of it locked, as far as mlock.c has noted? */
bool __vm_is_locked(const void *address, size_t size);

void __vm_release(void *address, size_t size);

#endif
