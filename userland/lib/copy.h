/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Copies of files and trees, for cp and for mv between file systems.
 */
#ifndef USERLAND_COPY_H
#define USERLAND_COPY_H

enum {
	COPY_RECURSIVE = 1,
	COPY_PRESERVE = 2,    /* mode, owner where allowed, times */
	COPY_LINKS = 4,       /* a symbolic link as such at the top, too */
	COPY_FORCE = 8,       /* remove a target that cannot be opened */
	COPY_ASK = 16,        /* before a file is written over */
	COPY_FOLLOW = 32,     /* what a symbolic link stands for, everywhere */
	COPY_FOLLOW_TOP = 64, /* the same, at the top only */
};

/* Warns of what fails; 0 when nothing did. */
int copy_tree(const char *from, const char *to, int flags);
/* Remove a tree that was copied. */
void copy_remove(const char *path);

#endif
