/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * usage: tsort [FILE]
 * help: sort words so that the first of each pair comes before the second
 */
#include <ctype.h>
#include <stdlib.h>
#include <string.h>

#include "lib/util.h"

UTILITY("tsort [FILE]",
    "sort words so that the first of each pair comes before the second");

struct node {
	char *name;
	size_t before; /* how many have to come before it, yet */
	size_t *after; /* numbers of those that come after it */
	size_t after_count;
	bool done;
};

static struct node *nodes;
static size_t node_count;

static size_t
find_node(const char *name)
{
	size_t i;

	for (i = 0; i < node_count; i++)
		if (strcmp(nodes[i].name, name) == 0)
			return i;
	if ((node_count & (node_count - 1)) == 0)
		nodes = xrealloc(nodes, (node_count * 2 + 1) * sizeof(*nodes));
	nodes[node_count] = (struct node){.name = xstrdup(name)};
	return node_count++;
}

static void
add_pair(const char *first, const char *second)
{
	size_t from = find_node(first);
	size_t to = find_node(second);
	struct node *node = &nodes[from];

	if (from == to)
		return;
	node->after = xrealloc(
	    node->after, (node->after_count + 1) * sizeof(*node->after));
	node->after[node->after_count++] = to;
	nodes[to].before++;
}

static void
put_node(struct node *node)
{
	size_t i;

	puts(node->name);
	node->done = true;
	for (i = 0; i < node->after_count; i++)
		nodes[node->after[i]].before--;
}

/* One of a circle: what each has before it is walked until it comes again. */
static struct node *
find_circle(void)
{
	size_t at = 0;
	size_t step;
	size_t i;
	size_t j;

	while (nodes[at].done)
		at++;
	for (step = 0; step < node_count; step++) {
		size_t before = at;

		for (i = 0; i < node_count && before == at; i++)
			for (j = 0; !nodes[i].done && j < nodes[i].after_count;
			     j++)
				if (nodes[i].after[j] == at)
					before = i;
		at = before;
	}
	return &nodes[at];
}

static void
sort_nodes(void)
{
	size_t left = node_count;

	while (left > 0) {
		size_t before = left;

		for (size_t i = 0; i < node_count; i++) {
			if (nodes[i].done || nodes[i].before > 0)
				continue;
			put_node(&nodes[i]);
			left--;
		}
		if (left == before) {
			struct node *node = find_circle();

			warn_text("%s: in a circle", node->name);
			put_node(node);
			left--;
		}
	}
}

/* The next word, which replaces *word; false at the end. */
static bool
read_word(FILE *file, char **word)
{
	size_t length = 0;
	int c = getc(file);

	while (isspace(c))
		c = getc(file);
	if (c == EOF)
		return false;
	do {
		*word = xrealloc(*word, length + 2);
		(*word)[length++] = (char)c;
		c = getc(file);
	} while (c != EOF && !isspace(c));
	(*word)[length] = '\0';
	return true;
}

int
main(int argc, char **argv)
{
	const char *path = argc > 1 ? argv[1] : NULL;
	char *first = NULL;
	char *second = NULL;
	FILE *file;

	util_init(argc, argv);
	if (argc > 2)
		util_usage_exit();
	file = input_open(path);
	if (file == NULL)
		return util_exit(1);
	while (read_word(file, &first)) {
		if (!read_word(file, &second))
			die("an odd number of words");
		add_pair(first, second);
	}
	input_close(file, path);
	free(first);
	free(second);
	sort_nodes();
	for (size_t i = 0; i < node_count; i++) {
		free(nodes[i].name);
		free(nodes[i].after);
	}
	free(nodes);
	return util_exit(util_status);
}
