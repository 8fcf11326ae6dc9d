/* SPDX-License-Identifier: BSD-2-Clause */
/* Reading the environment. */
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

char **environ;

char *
getenv(const char *name)
{
	size_t length = strlen(name);
	char **entry;

	if (environ == NULL || length == 0 || strchr(name, '=') != NULL)
		return NULL;
	for (entry = environ; *entry != NULL; entry++)
		if (strncmp(*entry, name, length) == 0 &&
		    (*entry)[length] == '=')
			return *entry + length + 1;
	return NULL;
}

char *
secure_getenv(const char *name)
{
	if (getuid() != geteuid() || getgid() != getegid())
		return NULL;
	return getenv(name);
}
