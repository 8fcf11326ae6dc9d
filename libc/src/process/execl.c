/* SPDX-License-Identifier: BSD-2-Clause */
/* The forms of exec that take their arguments one by one. */
#include <errno.h>
#include <stdarg.h>
#include <stdlib.h>
#include <unistd.h>

#include "word.h"

/*
 * Collect the arguments in allocated memory; behind the null that ends them
 * an environment may follow.
 */
static char **
collect(const char *first, va_list list, char *const **environment)
{
	va_list counting;
	const char *argument = first;
	size_t count = 1;
	size_t i;
	char **array;

	va_copy(counting, list);
	for (; argument != NULL; count++)
		argument = va_arg(counting, const char *);
	va_end(counting);
	array = calloc(count, sizeof(*array));
	if (array == NULL)
		return NULL;
	argument = first;
	for (i = 0; argument != NULL; i++) {
		array[i] = UNCONST(char *, argument);
		argument = va_arg(list, const char *);
	}
	if (environment != NULL)
		*environment = va_arg(list, char *const *);
	return array;
}

int
execl(const char *path, const char *first, ...)
{
	va_list list;
	char **arguments;

	va_start(list, first);
	arguments = collect(first, list, NULL);
	va_end(list);
	if (arguments != NULL)
		execve(path, arguments, environ);
	free(arguments);
	return -1;
}

int
execle(const char *path, const char *first, ...)
{
	char *const *environment = NULL;
	va_list list;
	char **arguments;

	va_start(list, first);
	arguments = collect(first, list, &environment);
	va_end(list);
	if (arguments != NULL)
		execve(path, arguments, environment);
	free(arguments);
	return -1;
}

int
execlp(const char *name, const char *first, ...)
{
	va_list list;
	char **arguments;

	va_start(list, first);
	arguments = collect(first, list, NULL);
	va_end(list);
	if (arguments != NULL)
		execvp(name, arguments);
	free(arguments);
	return -1;
}
