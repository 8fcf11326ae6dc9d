/* SPDX-License-Identifier: BSD-2-Clause */
/* Queues of messages. */
#include <errno.h>
#include <limits.h>
#include <servers/sysvipc_user.h>
#include <string.h>
#include <sys/msg.h>
#include <unistd.h>

#include "process.h"
#include "sysvipc.h"
#include "thread.h"

int
msgget(key_t key, int flags)
{
	return __sysvipc_get(SYSV_MSG, key, 0, flags);
}

/* What the caller's structure begins with. */
struct head {
	long type;
	char data[];
};

int
msgsnd(int id, const void *message, size_t size, int flags)
{
	const struct head *head = message;
	kern_return_t code;

	if (size > SYSV_DATA_MAX) {
		errno = EINVAL;
		return -1;
	}
	__cancel_begin();
	code = sysv_send(__sysvipc(), id, getpid(), flags, head->type,
	    head->data, (mach_msg_type_number_t)size);
	__cancel_end();
	return __sysvipc_result(code);
}

ssize_t
msgrcv(int id, void *message, size_t size, long wanted, int flags)
{
	char data[SYSV_DATA_MAX];
	mach_msg_type_number_t got = sizeof(data);
	struct head *head = message;
	kern_return_t code;
	int64_t type;

	if (size > SSIZE_MAX) {
		errno = EINVAL;
		return -1;
	}
	__cancel_begin();
	code = sysv_receive(
	    __sysvipc(), id, getpid(), flags, wanted, size, &type, data, &got);
	__cancel_end();
	if (__sysvipc_result(code) != 0)
		return -1;
	head->type = type;
	memcpy(head->data, data, got);
	return (ssize_t)got;
}

static int
status(int id, struct msqid_ds *to)
{
	sysv_info_t info;

	if (__sysvipc_info(SYSV_MSG, id, &info) != 0)
		return -1;
	memset(to, 0, sizeof(*to));
	__sysvipc_perm(&to->msg_perm, &info);
	to->msg_qnum = info.count;
	to->msg_qbytes = info.size;
	to->msg_lspid = (pid_t)info.pid[0];
	to->msg_lrpid = (pid_t)info.pid[1];
	to->msg_stime = (time_t)info.time[0];
	to->msg_rtime = (time_t)info.time[1];
	to->msg_ctime = (time_t)info.changed;
	return 0;
}

int
msgctl(int id, int command, struct msqid_ds *argument)
{
	switch (command) {
	case IPC_STAT:
		return status(id, argument);
	case IPC_SET:
		return __sysvipc_set(
		    SYSV_MSG, id, &argument->msg_perm, argument->msg_qbytes);
	case IPC_RMID:
		return __sysvipc_remove(SYSV_MSG, id);
	default:
		errno = EINVAL;
		return -1;
	}
}
