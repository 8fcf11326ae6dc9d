/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Message catalogues, mapped as gencat has written them.
 */
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <locale.h>
#include <machr/catalogue.h>
#include <nl_types.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

#include "word.h"

#define NONE         ((nl_catd)-1)
#define DEFAULT_PATH "/usr/share/nls/%L/%N.cat:/usr/share/nls/%l/%N.cat"

struct catalogue {
	const struct machr_catalogue *file;
	size_t size;
};

/* A template of NLSPATH becomes a path. */
struct expansion {
	const char *name;
	const char *language; /* language[_territory][.codeset] */
	char path[PATH_MAX];
	size_t length;
};

static void
add(struct expansion *to, const char *text, size_t length)
{
	for (; length > 0; length--) {
		if (to->length < sizeof(to->path))
			to->path[to->length] = *text++;
		to->length++;
	}
}

/* The part of the language behind that mark. */
static void
add_part(struct expansion *to, char mark)
{
	const char *part = strchr(to->language, mark);

	if (part != NULL)
		add(to, part + 1, strcspn(part + 1, "_."));
}

static void
add_field(struct expansion *to, char field)
{
	switch (field) {
	case 'N':
		add(to, to->name, strlen(to->name));
		break;
	case 'L':
		add(to, to->language, strlen(to->language));
		break;
	case 'l':
		add(to, to->language, strcspn(to->language, "_."));
		break;
	case 't':
		add_part(to, '_');
		break;
	case 'c':
		add_part(to, '.');
		break;
	default:
		add(to, &field, 1);
		break;
	}
}

/* An empty template is the name. False: the path is too long. */
static bool
expand(struct expansion *to, const char *template, size_t length)
{
	to->length = 0;
	if (length == 0)
		add_field(to, 'N');
	for (size_t i = 0; i < length; i++) {
		if (template[i] == '%' && i + 1 < length)
			add_field(to, template[++i]);
		else
			add(to, &template[i], 1);
	}
	add(to, "", 1);
	return to->length <= sizeof(to->path);
}

/* Map it; NULL: it is no catalogue, or there is none. */
static const struct machr_catalogue *
map(const char *path, size_t *size)
{
	int fd = open(path, O_RDONLY | O_CLOEXEC);
	struct stat status;
	void *file;

	if (fd < 0)
		return NULL;
	file = MAP_FAILED;
	if (fstat(fd, &status) == 0 && S_ISREG(status.st_mode) &&
	    status.st_size > 0) {
		*size = (size_t)status.st_size;
		file = mmap(NULL, *size, PROT_READ, MAP_PRIVATE, fd, 0);
	}
	(void)close(fd);
	if (file == MAP_FAILED)
		return NULL;
	if (machr_catalogue_is_valid(file, *size))
		return file;
	(void)munmap(file, *size);
	return NULL;
}

static const struct machr_catalogue *
find(const char *name, const char *language, size_t *size)
{
	struct expansion expansion = {.name = name, .language = language};
	const struct machr_catalogue *file = NULL;
	const char *path = getenv("NLSPATH");

	if (path == NULL || *path == '\0')
		path = DEFAULT_PATH;
	while (file == NULL) {
		size_t length = strcspn(path, ":");

		if (expand(&expansion, path, length))
			file = map(expansion.path, size);
		if (path[length] == '\0')
			break;
		path += length + 1;
	}
	return file;
}

nl_catd
catopen(const char *name, int flags)
{
	const char *language = flags == NL_CAT_LOCALE
				   ? setlocale(LC_MESSAGES, NULL)
				   : getenv("LANG");
	struct catalogue *catalogue = malloc(sizeof(*catalogue));

	if (catalogue == NULL)
		return NONE;
	catalogue->file = strchr(name, '/') != NULL
			      ? map(name, &catalogue->size)
			      : find(name, language != NULL ? language : "",
				    &catalogue->size);
	if (catalogue->file != NULL)
		return catalogue;
	free(catalogue);
	errno = ENOENT;
	return NONE;
}

static int
compare(const void *key, const void *line)
{
	const struct machr_catalogue_line *a = key;
	const struct machr_catalogue_line *b = line;

	if (a->set != b->set)
		return a->set < b->set ? -1 : 1;
	return a->number < b->number ? -1 : a->number > b->number;
}

char *
catgets(nl_catd opened, int set, int number, const char *text)
{
	const struct catalogue *catalogue = opened;
	struct machr_catalogue_line key = {
	    .set = (uint32_t)set, .number = (uint32_t)number};
	const struct machr_catalogue_line *line;

	if (opened == NONE) {
		errno = EBADF;
		return UNCONST(char *, text);
	}
	line = bsearch(&key, catalogue->file->lines, catalogue->file->count,
	    sizeof(key), compare);
	if (line != NULL)
		return UNCONST(char *,
		    &machr_catalogue_texts(catalogue->file)[line->text]);
	errno = ENOMSG;
	return UNCONST(char *, text);
}

int
catclose(nl_catd opened)
{
	struct catalogue *catalogue = opened;

	if (opened == NONE) {
		errno = EBADF;
		return -1;
	}
	(void)munmap(UNCONST(void *, catalogue->file), catalogue->size);
	free(catalogue);
	return 0;
}
