/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Changing the environment. The array, and the strings that setenv() made, are
 * known here and freed when they are replaced; strings the program put in with
 * putenv() stay its own.
 */
#include <errno.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static char **own_array;   /* environ, if it is one allocated here */
static char **own_strings; /* all strings that setenv() allocated */
static size_t own_count;

static void
release_string(const char *string)
{
	size_t i;

	for (i = 0; i < own_count; i++) {
		if (own_strings[i] == string) {
			free(own_strings[i]);
			own_strings[i] = own_strings[--own_count];
			return;
		}
	}
}

static bool
remember_string(char *string)
{
	char **grown =
	    reallocarray(own_strings, own_count + 1, sizeof(*own_strings));

	if (grown == NULL)
		return false;
	own_strings = grown;
	own_strings[own_count++] = string;
	return true;
}

static size_t
name_length(const char *string)
{
	return strcspn(string, "=");
}

/* Replace or append "name=value"; the environment then holds `string`. */
static int
put(char *string)
{
	size_t length = name_length(string);
	size_t count = 0;
	char **grown;

	for (; environ != NULL && environ[count] != NULL; count++) {
		if (strncmp(environ[count], string, length + 1) == 0) {
			if (environ[count] != string)
				release_string(environ[count]);
			environ[count] = string;
			return 0;
		}
	}
	grown = reallocarray(
	    environ == own_array ? own_array : NULL, count + 2, sizeof(*grown));
	if (grown == NULL)
		return -1;
	if (environ != own_array) {
		if (count > 0)
			memcpy(grown, environ, count * sizeof(*grown));
		free(own_array);
	}
	grown[count] = string;
	grown[count + 1] = NULL;
	environ = own_array = grown;
	return 0;
}

int
setenv(const char *name, const char *value, int overwrite)
{
	size_t length;
	size_t value_size;
	char *string;

	if (name == NULL || *name == '\0' || strchr(name, '=') != NULL) {
		errno = EINVAL;
		return -1;
	}
	if (!overwrite && getenv(name) != NULL)
		return 0;
	length = strlen(name);
	value_size = strlen(value) + 1;
	string = malloc(length + 1 + value_size);
	if (string == NULL)
		return -1;
	memcpy(string, name, length);
	string[length] = '=';
	memcpy(string + length + 1, value, value_size);
	if (!remember_string(string)) {
		free(string);
		return -1;
	}
	if (put(string) == 0)
		return 0;
	release_string(string);
	return -1;
}

int
unsetenv(const char *name)
{
	size_t length = name != NULL ? strlen(name) : 0;
	char **from;
	char **to;

	if (length == 0 || strchr(name, '=') != NULL) {
		errno = EINVAL;
		return -1;
	}
	if (environ == NULL)
		return 0;
	for (from = to = environ; *from != NULL; from++) {
		if (strncmp(*from, name, length) == 0 && (*from)[length] == '=')
			release_string(*from);
		else
			*to++ = *from;
	}
	*to = NULL;
	return 0;
}

int
putenv(char *string)
{
	if (strchr(string, '=') == NULL)
		return unsetenv(string);
	return put(string);
}

int
clearenv(void)
{
	if (environ != NULL)
		for (char **entry = environ; *entry != NULL; entry++)
			release_string(*entry);
	free(own_array);
	own_array = NULL;
	environ = NULL;
	return 0;
}
