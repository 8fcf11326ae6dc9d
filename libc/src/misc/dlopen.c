/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Programs are linked whole and carry no symbols, so that neither can another
 * object be loaded nor a name be found. All of these fail, and dlerror() says
 * why.
 */
#include <dlfcn.h>
#include <stddef.h>

#include "word.h"

/*
 * One for all threads, as POSIX allows. Nothing in the library is thread-local:
 * tcc, which links programs on the system, does not know how.
 */
static const char *reason;

void *
dlopen(const char *path, int mode)
{
	(void)path;
	(void)mode;
	reason = "programs are linked statically on this system";
	return NULL;
}

void *
dlsym(void *restrict handle, const char *restrict name)
{
	(void)handle;
	(void)name;
	reason = "no symbols are known";
	return NULL;
}

int
dlclose(void *handle)
{
	(void)handle;
	reason = "not a handle";
	return -1;
}

/* The last failure since this was called last, or null. */
char *
dlerror(void)
{
	const char *last = reason;

	reason = NULL;
	return UNCONST(char *, last);
}
