/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Any descriptor of a message, where those of memory are other than Mach_R's
 * own; the header that includes this has them.
 */
#ifndef MIG_TEST_OTHER_DESCRIPTOR_H
#define MIG_TEST_OTHER_DESCRIPTOR_H

typedef union {
	mach_msg_port_descriptor_t port;
	mach_msg_ool_descriptor_t out_of_line;
	mach_msg_ool_ports_descriptor_t ool_ports;
	mach_msg_type_descriptor_t type;
} mach_msg_descriptor_t;

#endif
