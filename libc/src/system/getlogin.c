/* SPDX-License-Identifier: BSD-2-Clause */
/* The name of the user. */
#include <errno.h>
#include <pwd.h>
#include <string.h>
#include <unistd.h>

int
getlogin_r(char *to, size_t size)
{
	const struct passwd *entry = getpwuid(getuid());

	if (entry == NULL)
		return ENXIO;
	return strlcpy(to, entry->pw_name, size) < size ? 0 : ERANGE;
}

char *
getlogin(void)
{
	static char name[256];
	int error = getlogin_r(name, sizeof(name));

	if (error == 0)
		return name;
	errno = error;
	return NULL;
}
