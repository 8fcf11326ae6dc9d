/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * cd and pwd. PWD is the logical name of the directory: `..` in it goes
 * back over a symbolic link, unless -P asks for the real one.
 */
#include <errno.h>
#include <limits.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "builtin.h"

#ifndef PATH_MAX
#define PATH_MAX 4096
#endif

static char *
physical(void)
{
	char *buffer = arena_alloc(sh.tmp, PATH_MAX);

	return getcwd(buffer, PATH_MAX);
}

/* `path` is absolute and names this directory. */
static bool
names_here(const char *path)
{
	struct stat there;
	struct stat here;

	return path != NULL && *path == '/' && strstr(path, "/./") == NULL &&
	       strstr(path, "/../") == NULL && stat(path, &there) == 0 &&
	       stat(".", &here) == 0 && there.st_dev == here.st_dev &&
	       there.st_ino == here.st_ino;
}

void
pwd_init(void)
{
	const char *path = var_get("PWD");

	if (!names_here(path))
		path = physical();
	if (path != NULL)
		var_set("PWD", path, 0);
}

/* `path` made absolute, without `.`, `..` and double slashes. */
static char *
logical(const char *path)
{
	const char *pwd = var_get("PWD");
	struct strbuf sb;

	strbuf_init(&sb, sh.tmp);
	if (*path != '/' && pwd != NULL && strcmp(pwd, "/") != 0)
		strbuf_string(&sb, pwd);
	while (*path != '\0') {
		size_t length = strcspn(path, "/");

		if (length == 2 && memcmp(path, "..", 2) == 0) {
			char *slash = strrchr(strbuf_text(&sb), '/');

			if (slash != NULL) {
				*slash = '\0';
				sb.length = (size_t)(slash - sb.text);
			}
		} else if (length > 1 || (length == 1 && *path != '.')) {
			strbuf_add(&sb, '/');
			strbuf_append(&sb, path, length);
		}
		path += length;
		path += strspn(path, "/");
	}
	if (sb.length == 0)
		strbuf_add(&sb, '/');
	return strbuf_text(&sb);
}

/* Go to `path`; the new PWD, or NULL with errno. */
static char *
change(const char *path, bool real)
{
	char *target;

	if (real || var_get("PWD") == NULL)
		return chdir(path) == 0 ? physical() : NULL;
	target = logical(path);
	if (chdir(target) != 0 && chdir(path) != 0)
		return NULL;
	return target;
}

/* Try CDPATH's directories. *print when one that is not empty was used. */
static char *
change_along(const char *path, bool real, bool *print)
{
	const char *dirs = var_get("CDPATH");

	if (dirs == NULL || *path == '/' || strncmp(path, "./", 2) == 0 ||
	    strncmp(path, "../", 3) == 0 || strcmp(path, ".") == 0 ||
	    strcmp(path, "..") == 0)
		return change(path, real);
	while (*dirs != '\0') {
		size_t length = strcspn(dirs, ":");
		char *dir = arena_copy(sh.tmp, dirs, length);
		char *joined = xpath(length > 0 ? dir : ".", path);
		char *target = change(joined, real);

		free(joined);
		if (target != NULL) {
			*print |= length > 0;
			return target;
		}
		dirs += length;
		dirs += *dirs == ':';
	}
	return change(path, real);
}

int
builtin_cd(int argc, char **argv)
{
	const char *path;
	const char *old = var_get("PWD");
	char *target;
	bool real = false;
	bool print = false;
	int i;

	for (i = 1; i < argc && argv[i][0] == '-' && argv[i][1] != '\0'; i++) {
		if (strcmp(argv[i], "-P") == 0 || strcmp(argv[i], "-L") == 0)
			real = argv[i][1] == 'P';
		else if (strcmp(argv[i], "--") != 0)
			return builtin_fail(argv[0], "%s: bad option", argv[i]);
	}
	path = i < argc ? argv[i] : var_get("HOME");
	if (path == NULL)
		return builtin_fail(argv[0], "HOME not set");
	if (strcmp(path, "-") == 0) {
		path = var_get("OLDPWD");
		if (path == NULL)
			return builtin_fail(argv[0], "OLDPWD not set");
		print = true;
	}
	if (old != NULL)
		old = arena_copy(sh.tmp, old, strlen(old));
	target = change_along(path, real, &print);
	if (target == NULL)
		return builtin_fail(argv[0], "%s: %s", path, strerror(errno));
	if (old != NULL)
		var_set("OLDPWD", old, VAR_EXPORT);
	var_set("PWD", target, VAR_EXPORT);
	if (print)
		puts(target);
	return 0;
}

int
builtin_pwd(int argc, char **argv)
{
	const char *path = NULL;

	if (argc < 2 || strcmp(argv[1], "-P") != 0)
		path = var_get("PWD");
	if (!names_here(path))
		path = physical();
	if (path == NULL) {
		builtin_fail(argv[0], "%s", strerror(errno));
		return 1;
	}
	puts(path);
	return 0;
}
