/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Lines of /etc/passwd and /etc/group. Records are parsed in place: the fields
 * point into the line.
 */
#ifndef INTERNAL_DATABASE_H
#define INTERNAL_DATABASE_H

#include <grp.h>
#include <pwd.h>
#include <stdbool.h>
#include <stdio.h>

/* Cut the next field off; null at the end of the line. */
char *__field_next(char **line);

/* A whole field as a number. */
bool __field_number(const char *field, unsigned *value);

bool __passwd_parse(char *line, struct passwd *entry);

/* The member list goes to `members`, which has room for `room` pointers. */
bool __group_parse(
    char *line, struct group *entry, char **members, size_t room);

#endif
