/* SPDX-License-Identifier: BSD-2-Clause */
/* File actions of posix_spawn(), in a list. */
#ifndef INTERNAL_SPAWN_ACTIONS_H
#define INTERNAL_SPAWN_ACTIONS_H

#include <sys/types.h>

enum spawn_kind { SPAWN_CLOSE, SPAWN_DUP2, SPAWN_OPEN };

struct __spawn_action {
	struct __spawn_action *next;
	enum spawn_kind kind;
	int fd;
	int source; /* dup2 */
	int flags;  /* open */
	mode_t mode;
	char path[];
};

#endif
