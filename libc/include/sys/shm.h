/* SPDX-License-Identifier: BSD-2-Clause */
/* XSI shared memory. */
#ifndef SYS_SHM_H
#define SYS_SHM_H

#include <sys/ipc.h>

typedef __pid_t pid_t;
typedef __size_type size_t;
typedef __time_t time_t;
typedef unsigned long shmatt_t;

#define SHM_RDONLY 010000
#define SHM_RND    020000

#define SHMLBA     4096

#if __MACHR_VISIBLE
#define SHM_DEST 01000 /* in the mode: it goes with the last attachment */
#endif

struct shmid_ds {
	struct ipc_perm shm_perm;
	size_t shm_segsz;
	pid_t shm_lpid;
	pid_t shm_cpid;
	shmatt_t shm_nattch;
	time_t shm_atime;
	time_t shm_dtime;
	time_t shm_ctime;
};

__BEGIN_DECLS
void *shmat(int, const void *, int);
int shmctl(int, int, struct shmid_ds *);
int shmdt(const void *);
int shmget(key_t, size_t, int);
__END_DECLS

#endif
