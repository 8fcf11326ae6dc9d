/* SPDX-License-Identifier: BSD-2-Clause */
/* Search tables: hash, tree, linear, and linked queues. */
#ifndef SEARCH_H
#define SEARCH_H

#include <bits/types.h>

typedef __size_type size_t;
typedef struct entry {
	char *key;
	void *data;
} ENTRY;
typedef enum { FIND, ENTER } ACTION;
typedef enum { preorder, postorder, endorder, leaf } VISIT;

__BEGIN_DECLS
int hcreate(size_t);
void hdestroy(void);
ENTRY *hsearch(ENTRY, ACTION);
void insque(void *, void *);
void remque(void *);
void *lfind(const void *, const void *, size_t *, size_t,
    int (*)(const void *, const void *));
void *lsearch(const void *, void *, size_t *, size_t,
    int (*)(const void *, const void *));
void *tdelete(const void *__restrict_arg, void **__restrict_arg,
    int (*)(const void *, const void *));
void *tfind(const void *, void *const *, int (*)(const void *, const void *));
void *tsearch(const void *, void **, int (*)(const void *, const void *));
void twalk(const void *, void (*)(const void *, VISIT, int));
#if __MACHR_VISIBLE
void tdestroy(void *, void (*)(void *));
#endif
__END_DECLS

#endif
