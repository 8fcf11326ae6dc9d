/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Output files: written to memory while anything can still go wrong, then to
 * temporary files beside their targets, and renamed when all are complete. What
 * a symbolic link leads to is the target; what is there and is no file, a
 * terminal or a pipe, is written to as it is, last.
 */
#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "mig.h"

bool
output_wanted(const struct output *output)
{
	return output->path != NULL && strcmp(output->path, "/dev/null") != 0;
}

/* The stream to print a wanted output to. */
FILE *
output_open(struct output *output)
{
	output->stream = open_memstream(&output->text, &output->length);
	if (output->stream == NULL)
		fatal("%s: %s", output->path, strerror(errno));
	return output->stream;
}

static bool
write_to(const struct output *output, const char *path)
{
	FILE *f = fopen(path, "w");
	bool fine;

	if (f == NULL)
		return false;
	fine = fwrite(output->text, 1, output->length, f) == output->length;
	return fclose(f) == 0 && fine;
}

static bool
write_temporary(struct output *output)
{
	struct stat st;
	char *target;

	if (stat(output->path, &st) == 0) {
		if (S_ISDIR(st.st_mode)) {
			errno = EISDIR;
			return false;
		}
		if (!S_ISREG(st.st_mode))
			return true;
		target = realpath(output->path, NULL);
		if (target == NULL)
			return false;
		output->target = mem_format("%s", target);
		free(target);
	} else {
		output->target = output->path;
	}
	output->temporary =
	    mem_format("%s.%ld.tmp", output->target, (long)getpid());
	return write_to(output, output->temporary);
}

static bool
put_in_place(const struct output *output)
{
	if (output->temporary == NULL)
		return write_to(output, output->path);
	return rename(output->temporary, output->target) == 0;
}

/* Remove what was written, say why, and end. */
static void __attribute__((noreturn))
give_up(struct output *outputs, int count, const char *path, int error)
{
	int i;

	for (i = 0; i < count; i++)
		if (outputs[i].temporary != NULL)
			unlink(outputs[i].temporary);
	fatal("%s: %s", path, strerror(error));
}

/* Write all wanted outputs; does not return on failure. */
void
output_commit(struct output *outputs, int count)
{
	int i;

	for (i = 0; i < count; i++) {
		if (outputs[i].stream == NULL)
			continue;
		if (fclose(outputs[i].stream) != 0 ||
		    !write_temporary(&outputs[i]))
			give_up(outputs, count, outputs[i].path, errno);
	}
	for (i = 0; i < count; i++) {
		if (outputs[i].stream == NULL)
			continue;
		if (!put_in_place(&outputs[i]))
			give_up(outputs, count, outputs[i].path, errno);
		outputs[i].temporary = NULL;
		free(outputs[i].text);
		outputs[i].stream = NULL;
	}
}
