/* SPDX-License-Identifier: BSD-2-Clause */
/* Starting programs without fork(). */
#ifndef SPAWN_H
#define SPAWN_H

#include <bits/types.h>
#include <sched.h>

typedef __mode_t mode_t;
typedef __pid_t pid_t;
typedef __sigset_t sigset_t;

#define POSIX_SPAWN_RESETIDS      0x01
#define POSIX_SPAWN_SETPGROUP     0x02
#define POSIX_SPAWN_SETSIGDEF     0x04
#define POSIX_SPAWN_SETSIGMASK    0x08
#define POSIX_SPAWN_SETSCHEDPARAM 0x10
#define POSIX_SPAWN_SETSCHEDULER  0x20

typedef struct {
	short __flags;
	pid_t __pgroup;
	sigset_t __default;
	sigset_t __mask;
	struct sched_param __param;
	int __policy;
} posix_spawnattr_t;

typedef struct {
	struct __spawn_action *__first;
	struct __spawn_action **__last;
} posix_spawn_file_actions_t;

__BEGIN_DECLS
int posix_spawn(pid_t *__restrict_arg, const char *__restrict_arg,
    const posix_spawn_file_actions_t *, const posix_spawnattr_t *__restrict_arg,
    char *const[], char *const[]);
int posix_spawnp(pid_t *__restrict_arg, const char *__restrict_arg,
    const posix_spawn_file_actions_t *, const posix_spawnattr_t *__restrict_arg,
    char *const[], char *const[]);
int posix_spawn_file_actions_addclose(posix_spawn_file_actions_t *, int);
int posix_spawn_file_actions_adddup2(posix_spawn_file_actions_t *, int, int);
int posix_spawn_file_actions_addopen(
    posix_spawn_file_actions_t *, int, const char *__restrict_arg, int, mode_t);
int posix_spawn_file_actions_destroy(posix_spawn_file_actions_t *);
int posix_spawn_file_actions_init(posix_spawn_file_actions_t *);
int posix_spawnattr_destroy(posix_spawnattr_t *);
int posix_spawnattr_getflags(const posix_spawnattr_t *, short *);
int posix_spawnattr_getpgroup(const posix_spawnattr_t *, pid_t *);
int posix_spawnattr_getschedparam(
    const posix_spawnattr_t *, struct sched_param *);
int posix_spawnattr_getschedpolicy(const posix_spawnattr_t *, int *);
int posix_spawnattr_getsigdefault(const posix_spawnattr_t *, sigset_t *);
int posix_spawnattr_getsigmask(const posix_spawnattr_t *, sigset_t *);
int posix_spawnattr_init(posix_spawnattr_t *);
int posix_spawnattr_setflags(posix_spawnattr_t *, short);
int posix_spawnattr_setpgroup(posix_spawnattr_t *, pid_t);
int posix_spawnattr_setschedparam(
    posix_spawnattr_t *, const struct sched_param *);
int posix_spawnattr_setschedpolicy(posix_spawnattr_t *, int);
int posix_spawnattr_setsigdefault(posix_spawnattr_t *, const sigset_t *);
int posix_spawnattr_setsigmask(posix_spawnattr_t *, const sigset_t *);
__END_DECLS

#endif
