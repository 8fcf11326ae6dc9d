/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * A circular doubly linked list threaded through its members.
 */
#ifndef KERN_LIST_H
#define KERN_LIST_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct list {
	struct list *next;
	struct list *prev;
};

#define LIST_INITIALIZER(name)   \
	{                        \
		&(name), &(name) \
	}
#define list_entry(node, type, member) \
	((type *)(void *)((char *)(node)-offsetof(type, member)))
/* NOLINTBEGIN(bugprone-macro-parentheses): names being declared take none. */
#define list_for_each(node, head)                              \
	for (struct list *node = (head)->next; node != (head); \
	     node = node->next)
#define list_for_each_safe(node, after, head)                       \
	for (struct list *node = (head)->next, *after = node->next; \
	     node != (head); node = after, after = node->next)
/* NOLINTEND(bugprone-macro-parentheses) */

static inline void
list_init(struct list *head)
{
	head->next = head;
	head->prev = head;
}

static inline bool
list_empty(const struct list *head)
{
	return head->next == head;
}

static inline void
list_insert_before(struct list *where, struct list *node)
{
	node->next = where;
	node->prev = where->prev;
	where->prev->next = node;
	where->prev = node;
}

static inline void
list_append(struct list *head, struct list *node)
{
	list_insert_before(head, node);
}

static inline void
list_prepend(struct list *head, struct list *node)
{
	list_insert_before(head->next, node);
}

/* Unlink; the node's own pointers say nothing after that. */
static inline void
list_unlink(struct list *node)
{
	node->prev->next = node->next;
	node->next->prev = node->prev;
}

/* Unlink, and leave the node as an empty list: removing twice is harmless. */
static inline void
list_remove(struct list *node)
{
	list_unlink(node);
	list_init(node);
}

/* All that is on a list moves to the end of another, and leaves it empty. */
static inline void
list_join(struct list *to, struct list *from)
{
	struct list *last = to->prev;

	last->next = from;
	from->prev->next = to;
	to->prev = from->prev;
	from->prev = last;
	list_remove(from);
}

/* How many nodes there are: for who only asks, it walks. */
static inline uint32_t
list_length(const struct list *head)
{
	const struct list *node;
	uint32_t length = 0;

	for (node = head->next; node != head; node = node->next)
		length++;
	return length;
}

/* The first node, or NULL. */
static inline struct list *
list_first(const struct list *head)
{
	return list_empty(head) ? NULL : head->next;
}

#endif
