/* SPDX-License-Identifier: BSD-2-Clause */
/* Packing what a new program gets: see exec.h. */
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <servers/io_user.h>
#include <string.h>
#include <sys/stat.h>

#include "direct.h"
#include "exec.h"
#include "lookup.h"
#include "process.h"
#include "record_lock.h"
#include "vm.h"

#define SCRIPTS_MAX 4 /* interpreters that are scripts themselves */

/* The arguments that #! lines put in front, the innermost script first. */
struct prefix {
	int count;
	char interpreter[SCRIPTS_MAX][IO_PATH_MAX];
	char option[SCRIPTS_MAX][256];
	char script[IO_PATH_MAX]; /* path of the outermost one */
};

/* Open the file and see that it may be run. */
static int
open_program(const char *path, mach_port_t *file)
{
	struct io_stat status;
	int error = 0;

	if (__lookup(AT_FDCWD, path, O_EXEC, 0, file) != 0)
		return errno;
	if (io_stat(*file, &status) != KERN_SUCCESS)
		error = EIO;
	else if (!S_ISREG((mode_t)status.mode) || (status.mode & 0111) == 0)
		error = EACCES;
	if (error != 0)
		__port_release(*file);
	return error;
}

/*
 * Take "#! interpreter [option]" apart. Returns false if the file does not
 * start so.
 */
static bool
parse_script(mach_port_t file, char *interpreter, char *option)
{
	char line[256];
	mach_msg_type_number_t size = sizeof(line);
	char *at;
	char *end;

	if (io_read(file, 0, line, &size) != KERN_SUCCESS || size < 3 ||
	    line[0] != '#' || line[1] != '!')
		return false;
	line[size < 256 ? size : 255] = '\0';
	line[strcspn(line, "\n")] = '\0';
	at = line + 2 + strspn(line + 2, " \t");
	end = at + strcspn(at, " \t");
	if (end == at)
		return false;
	memcpy(interpreter, at, (size_t)(end - at));
	interpreter[end - at] = '\0';
	at = end + strspn(end, " \t");
	end = at + strlen(at);
	while (end > at && (end[-1] == ' ' || end[-1] == '\t'))
		end--;
	memcpy(option, at, (size_t)(end - at));
	option[end - at] = '\0';
	return true;
}

static int
resolve(struct exec_image *image, const char *path, struct prefix *prefix)
{
	int error;

	prefix->count = 0;
	if (strlcpy(image->path, path, sizeof(image->path)) >=
	    sizeof(image->path))
		return ENAMETOOLONG;
	strlcpy(prefix->script, path, sizeof(prefix->script));
	for (;;) {
		int at = prefix->count;

		error = open_program(image->path, &image->file);
		if (error != 0)
			return error;
		if (at == SCRIPTS_MAX) {
			__port_release(image->file);
			return ELOOP;
		}
		if (!parse_script(image->file, prefix->interpreter[at],
			prefix->option[at]))
			return 0;
		__port_release(image->file);
		strlcpy(
		    image->path, prefix->interpreter[at], sizeof(image->path));
		prefix->count++;
	}
}

static size_t
size_of(char *const strings[])
{
	size_t size = 0;

	for (; *strings != NULL; strings++)
		size += strlen(*strings) + 1;
	return size;
}

static char *
put(char *to, const char *string)
{
	size_t size = strlen(string) + 1;

	memcpy(to, string, size);
	return to + size;
}

/* The interpreters, outermost last found and first in the list. */
static char *
put_prefix(char *to, const struct prefix *prefix)
{
	int i;

	for (i = prefix->count - 1; i >= 0; i--) {
		to = put(to, prefix->interpreter[i]);
		if (prefix->option[i][0] != '\0')
			to = put(to, prefix->option[i]);
	}
	return put(to, prefix->script);
}

static int
pack(struct exec_image *image, const struct prefix *prefix,
    char *const arguments[], char *const environment[])
{
	size_t size = size_of(arguments) + size_of(environment);
	char *to;
	int i;

	if (size > ARG_MAX)
		return E2BIG;
	size += sizeof(prefix->script);
	for (i = 0; i < prefix->count; i++)
		size += strlen(prefix->interpreter[i]) +
			strlen(prefix->option[i]) + 2;
	image->memory = (size + VM_PAGE - 1) & ~(VM_PAGE - 1);
	image->strings = __vm_pages(image->memory);
	if (image->strings == NULL)
		return ENOMEM;
	to = image->strings;
	if (prefix->count > 0) {
		to = put_prefix(to, prefix);
		if (*arguments != NULL)
			arguments++;
	}
	for (; *arguments != NULL; arguments++)
		to = put(to, *arguments);
	image->arguments_size = (size_t)(to - image->strings);
	for (; *environment != NULL; environment++)
		to = put(to, *environment);
	image->environment_size =
	    (size_t)(to - image->strings) - image->arguments_size;
	return 0;
}

int
__exec_prepare(struct exec_image *image, const char *path,
    char *const arguments[], char *const environment[])
{
	static char *const nothing[] = {NULL};
	struct prefix prefix;
	int error = resolve(image, path, &prefix);

	if (error != 0)
		return error;
	error = pack(image, &prefix, arguments,
	    environment != NULL ? environment : nothing);
	if (error != 0)
		__port_release(image->file);
	return error;
}

void
__exec_descriptors(
    struct exec_image *image, const struct descriptor *table, int count)
{
	size_t port = PROC_PORT_FD;
	int locks = __record_locks ? DESCRIPTOR_LOCKS : 0;
	int fd;

	image->ports[PROC_PORT_ROOT] = __process.root;
	image->ports[PROC_PORT_CWD] = __process.cwd;
	image->descriptors = 0;
	for (fd = 0; fd < count; fd++) {
		if (table[fd].port == MACH_PORT_NULL ||
		    (table[fd].flags & O_CLOEXEC))
			continue;
		__direct_give_up(table[fd].direct);
		image->table[image->descriptors++] = (struct startup_fd){
		    .fd = fd,
		    .port = (mach_port_name_t)port,
		    .flags = table[fd].flags | locks,
		};
		image->ports[port++] = table[fd].port;
	}
	image->port_count = port;
}

void
__exec_release(struct exec_image *image)
{
	__vm_release(image->strings, image->memory);
	__port_release(image->file);
}
