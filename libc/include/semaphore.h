/* SPDX-License-Identifier: BSD-2-Clause */
/* Semaphores. */
#ifndef SEMAPHORE_H
#define SEMAPHORE_H

#include <bits/timespec.h>
#include <bits/types.h>
#include <fcntl.h>

typedef struct {
	unsigned __value;
	unsigned __waiters;
	unsigned __flags;
	unsigned __spare;
} sem_t;

#define SEM_FAILED ((sem_t *)0)

__BEGIN_DECLS
int sem_close(sem_t *);
int sem_destroy(sem_t *);
int sem_getvalue(sem_t *__restrict_arg, int *__restrict_arg);
int sem_init(sem_t *, int, unsigned);
sem_t *sem_open(const char *, int, ...);
int sem_post(sem_t *);
int sem_timedwait(sem_t *__restrict_arg, const struct timespec *__restrict_arg);
int sem_trywait(sem_t *);
int sem_unlink(const char *);
int sem_wait(sem_t *);
__END_DECLS

#endif
