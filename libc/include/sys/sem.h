/* SPDX-License-Identifier: BSD-2-Clause */
/* XSI semaphores. */
#ifndef SYS_SEM_H
#define SYS_SEM_H

#include <sys/ipc.h>

typedef __pid_t pid_t;
typedef __size_type size_t;
typedef __time_t time_t;

#define SEM_UNDO 010000

#define GETPID   11
#define GETVAL   12
#define GETALL   13
#define GETNCNT  14
#define GETZCNT  15
#define SETVAL   16
#define SETALL   17

struct semid_ds {
	struct ipc_perm sem_perm;
	unsigned short sem_nsems;
	time_t sem_otime;
	time_t sem_ctime;
};

struct sembuf {
	unsigned short sem_num;
	short sem_op;
	short sem_flg;
};

#if __MACHR_VISIBLE
struct timespec;
#endif

__BEGIN_DECLS
int semctl(int, int, int, ...);
int semget(key_t, int, int);
int semop(int, struct sembuf *, size_t);
#if __MACHR_VISIBLE
int semtimedop(int, struct sembuf *, size_t, const struct timespec *);
#endif
__END_DECLS

#endif
