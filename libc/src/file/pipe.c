/* SPDX-License-Identifier: BSD-2-Clause */
/* Pipes come from the pipe server, which the name service knows. */

#include <mach/message.h>

#include <errno.h>
#include <fcntl.h>
#include <libmach/mach.h>
#include <servers/pipe_user.h>
#include <time.h>
#include <unistd.h>

#include "descriptor.h"
#include "process.h"
#include "service.h"

#define PATIENCE_MS 2000 /* for a server that has died to be there again */
#define STEP_MS     10

/* Who has had its port knows that there is one, or will be. EIO: there is none.
 */
static kern_return_t
find(mach_port_t *server, bool patient)
{
	const struct timespec step = {0, STEP_MS * 1000000L};
	int left = patient ? PATIENCE_MS : 0;

	while (__service("pipe", server) != KERN_SUCCESS) {
		*server = MACH_PORT_NULL;
		if (left <= 0)
			return SERVER_ERROR(EIO);
		left -= STEP_MS;
		(void)nanosleep(&step, NULL);
	}
	return KERN_SUCCESS;
}

kern_return_t
__pipe_service(
    kern_return_t (*call)(mach_port_t server, void *argument), void *argument)
{
	static mach_port_t server;
	bool had = server != MACH_PORT_NULL;
	kern_return_t code;

	if (had) {
		code = call(server, argument);
		if (code != MACH_SEND_INVALID_DEST)
			return code;
		__port_release(server);
		server = MACH_PORT_NULL;
	}
	code = find(&server, had);
	return code == KERN_SUCCESS ? call(server, argument) : code;
}

struct creation {
	int flags;
	mach_port_t reader, writer;
};

static kern_return_t
create(mach_port_t server, void *argument)
{
	struct creation *creation = argument;

	return pipe_create(
	    server, creation->flags, &creation->reader, &creation->writer);
}

int
pipe2(int ends[2], int flags)
{
	struct creation pipe = {.flags = flags & O_NONBLOCK};
	int kept = flags & O_CLOEXEC;

	if (flags & ~(O_CLOEXEC | O_NONBLOCK)) {
		errno = EINVAL;
		return -1;
	}
	if (__result(__pipe_service(create, &pipe)) != 0)
		return -1;
	ends[0] = __descriptor_add(pipe.reader, O_RDONLY | kept, 0);
	if (ends[0] < 0) {
		__port_release(pipe.reader);
		__port_release(pipe.writer);
		return -1;
	}
	ends[1] = __descriptor_add(pipe.writer, O_WRONLY | kept, 0);
	if (ends[1] < 0) {
		close(ends[0]);
		__port_release(pipe.writer);
		errno = EMFILE;
		return -1;
	}
	return 0;
}

int
pipe(int ends[2])
{
	return pipe2(ends, 0);
}
