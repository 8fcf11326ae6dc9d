/* SPDX-License-Identifier: BSD-2-Clause */
/* See fake_ports.h. Names are indices into one table. */
#include "fake_ports.h"

#include <mach/mach_port_user.h>
#include <mach/task_user.h>

#include <libmach/mach.h>
#include <libports/ports.h>
#include <servers/bootstrap_user.h>
#include <servers/fs_reply_user.h>
#include <servers/fs_server.h>
#include <servers/io_server.h>
#include <servers/pipe_user.h>
#include <stdlib.h>
#include <string.h>

#include "../../../mig/test/fake_mach.h"

#define FIRST 0x4000U
#define PORTS 16384U

struct port {
	bool alive;
	const struct ports_class *class;
	void *object;
	int server; /* rights */
	int client;
	bool watched;
};

security_token_t fake_sender;
void (*fake_mutate)(mach_msg_header_t *request);

mach_port_t fake_given;
mach_port_t fake_reply_port;
mach_port_t fake_reply_dead;
unsigned fake_lock_replies;
kern_return_t fake_lock_code;

kern_return_t fake_fifo_code;
mach_port_t fake_fifo_file;
int fake_fifo_flags;
bool fake_fifo_keeps;

static struct port ports[PORTS];
static unsigned next;
static int depth;
static void (*died)(mach_port_t name);
static mach_msg_port_descriptor_t carried[8]; /* rights in a request */
static unsigned carried_count;

static struct port *
port_of(mach_port_t name)
{
	return name >= FIRST && name < FIRST + PORTS ? &ports[name - FIRST]
						     : NULL;
}

static mach_port_t
new_port(void)
{
	do
		next = (next + 1) % PORTS;
	while (ports[next].alive || ports[next].server > 0 ||
	       ports[next].client > 0);
	memset(&ports[next], 0, sizeof(ports[next]));
	ports[next].alive = true;
	return FIRST + next;
}

static void
check_senders(struct port *port)
{
	const struct ports_class *class = port->class;

	if (port->client > 0 || port->server > 0 || class == NULL)
		return;
	port->alive = false;
	port->class = NULL;
	class->release(port->object);
}

kern_return_t
ports_create(const struct ports_class *class, void *object, mach_port_t *port)
{
	*port = new_port();
	port_of(*port)->class = class;
	port_of(*port)->object = object;
	return KERN_SUCCESS;
}

kern_return_t
ports_create_right(
    const struct ports_class *class, void *object, mach_port_t *port)
{
	(void)ports_create(class, object, port);
	port_of(*port)->server++;
	return KERN_SUCCESS;
}

mach_port_t
ports_right(mach_port_t port)
{
	port_of(port)->server++;
	return port;
}

void *
ports_lookup(mach_port_t name, const struct ports_class *class)
{
	const struct port *port = port_of(name);

	return port != NULL && port->class == class ? port->object : NULL;
}

void
ports_destroy(mach_port_t name)
{
	port_of(name)->class = NULL;
	port_of(name)->alive = false;
}

mach_port_t
ports_take_reply(void)
{
	return fake_reply_port;
}

kern_return_t
file_lock_reply(mach_port_t reply, kern_return_t code)
{
	if (reply == fake_reply_dead)
		return KERN_INVALID_ARGUMENT;
	fake_lock_replies++;
	fake_lock_code = code;
	return KERN_SUCCESS;
}

kern_return_t
mach_port_type(mach_port_t task, mach_port_name_t name, mach_port_type_t *type)
{
	const struct port *port = port_of(name);
	bool alive = port != NULL ? port->alive : name != fake_reply_dead;

	(void)task;
	*type = alive ? MACH_PORT_TYPE_SEND : MACH_PORT_TYPE_DEAD_NAME;
	return KERN_SUCCESS;
}

void
ports_on_dead_name(void (*function)(mach_port_t name))
{
	died = function;
}

kern_return_t
ports_watch(mach_port_t name)
{
	if (!port_of(name)->alive)
		return KERN_INVALID_ARGUMENT;
	port_of(name)->watched = true;
	return KERN_SUCCESS;
}

security_token_t
ports_sender(void)
{
	return fake_sender;
}

natural_t
ports_sender_groups(void)
{
	return 0;
}

void
ports_serve(const ports_demux_t *demux, unsigned count,
    mach_msg_timeout_t (*poll)(void))
{
	(void)demux;
	(void)count;
	(void)poll;
	abort();
}

kern_return_t
syscall_mach_port_deallocate(mach_port_t task, mach_port_name_t name)
{
	struct port *port = port_of(name);

	(void)task;
	if (port == NULL)
		return KERN_INVALID_NAME;
	if (port->server == 0)
		abort();
	port->server--;
	check_senders(port);
	return KERN_SUCCESS;
}

kern_return_t
mach_port_allocate(
    mach_port_t task, mach_port_right_t right, mach_port_name_t *name)
{
	(void)task;
	(void)right;
	*name = new_port();
	return KERN_SUCCESS;
}

kern_return_t
syscall_mach_port_make_send(mach_port_t task, mach_port_name_t name)
{
	(void)task;
	port_of(name)->server++;
	return KERN_SUCCESS;
}

kern_return_t
task_get_special_port(mach_port_t task, int which, mach_port_t *port)
{
	(void)task;
	(void)which;
	*port = FAKE_PIPE_SERVER + 1;
	return KERN_SUCCESS;
}

kern_return_t
bootstrap_look_up(mach_port_t bootstrap, const char *name, mach_port_t *port)
{
	(void)bootstrap;
	(void)name;
	*port = FAKE_PIPE_SERVER;
	return KERN_SUCCESS;
}

/* What cannot be sent is destroyed. */
kern_return_t
fifo_ticket(mach_port_t server, mach_port_t file, mach_port_t ticket, int flags)
{
	(void)server;
	if (fake_fifo_code != KERN_SUCCESS) {
		port_of(ticket)->alive = false;
		(void)syscall_mach_port_deallocate(0, file);
		return fake_fifo_code;
	}
	port_of(file)->server--;
	port_of(file)->client++;
	if (!fake_fifo_keeps)
		fake_ports_drop(file);
	fake_fifo_file = file;
	fake_fifo_flags = flags;
	return KERN_SUCCESS;
}

kern_return_t
mach_port_get_srights(
    mach_port_t task, mach_port_name_t name, mach_port_rights_t *srights)
{
	const struct port *port = port_of(name);

	(void)task;
	*srights = (mach_port_rights_t)(port->client + port->server);
	return KERN_SUCCESS;
}

kern_return_t
mach_port_mod_refs(mach_port_t task, mach_port_name_t name,
    mach_port_right_t right, mach_port_delta_t delta)
{
	struct port *port = port_of(name);

	(void)task;
	(void)right;
	if (port == NULL || !port->alive)
		return KERN_INVALID_RIGHT;
	port->server += delta;
	return KERN_SUCCESS;
}

kern_return_t
mach_port_get_refs(mach_port_t task, mach_port_name_t name,
    mach_port_right_t right, mach_port_urefs_t *references)
{
	const struct port *port = port_of(name);

	(void)task;
	(void)right;
	*references = port != NULL && port->alive ? (unsigned)port->server : 0;
	return KERN_SUCCESS;
}

mach_port_t
mach_task_self(void)
{
	return 1;
}

uint64_t
clock_get_ns(int clock)
{
	static uint64_t now;

	(void)clock;
	return ++now;
}

mach_port_t
fake_ports_foreign(void)
{
	mach_port_t name = new_port();

	port_of(name)->client = 1;
	return name;
}

void
fake_ports_kill(mach_port_t name)
{
	struct port *port = port_of(name);

	port->alive = false;
	if (!port->watched)
		return;
	port->server++;
	died(name);
}

void
fake_ports_drop(mach_port_t name)
{
	struct port *port = port_of(name);

	if (port == NULL || port->client == 0)
		return;
	port->client--;
	check_senders(port);
}

int
fake_ports_client(mach_port_t name)
{
	const struct port *port = port_of(name);

	return port != NULL ? port->client : 0;
}

int
fake_ports_server(void)
{
	int rights = 0;

	for (unsigned i = 0; i < PORTS; i++)
		rights += ports[i].server;
	return rights;
}

int
fake_ports_objects(void)
{
	int objects = 0;

	for (unsigned i = 0; i < PORTS; i++)
		objects += ports[i].class != NULL;
	return objects;
}

/* The port descriptors of a message; how many. */
static unsigned
rights_of(const mach_msg_header_t *message, mach_msg_port_descriptor_t *list)
{
	const mach_msg_base_t *base = (const void *)message;
	unsigned count;

	if ((message->msgh_bits & MACH_MSGH_BITS_COMPLEX) == 0)
		return 0;
	count = base->body.msgh_descriptor_count;
	if (count > 8)
		abort();
	memcpy(list, base + 1, count * sizeof(*list));
	return count;
}

/* The server itself sends a right to somebody else. */
static mach_msg_header_t *
give(mach_msg_header_t *request)
{
	mach_msg_port_descriptor_t list[8];

	if (rights_of(request, list) > 0) {
		fake_given = list[0].name;
		port_of(fake_given)->server--;
		port_of(fake_given)->client++;
	}
	return request;
}

/* What the kernel does: the server gets rights, whatever the bytes say. */
static mach_msg_header_t *
on_request(mach_msg_header_t *request)
{
	if (depth > 0)
		return give(request);
	carried_count = rights_of(request, carried);
	for (unsigned i = 0; i < carried_count; i++) {
		struct port *port = port_of(carried[i].name);

		if (port != NULL)
			port->server++;
	}
	if (fake_mutate != NULL)
		fake_mutate(request);
	return request;
}

static mach_msg_header_t *
on_reply(mach_msg_header_t *reply)
{
	mach_msg_port_descriptor_t list[8];
	unsigned count = rights_of(reply, list);

	for (unsigned i = 0; i < count; i++) {
		struct port *port = port_of(list[i].name);

		if (port == NULL)
			continue;
		if (port->server == 0)
			abort();
		port->server--;
		port->client++;
	}
	return reply;
}

/* As libports: a routine that failed has not taken what was sent. */
static boolean_t
demux(mach_msg_header_t *request, mach_msg_header_t *reply)
{
	const mig_reply_error_t *error = (const void *)reply;
	boolean_t taken;

	depth++;
	taken = io_server(request, reply) || fs_server(request, reply);
	depth--;
	if (!taken) {
		mig_start_reply(request, reply, request->msgh_remote_port,
		    MACH_MSGH_BITS_REMOTE(request->msgh_bits));
		mig_fail(reply, MIG_BAD_ID);
	}
	if (depth > 0 || (reply->msgh_bits & MACH_MSGH_BITS_COMPLEX) != 0 ||
	    error->RetCode == KERN_SUCCESS || error->RetCode == MIG_NO_REPLY)
		return taken;
	for (unsigned i = 0; i < carried_count; i++)
		(void)syscall_mach_port_deallocate(0, carried[i].name);
	return taken;
}

void
fake_ports_start(void)
{
	fake.demux = demux;
	fake.max_reply = 16384;
	fake.on_request = on_request;
	fake.on_reply = on_reply;
}
