/* SPDX-License-Identifier: BSD-2-Clause */
/* access() and faccessat(): the permission bits against who the process is. */
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdbool.h>
#include <sys/stat.h>
#include <unistd.h>

static bool
is_member(gid_t group)
{
	gid_t groups[NGROUPS_MAX];
	int count = getgroups(NGROUPS_MAX, groups);

	for (int i = 0; i < count; i++)
		if (groups[i] == group)
			return true;
	return false;
}

static mode_t
granted(const struct stat *status, uid_t uid, gid_t gid)
{
	if (uid == 0) {
		if (S_ISDIR(status->st_mode) || (status->st_mode & 0111) != 0)
			return R_OK | W_OK | X_OK;
		return R_OK | W_OK;
	}
	if (status->st_uid == uid)
		return status->st_mode >> 6 & 7;
	if (status->st_gid == gid || is_member(status->st_gid))
		return status->st_mode >> 3 & 7;
	return status->st_mode & 7;
}

int
faccessat(int at, const char *path, int wanted, int flags)
{
	struct stat status;
	mode_t rights;

	if ((wanted & ~(R_OK | W_OK | X_OK)) != 0 ||
	    (flags & ~(AT_EACCESS | AT_SYMLINK_NOFOLLOW)) != 0) {
		errno = EINVAL;
		return -1;
	}
	if (fstatat(at, path, &status, flags & AT_SYMLINK_NOFOLLOW) != 0)
		return -1;
	if (flags & AT_EACCESS)
		rights = granted(&status, geteuid(), getegid());
	else
		rights = granted(&status, getuid(), getgid());
	if (((mode_t)wanted & ~rights) == 0)
		return 0;
	errno = EACCES;
	return -1;
}

int
access(const char *path, int wanted)
{
	return faccessat(AT_FDCWD, path, wanted, 0);
}
