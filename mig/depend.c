/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Rules for make: outputs, or the targets that -MT and -MQ name, depend on
 * every file that was read. Each of these has a rule of its own without
 * anything, as with -MP, so that one that is gone is no error.
 */
#include <string.h>

#include "mig.h"

/* The files seen so far, to name each once. */
struct files {
	FILE *f;
	const char **names;
	size_t count;
};

/* A name as make reads it. */
static const char *
quoted(const char *name)
{
	char *text = mem_alloc(2 * strlen(name) + 1);
	char *end = text;

	for (; *name != '\0'; name++) {
		if (strchr(" \t#", *name) != NULL)
			*end++ = '\\';
		else if (*name == '$')
			*end++ = '$';
		*end++ = *name;
	}
	*end = '\0';
	return text;
}

/* -MT, or -MQ: then as it is for make, else as it is written. */
void
depend_target(struct targets *targets, const char *name, bool quote)
{
	if (quote)
		name = quoted(name);
	if (targets->text == NULL)
		targets->text = name;
	else
		targets->text = mem_format("%s %s", targets->text, name);
}

static void
add_file(const char *file, void *context)
{
	struct files *files = context;
	const char **names;
	size_t i;

	if (file[0] == '<' || file[0] == '\0' || file[strlen(file) - 1] == '/')
		return;
	for (i = 0; i < files->count; i++)
		if (strcmp(files->names[i], file) == 0)
			return;
	names = mem_alloc((files->count + 1) * sizeof(*names));
	if (files->count > 0)
		memcpy(names, files->names, files->count * sizeof(*names));
	names[files->count++] = file;
	files->names = names;
	fprintf(files->f, " \\\n  %s", quoted(file));
}

/* Write the rules to output `d`, which is no target itself. */
void
depend_write(struct output *d, const struct targets *targets,
    const struct output *outputs, int count)
{
	struct files files = {output_open(d), NULL, 0};
	size_t n;
	int i;

	if (targets->text != NULL)
		fprintf(files.f, "%s ", targets->text);
	else
		for (i = 0; i < count; i++)
			if (output_wanted(&outputs[i]) && &outputs[i] != d)
				fprintf(
				    files.f, "%s ", quoted(outputs[i].path));
	fputc(':', files.f);
	diag_each_file(add_file, &files);
	fputc('\n', files.f);
	for (n = 0; n < files.count; n++)
		fprintf(files.f, "\n%s:\n", quoted(files.names[n]));
}
