/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * For the stubs of vm/: from port handles to objects, with a reference that
 * the stub releases; NULL for anything else.
 */
#ifndef VM_VM_CONVERT_H
#define VM_VM_CONVERT_H

#include <vm/vm_object.h>

extern struct vm_object *convert_port_to_memory_object(mach_port_t handle);

#endif
