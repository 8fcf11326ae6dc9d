/* SPDX-License-Identifier: BSD-2-Clause */
/* Lists of file actions. */
#include "spawn_actions.h"

#include <errno.h>
#include <servers/process_types.h>
#include <spawn.h>
#include <stdlib.h>
#include <string.h>

int
posix_spawn_file_actions_init(posix_spawn_file_actions_t *actions)
{
	actions->__first = NULL;
	actions->__last = &actions->__first;
	return 0;
}

int
posix_spawn_file_actions_destroy(posix_spawn_file_actions_t *actions)
{
	struct __spawn_action *action = actions->__first;

	while (action != NULL) {
		struct __spawn_action *next = action->next;

		free(action);
		action = next;
	}
	return posix_spawn_file_actions_init(actions);
}

static int
add(posix_spawn_file_actions_t *actions, const struct __spawn_action *fields,
    const char *path)
{
	size_t size = strlen(path) + 1;
	struct __spawn_action *action;

	if (fields->fd < 0 || fields->fd >= PROC_FD_MAX)
		return EBADF;
	action = malloc(sizeof(*action) + size);
	if (action == NULL)
		return ENOMEM;
	memcpy(action, fields, sizeof(*action));
	memcpy(action->path, path, size);
	*actions->__last = action;
	actions->__last = &action->next;
	return 0;
}

int
posix_spawn_file_actions_addclose(posix_spawn_file_actions_t *actions, int fd)
{
	return add(actions,
	    &(struct __spawn_action){.kind = SPAWN_CLOSE, .fd = fd}, "");
}

int
posix_spawn_file_actions_adddup2(
    posix_spawn_file_actions_t *actions, int fd, int wanted)
{
	if (fd < 0 || fd >= PROC_FD_MAX)
		return EBADF;
	return add(actions,
	    &(struct __spawn_action){
		.kind = SPAWN_DUP2, .fd = wanted, .source = fd},
	    "");
}

int
posix_spawn_file_actions_addopen(posix_spawn_file_actions_t *actions, int fd,
    const char *restrict path, int flags, mode_t mode)
{
	return add(actions,
	    &(struct __spawn_action){
		.kind = SPAWN_OPEN, .fd = fd, .flags = flags, .mode = mode},
	    path);
}
