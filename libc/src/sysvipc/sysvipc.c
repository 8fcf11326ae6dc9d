/* SPDX-License-Identifier: BSD-2-Clause */
#include "sysvipc.h"

#include <errno.h>
#include <libmach/mach.h>
#include <libmach/port_gone.h>
#include <servers/sysvipc_user.h>
#include <unistd.h>

#include "process.h"
#include "service.h"

static mach_port_t server;

/* Asked for again when it has died. */
mach_port_t
__sysvipc(void)
{
	if (server != MACH_PORT_NULL && mach_port_gone(server)) {
		__port_release(server);
		server = MACH_PORT_NULL;
	}
	if (server == MACH_PORT_NULL &&
	    __service("sysvipc", &server) != KERN_SUCCESS)
		server = MACH_PORT_NULL;
	return server;
}

int
__sysvipc_result(kern_return_t code)
{
	if (code != MACH_SEND_INVALID_DEST || server != MACH_PORT_NULL)
		return __result(code);
	errno = ENOSYS;
	return -1;
}

int
__sysvipc_get(enum sysv_kind kind, key_t key, uint64_t size, int flags)
{
	int id;

	if (__sysvipc_result(sysv_get(
		__sysvipc(), kind, key, size, flags, getpid(), &id)) != 0)
		return -1;
	return id;
}

int
__sysvipc_info(enum sysv_kind kind, int id, sysv_info_t *info)
{
	return __sysvipc_result(sysv_get_info(__sysvipc(), kind, id, info));
}

int
__sysvipc_set(
    enum sysv_kind kind, int id, const struct ipc_perm *perm, uint64_t size)
{
	sysv_info_t info = {
	    .uid = perm->uid,
	    .gid = perm->gid,
	    .mode = perm->mode & 0777,
	    .size = size,
	};

	return __sysvipc_result(sysv_set_info(__sysvipc(), kind, id, info));
}

int
__sysvipc_remove(enum sysv_kind kind, int id)
{
	return __sysvipc_result(sysv_remove(__sysvipc(), kind, id));
}

void
__sysvipc_perm(struct ipc_perm *perm, const sysv_info_t *info)
{
	perm->uid = (uid_t)info->uid;
	perm->gid = (gid_t)info->gid;
	perm->cuid = (uid_t)info->cuid;
	perm->cgid = (gid_t)info->cgid;
	perm->mode = (mode_t)info->mode;
	perm->__key = (key_t)info->key;
}
