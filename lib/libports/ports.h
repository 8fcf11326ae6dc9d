/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Servers: ports that stand for objects, and the loop that serves them.
 *
 * A server creates ports for its objects (ports_create), hands out send rights
 * (ports_right), and finds the object again when a message arrives
 * (ports_lookup). When the last send right is gone, the class's release
 * function is called once and the port stands for nothing: a few such are kept
 * for the next objects. All ports of a task are in one port set, received by
 * the one thread that calls ports_serve().
 */
#ifndef LIBPORTS_PORTS_H
#define LIBPORTS_PORTS_H

#include <mach/mach_types.h>
#include <mach/mig_errors.h>

#include <stdbool.h>

struct ports_class {
	const char *name;
	/* No send right is left; the port is not the object's any more. */
	void (*release)(void *object);
};

/*
 * A port for object. *port names the receive right; it has no send rights
 * yet: ports_right, or the MAKE_SEND of a message. KERN_RESOURCE_SHORTAGE.
 */
extern kern_return_t ports_create(
    const struct ports_class *class, void *object, mach_port_t *port);

/*
 * The same for a port whose receive right came with a message, and that has
 * senders. It stays the caller's when this fails.
 */
extern kern_return_t ports_adopt(
    const struct ports_class *class, void *object, mach_port_t port);

/* Both at once, which is less work: *port names a send right, too. */
extern kern_return_t ports_create_right(
    const struct ports_class *class, void *object, mach_port_t *port);

/* The same for all who ask bootstrap for the name. */
extern kern_return_t ports_offer(mach_port_t bootstrap, const char *name,
    const struct ports_class *class, void *object);

/* A new send right under the port's name, to be moved into a message. */
extern mach_port_t ports_right(mach_port_t port);

/* The object of a port of that class, or NULL. */
extern void *ports_lookup(mach_port_t port, const struct ports_class *class);

/* Destroy a port without calling release. */
extern void ports_destroy(mach_port_t port);

/*
 * Handle a notification that was received elsewhere than in the loop, and
 * release what it carries. False: it is none.
 */
extern bool ports_notified(mach_msg_header_t *message);

/* Receive on a port that stands for no object (notifications, interrupts). */
extern kern_return_t ports_add(mach_port_t port);

/*
 * Call function with the name when a right that the caller holds has become a
 * dead name; asked for with ports_watch. The name has one reference more then,
 * which is the function's. One function a server.
 */
extern void ports_on_dead_name(void (*function)(mach_port_t name));
extern kern_return_t ports_watch(mach_port_t name);

/*
 * The same for receive rights, each asked for with ports_lend before it goes
 * to somebody else: when he lets it die, or dies, the port does not. The right
 * is the caller's again, by that name, and function is called.
 */
extern void ports_on_return(void (*function)(mach_port_t name));
extern kern_return_t ports_lend(mach_port_t name);

typedef boolean_t (*ports_demux_t)(
    mach_msg_header_t *request, mach_msg_header_t *reply);

/*
 * Serve for ever. Each message goes to the demux functions in turn until one
 * takes it. Before each wait `poll`, if given, is called; it returns how long
 * to wait at most, in ms (0: for ever).
 */
extern _Noreturn void ports_serve(const ports_demux_t *demux, unsigned count,
    mach_msg_timeout_t (*poll)(void));

/* Who sent the message being served: the kernel's word. */
extern security_token_t ports_sender(void);
/* What task_set_groups() set for him; is a group among those that names? */
extern natural_t ports_sender_groups(void);
extern bool ports_groups_have(natural_t groups, uint32_t gid);

/*
 * Keep the reply port of the message being served, to answer later with a
 * *_reply routine; the server function then returns MIG_NO_REPLY.
 */
extern mach_port_t ports_take_reply(void);

#endif
