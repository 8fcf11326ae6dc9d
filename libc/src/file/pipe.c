/* SPDX-License-Identifier: BSD-2-Clause */
/* Pipes come from the pipe server, which the name service knows. */

#include <mach/message.h>

#include <errno.h>
#include <fcntl.h>
#include <libmach/mach.h>
#include <servers/pipe_user.h>
#include <unistd.h>

#include "descriptor.h"
#include "process.h"
#include "service.h"

/* The server is asked for once; again if it has died. */
static kern_return_t
create(int flags, mach_port_t *reader, mach_port_t *writer)
{
	static mach_port_t server;
	kern_return_t code;

	if (server != MACH_PORT_NULL) {
		code = pipe_create(server, flags, reader, writer);
		if (code != MACH_SEND_INVALID_DEST)
			return code;
		__port_release(server);
		server = MACH_PORT_NULL;
	}
	code = __service("pipe", &server);
	if (code != KERN_SUCCESS)
		return code;
	return pipe_create(server, flags, reader, writer);
}

int
pipe2(int ends[2], int flags)
{
	mach_port_t ports[2] = {MACH_PORT_NULL, MACH_PORT_NULL};
	int kept = flags & O_CLOEXEC;

	if (flags & ~(O_CLOEXEC | O_NONBLOCK)) {
		errno = EINVAL;
		return -1;
	}
	if (__result(create(flags & O_NONBLOCK, &ports[0], &ports[1])) != 0)
		return -1;
	ends[0] = __descriptor_add(ports[0], O_RDONLY | kept, 0);
	if (ends[0] < 0) {
		__port_release(ports[0]);
		__port_release(ports[1]);
		return -1;
	}
	ends[1] = __descriptor_add(ports[1], O_WRONLY | kept, 0);
	if (ends[1] < 0) {
		close(ends[0]);
		__port_release(ports[1]);
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
