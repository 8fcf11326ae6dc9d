/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * What mig makes for the kernel, by hand for the host tests.
 */
#ifndef STUBS_MEMORY_OBJECT_CONTROL_SERVER_H
#define STUBS_MEMORY_OBJECT_CONTROL_SERVER_H

#include <mach/mach_types.h>
#include <mach/mig_stub.h>

#include <vm/vm_convert.h>

extern kern_return_t memory_object_get_attributes(
    struct vm_object *memory_control, boolean_t *object_ready,
    boolean_t *may_cache, natural_t *copy_strategy);
extern kern_return_t memory_object_change_attributes(
    struct vm_object *memory_control, boolean_t may_cache,
    natural_t copy_strategy, mach_port_t reply_to);
extern kern_return_t memory_object_ready(struct vm_object *memory_control,
    boolean_t may_cache, natural_t copy_strategy);
extern kern_return_t memory_object_data_supply(struct vm_object *memory_control,
    vm_offset_t offset, vm_offset_t data, mach_msg_type_number_t dataCnt,
    vm_prot_t lock_value, boolean_t precious, mach_port_t reply_to);
extern kern_return_t memory_object_data_error(struct vm_object *memory_control,
    vm_offset_t offset, vm_size_t size, kern_return_t error_value);
extern kern_return_t memory_object_data_unavailable(
    struct vm_object *memory_control, vm_offset_t offset, vm_size_t size);
extern kern_return_t memory_object_lock_request(
    struct vm_object *memory_control, vm_offset_t offset, vm_size_t size,
    natural_t should_return, boolean_t should_flush, vm_prot_t lock_value,
    mach_port_t reply_to);
extern kern_return_t memory_object_destroy(
    struct vm_object *memory_control, kern_return_t reason);

extern const struct mig_subsystem memory_object_control_subsystem;

#endif
