/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * What the translated types of types.defs are in the server.
 */
#ifndef MIG_TEST_SERVER_ONLY_H
#define MIG_TEST_SERVER_ONLY_H

#include <mach/types.h>

struct object {
	mach_port_t port;
	int references;
};
struct object *object_of_port(mach_port_t port);
mach_port_t port_of_object(struct object *object);
void object_release(struct object *object);
double celsius_of_int(int value);
int int_of_celsius(double value);
void counted_done(uint32_t value);

#endif
