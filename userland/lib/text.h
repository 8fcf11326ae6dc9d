/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Text that the system gives by functions of machr/system.h.
 */
#ifndef USERLAND_TEXT_H
#define USERLAND_TEXT_H

#include <sys/types.h>

/* All of it, NUL-terminated and malloc'ed; NULL with errno. */
char *system_text(ssize_t (*get)(char *, size_t), size_t *size);

#endif
