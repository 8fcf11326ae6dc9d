/* SPDX-License-Identifier: BSD-2-Clause */
/* Memory entries, for vm_map. */
#ifndef VM_VM_MEMORY_ENTRY_H
#define VM_VM_MEMORY_ENTRY_H

#include <vm/vm_map.h>

struct ipc_port;

extern void vm_memory_entry_init(void);

/*
 * A port of that kind in a request to map: object (with a reference), offset
 * and protection as it has them. KERN_INVALID_ARGUMENT: it has not so much, or
 * a copy is wanted; KERN_PROTECTION_FAILURE.
 */
extern kern_return_t vm_memory_entry_object(
    struct ipc_port *port, struct vm_map_request *request, bool copy);

#endif
