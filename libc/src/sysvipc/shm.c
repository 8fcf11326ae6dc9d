/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Segments of shared memory. The table says what is attached where: shmdt is
 * given an address only. fork copies it with the rights that are in it.
 */
#include <mach/vm_map_user.h>

#include <errno.h>
#include <libmach/mach.h>
#include <pthread.h>
#include <servers/sysvipc_user.h>
#include <stdlib.h>
#include <string.h>
#include <sys/shm.h>
#include <unistd.h>

#include "process.h"
#include "sysvipc.h"

struct attachment {
	struct attachment *next;
	vm_address_t address;
	vm_size_t size;
	mach_port_t port;
};

static struct attachment *attachments;
static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;

int
shmget(key_t key, size_t size, int flags)
{
	return __sysvipc_get(SYSV_SHM, key, size, flags);
}

/* Where it is to be; 0: anywhere. False: not there. */
static bool
place(const void *wanted, int flags, vm_address_t *address)
{
	*address = (vm_address_t)wanted;
	if (*address % SHMLBA == 0)
		return true;
	*address -= *address % SHMLBA;
	return (flags & SHM_RND) != 0 && *address != 0;
}

static int
map(struct attachment *attachment, mach_port_t memory, bool read_only)
{
	vm_prot_t prot =
	    read_only ? VM_PROT_READ : VM_PROT_READ | VM_PROT_WRITE;
	bool anywhere = attachment->address == 0;
	kern_return_t code =
	    vm_map(mach_task_self(), &attachment->address, attachment->size, 0,
		anywhere, memory, 0, FALSE, prot, prot, VM_INHERIT_SHARE);

	if (code == KERN_SUCCESS)
		return 0;
	/* An address that was asked for is taken, or is none. */
	errno = anywhere ? ENOMEM : EINVAL;
	return -1;
}

static int
attach(struct attachment *attachment, int id, bool read_only)
{
	mach_port_t memory;
	uint64_t size;
	int result;

	if (__sysvipc_result(sysv_attach(__sysvipc(), id, read_only, getpid(),
		&memory, &size, &attachment->port)) != 0)
		return -1;
	attachment->size = VM_ROUND_PAGE(size);
	result = map(attachment, memory, read_only);
	__port_release(memory);
	if (result != 0) {
		(void)sysv_detach(attachment->port, getpid());
		__port_release(attachment->port);
	}
	return result;
}

void *
shmat(int id, const void *address, int flags)
{
	struct attachment *attachment = malloc(sizeof(*attachment));

	if (attachment == NULL)
		return (void *)-1;
	if (!place(address, flags, &attachment->address)) {
		free(attachment);
		errno = EINVAL;
		return (void *)-1;
	}
	if (attach(attachment, id, (flags & SHM_RDONLY) != 0) != 0) {
		free(attachment);
		return (void *)-1;
	}
	(void)pthread_mutex_lock(&lock);
	attachment->next = attachments;
	attachments = attachment;
	(void)pthread_mutex_unlock(&lock);
	return (void *)attachment->address;
}

static struct attachment *
take_out(vm_address_t address)
{
	struct attachment **link = &attachments, *found;

	(void)pthread_mutex_lock(&lock);
	while (*link != NULL && (*link)->address != address)
		link = &(*link)->next;
	found = *link;
	if (found != NULL)
		*link = found->next;
	(void)pthread_mutex_unlock(&lock);
	return found;
}

int
shmdt(const void *address)
{
	struct attachment *attachment = take_out((vm_address_t)address);

	if (attachment == NULL) {
		errno = EINVAL;
		return -1;
	}
	(void)vm_deallocate(
	    mach_task_self(), attachment->address, attachment->size);
	(void)sysv_detach(attachment->port, getpid());
	__port_release(attachment->port);
	free(attachment);
	return 0;
}

static int
status(int id, struct shmid_ds *to)
{
	sysv_info_t info;

	if (__sysvipc_info(SYSV_SHM, id, &info) != 0)
		return -1;
	memset(to, 0, sizeof(*to));
	__sysvipc_perm(&to->shm_perm, &info);
	to->shm_segsz = info.size;
	to->shm_nattch = info.count;
	to->shm_atime = (time_t)info.time[0];
	to->shm_dtime = (time_t)info.time[1];
	to->shm_ctime = (time_t)info.changed;
	to->shm_lpid = (pid_t)info.pid[0];
	to->shm_cpid = (pid_t)info.pid[1];
	return 0;
}

int
shmctl(int id, int command, struct shmid_ds *argument)
{
	switch (command) {
	case IPC_STAT:
		return status(id, argument);
	case IPC_SET:
		return __sysvipc_set(SYSV_SHM, id, &argument->shm_perm, 0);
	case IPC_RMID:
		return __sysvipc_remove(SYSV_SHM, id);
	default:
		errno = EINVAL;
		return -1;
	}
}
