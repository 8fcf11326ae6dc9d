/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Who a process is: the process server writes it into the signal page whenever
 * it changes.
 */
#include <errno.h>
#include <grp.h>
#include <limits.h>
#include <servers/process_user.h>
#include <unistd.h>

#include "process.h"

static struct proc_ids
get_ids(void)
{
	static const struct proc_ids nobody = {.pid = 1};

	return __process.proc != MACH_PORT_NULL ? __process.signals->ids
						: nobody;
}

pid_t
getpid(void)
{
	return get_ids().pid;
}

pid_t
getppid(void)
{
	return get_ids().ppid;
}

uid_t
getuid(void)
{
	return get_ids().uid;
}

uid_t
geteuid(void)
{
	return get_ids().euid;
}

gid_t
getgid(void)
{
	return get_ids().gid;
}

gid_t
getegid(void)
{
	return get_ids().egid;
}

pid_t
getpgrp(void)
{
	return get_ids().pgid;
}

pid_t
getpgid(pid_t pid)
{
	int group;
	int session;

	if (__result(proc_getpgid(__process.proc, pid, &group, &session)) != 0)
		return -1;
	return group;
}

pid_t
getsid(pid_t pid)
{
	int group;
	int session;

	if (__result(proc_getpgid(__process.proc, pid, &group, &session)) != 0)
		return -1;
	return session;
}

int
setpgid(pid_t pid, pid_t group)
{
	if (pid < 0 || group < 0) {
		errno = EINVAL;
		return -1;
	}
	return __result(proc_setpgid(__process.proc, pid, group));
}

int
setpgrp(void)
{
	return setpgid(0, 0);
}

pid_t
setsid(void)
{
	int session;

	if (__result(proc_setsid(__process.proc, &session)) != 0)
		return -1;
	return session;
}

#define KEEP 0xffffffffU

static int
set_id(int which, unsigned real, unsigned effective)
{
	return __result(proc_setid(__process.proc, which, real, effective));
}

int
setuid(uid_t uid)
{
	return set_id(PROC_ID_UID, geteuid() == 0 ? uid : KEEP, uid);
}

int
setgid(gid_t gid)
{
	return set_id(PROC_ID_GID, geteuid() == 0 ? gid : KEEP, gid);
}

int
seteuid(uid_t uid)
{
	return set_id(PROC_ID_UID, KEEP, uid);
}

int
setegid(gid_t gid)
{
	return set_id(PROC_ID_GID, KEEP, gid);
}

int
setreuid(uid_t real, uid_t effective)
{
	return set_id(PROC_ID_UID, real, effective);
}

int
setregid(gid_t real, gid_t effective)
{
	return set_id(PROC_ID_GID, real, effective);
}

/* There is no saved id beside the real one. */
int
setresuid(uid_t real, uid_t effective, uid_t saved)
{
	(void)saved;
	return set_id(PROC_ID_UID, real, effective);
}

int
setresgid(gid_t real, gid_t effective, gid_t saved)
{
	(void)saved;
	return set_id(PROC_ID_GID, real, effective);
}

int
getgroups(int size, gid_t groups[])
{
	uint32_t list[NGROUPS_MAX];
	mach_msg_type_number_t count = NGROUPS_MAX;

	if (__result(proc_get_groups(__process.proc, list, &count)) != 0)
		return -1;
	if (size < 0 || (size > 0 && count > (unsigned)size)) {
		errno = EINVAL;
		return -1;
	}
	for (unsigned i = 0; size > 0 && i < count; i++)
		groups[i] = list[i];
	return (int)count;
}

int
setgroups(size_t count, const gid_t groups[])
{
	uint32_t list[NGROUPS_MAX];

	if (count > NGROUPS_MAX) {
		errno = EINVAL;
		return -1;
	}
	for (size_t i = 0; i < count; i++)
		list[i] = groups[i];
	return __result(proc_set_groups(
	    __process.proc, list, (mach_msg_type_number_t)count));
}

int
initgroups(const char *name, gid_t group)
{
	gid_t groups[NGROUPS_MAX];
	int count = NGROUPS_MAX;

	/* More than there may be are left out. */
	if (getgrouplist(name, group, groups, &count) < 0)
		count = NGROUPS_MAX;
	return setgroups((size_t)count, groups);
}
