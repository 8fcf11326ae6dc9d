/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * What mig makes for the kernel, by hand for the host tests.
 */
#ifndef STUBS_VM_MAP_SERVER_H
#define STUBS_VM_MAP_SERVER_H

#include <mach/mach_types.h>
#include <mach/mig_stub.h>

#include <kern/convert.h>

extern kern_return_t vm_region(struct vm_map *target_task,
    vm_address_t *address, vm_size_t *size, vm_prot_t *protection,
    vm_prot_t *max_protection, vm_inherit_t *inheritance, boolean_t *is_shared,
    mach_port_t *object_name, vm_offset_t *offset);
extern kern_return_t vm_allocate(struct vm_map *target_task,
    vm_address_t *address, vm_size_t size, boolean_t anywhere);
extern kern_return_t vm_deallocate(
    struct vm_map *target_task, vm_address_t address, vm_size_t size);
extern kern_return_t vm_protect(struct vm_map *target_task,
    vm_address_t address, vm_size_t size, boolean_t set_maximum,
    vm_prot_t new_protection);
extern kern_return_t vm_inherit(struct vm_map *target_task,
    vm_address_t address, vm_size_t size, vm_inherit_t new_inheritance);
extern kern_return_t vm_read(struct vm_map *target_task, vm_address_t address,
    vm_size_t size, vm_offset_t *data, mach_msg_type_number_t *dataCnt);
extern kern_return_t vm_write(struct vm_map *target_task, vm_address_t address,
    vm_offset_t data, mach_msg_type_number_t dataCnt);
extern kern_return_t vm_copy(struct vm_map *target_task,
    vm_address_t source_address, vm_size_t size, vm_address_t dest_address);
extern kern_return_t vm_msync(struct vm_map *target_task, vm_address_t address,
    vm_size_t size, vm_sync_t sync_flags);
extern kern_return_t vm_map(struct vm_map *target_task, vm_address_t *address,
    vm_size_t size, vm_address_t mask, boolean_t anywhere,
    mach_port_t memory_object, vm_offset_t offset, boolean_t copy,
    vm_prot_t cur_protection, vm_prot_t max_protection,
    vm_inherit_t inheritance);
extern kern_return_t vm_machine_attribute(struct vm_map *target_task,
    vm_address_t address, vm_size_t size, vm_machine_attribute_t attribute,
    vm_machine_attribute_val_t *value);
extern kern_return_t vm_remap(struct vm_map *target_task, vm_address_t *address,
    vm_size_t size, vm_address_t mask, boolean_t anywhere,
    struct vm_map *src_task, vm_address_t src_address, boolean_t copy,
    vm_prot_t *cur_protection, vm_prot_t *max_protection,
    vm_inherit_t inheritance);
extern kern_return_t vm_wire(struct host *host_priv, struct vm_map *task,
    vm_address_t address, vm_size_t size, vm_prot_t wire_access);

extern kern_return_t mach_make_memory_entry(struct vm_map *target_task,
    vm_size_t *size, vm_offset_t offset, vm_prot_t permission,
    mach_port_t *object_handle, mach_port_t parent_entry);

extern const struct mig_subsystem vm_map_subsystem;

#endif
