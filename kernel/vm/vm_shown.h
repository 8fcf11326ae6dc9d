/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Pages of the kernel's that programs may map.
 */
#ifndef VM_VM_SHOWN_H
#define VM_VM_SHOWN_H

#include <ipc/ipc_kobject.h>
#include <stdbool.h>

struct vm_map_request;
struct vm_object;

/* A zeroed page, and the port to map it by. NULL: no memory. */
extern void *vm_shown_create(struct ipc_port **port);

/*
 * The object behind such a port for a request, with a reference.
 * KERN_PROTECTION_FAILURE: for more than reading, unless it is a copy.
 * KERN_INVALID_ARGUMENT: it is not so big.
 */
extern kern_return_t vm_shown_enter(
    struct vm_object *object, struct vm_map_request *request, bool copy);

#endif
