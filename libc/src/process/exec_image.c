/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Packing what a new program gets: see exec.h. Whether the file is a program
 * the process server sees; only what it refuses is looked at here.
 */
#include <mach/mach_port_user.h>

#include <errno.h>
#include <fcntl.h>
#include <libmach/mach.h>
#include <limits.h>
#include <servers/io_user.h>
#include <string.h>

#include "direct.h"
#include "exec.h"
#include "large_zeros.h"
#include "lookup.h"
#include "process.h"
#include "record_lock.h"
#include "vm.h"

#define SCRIPTS_MAX 4  /* interpreters that are scripts themselves */
#define NEAR        16 /* ports to look for copies among */

/* The arguments that #! lines put in front, the innermost script first. */
struct exec_script {
	int count;
	char interpreter[SCRIPTS_MAX][IO_PATH_MAX];
	char option[SCRIPTS_MAX][256];
	const char *path; /* of the outermost one */
};

static size_t
round_page(size_t size)
{
	return (size + VM_PAGE - 1) & ~(VM_PAGE - 1);
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

/* The file is no program: its interpreter is to be run instead, if it has one.
 */
static int
take_script(struct exec_image *image, const char *path)
{
	struct exec_script *script = image->script;

	if (script == NULL) {
		script = __vm_pages(round_page(sizeof(*script)));
		if (script == NULL)
			return ENOMEM;
		script->path = path;
		image->script = script;
	}
	if (script->count == SCRIPTS_MAX)
		return ELOOP;
	if (!parse_script(image->file, script->interpreter[script->count],
		script->option[script->count]))
		return ENOEXEC;
	strlcpy(image->path, script->interpreter[script->count],
	    sizeof(image->path));
	script->count++;
	return 0;
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

static size_t
prefix_size(const struct exec_script *script)
{
	size_t size = strlen(script->path) + 1;

	for (int i = 0; i < script->count; i++)
		size += strlen(script->interpreter[i]) +
			strlen(script->option[i]) + 2;
	return size;
}

/* The interpreters, outermost last found and first in the list. */
static char *
put_prefix(char *to, const struct exec_script *script)
{
	int i;

	for (i = script->count - 1; i >= 0; i--) {
		to = put(to, script->interpreter[i]);
		if (script->option[i][0] != '\0')
			to = put(to, script->option[i]);
	}
	return put(to, script->path);
}

static bool
is_passed(const struct descriptor *descriptor)
{
	return descriptor->port != MACH_PORT_NULL &&
	       !(descriptor->flags & O_CLOEXEC);
}

static size_t
count_descriptors(const struct exec_request *request)
{
	size_t count = 0;

	for (int fd = 0; fd < request->descriptors; fd++)
		count += is_passed(&request->table[fd]);
	return count;
}

/*
 * The place of a descriptor's right among the ports. Copies that dup() made,
 * as standard output and error mostly are, share it when they are near.
 */
static size_t
place_port(struct exec_image *image, mach_port_t port)
{
	size_t count = image->port_count;
	size_t first =
	    count > PROC_PORT_FD + NEAR ? count - NEAR : PROC_PORT_FD;

	for (size_t i = first; i < count; i++)
		if (image->ports[i] == port)
			return i;
	image->ports[count] = port;
	image->port_count++;
	return count;
}

static char *
put_descriptors(struct exec_image *image, const struct exec_request *request)
{
	struct startup_fd *to = (struct startup_fd *)(void *)image->given;
	int locks = __record_locks ? DESCRIPTOR_LOCKS : 0;

	image->port_count = PROC_PORT_FD;
	image->ports[PROC_PORT_ROOT] = __process.root;
	image->ports[PROC_PORT_CWD] = __process.cwd;
	for (int fd = 0; fd < request->descriptors; fd++) {
		const struct descriptor *from = &request->table[fd];

		if (!is_passed(from))
			continue;
		__direct_give_up(from->direct);
		*to++ = (struct startup_fd){
		    .fd = fd,
		    .port = (mach_port_name_t)place_port(image, from->port),
		    .flags = from->flags | locks,
		};
	}
	return (char *)to;
}

static int
pack(struct exec_image *image, const struct exec_request *request)
{
	static char *const nothing[] = {NULL};
	char *const *arguments = request->arguments;
	char *const *environment =
	    request->environment != NULL ? request->environment : nothing;
	size_t size = size_of(arguments) + size_of(environment);
	char *start;
	char *to;

	if (size > ARG_MAX)
		return E2BIG;
	size += count_descriptors(request) * sizeof(struct startup_fd);
	if (image->script != NULL)
		size += prefix_size(image->script);
	if (size > sizeof(image->small)) {
		image->memory = round_page(size);
		to = __vm_pages(image->memory);
		if (to == NULL)
			return ENOMEM;
		image->given = to;
	}
	start = to = put_descriptors(image, request);
	if (image->script != NULL) {
		to = put_prefix(to, image->script);
		if (*arguments != NULL)
			arguments++;
	}
	for (; *arguments != NULL; arguments++)
		to = put(to, *arguments);
	image->arguments_size = (size_t)(to - start);
	start = to;
	for (; *environment != NULL; environment++)
		to = put(to, *environment);
	image->environment_size = (size_t)(to - start);
	image->given_size = (size_t)(to - image->given);
	return 0;
}

/*
 * A descriptor whose server had died before a fork is the name of nothing in
 * the child, and such names are in no message. It is sent as a dead right. Was
 * there one?
 */
static bool
mark_dead(struct exec_image *image)
{
	bool found = false;

	for (size_t i = 0; i < image->port_count; i++) {
		mach_port_type_t type;

		if (!MACH_PORT_VALID(image->ports[i]) ||
		    mach_port_type(mach_task_self(), image->ports[i], &type) !=
			KERN_INVALID_NAME)
			continue;
		image->ports[i] = MACH_PORT_DEAD;
		found = true;
	}
	return found;
}

static int
attempt(struct exec_image *image, const struct exec_request *request,
    exec_call_t *call, void *argument)
{
	int error = pack(image, request);

	if (error == 0)
		error = call(image, argument);
	if (error == EIO && mark_dead(image))
		error = call(image, argument);
	if (image->given != image->small)
		__vm_release(image->given, image->memory);
	image->given = image->small;
	return error;
}

static int
run(struct exec_image *image, const struct exec_request *request,
    exec_call_t *call, void *argument)
{
	bool again;
	int error;

	if (strlcpy(image->path, request->path, sizeof(image->path)) >=
	    sizeof(image->path))
		return ENAMETOOLONG;
	image->file = request->file;
	do {
		if (image->file == MACH_PORT_NULL &&
		    __lookup(AT_FDCWD, image->path, O_EXEC, 0, &image->file) !=
			0)
			return errno;
		error = attempt(image, request, call, argument);
		again = error == ENOEXEC;
		if (again)
			error = take_script(image, request->path);
		if (image->file != request->file)
			__port_release(image->file);
		image->file = MACH_PORT_NULL;
	} while (again && error == 0);
	return error;
}

int
__exec_run(
    const struct exec_request *request, exec_call_t *call, void *argument)
{
	static struct exec_image usual LARGE_ZEROS;
	static int taken;
	bool own = __atomic_exchange_n(&taken, 1, __ATOMIC_ACQUIRE) == 0;
	struct exec_image *image =
	    own ? &usual : __vm_pages(round_page(sizeof(*image)));
	int error;

	if (image == NULL)
		return ENOMEM;
	image->script = NULL;
	image->given = image->small;
	error = run(image, request, call, argument);
	if (image->script != NULL)
		__vm_release(image->script, round_page(sizeof(*image->script)));
	if (own)
		__atomic_store_n(&taken, 0, __ATOMIC_RELEASE);
	else
		__vm_release(image, round_page(sizeof(*image)));
	return error;
}
