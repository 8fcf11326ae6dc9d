/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Walks over directories.
 */
#ifndef USERLAND_TREE_H
#define USERLAND_TREE_H

#include <stdbool.h>
#include <sys/stat.h>

enum tree_event {
	TREE_FILE,  /* a file, or a directory whose inside is done */
	TREE_ENTER, /* a directory, before its inside */
};

enum { TREE_SKIP, TREE_DESCEND };

/*
 * Call `visit` for `path` and all below it, in order of name, not following
 * symbolic links (but `path` itself with `follow`). After TREE_ENTER the
 * value says whether to go in; then TREE_FILE is called for it at the end.
 * Without going in it is not. What cannot be read is warned of.
 */
void tree_walk(const char *path, bool follow,
    int (*visit)(
	const char *path, const struct stat *st, enum tree_event event));

/* The names in a directory but . and .., sorted, NULL-terminated; NULL with
 * errno. tree_free gives them back. */
char **tree_names(const char *path);
void tree_free(char **names);

#endif
