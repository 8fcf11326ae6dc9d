/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * What mig makes for the kernel, by hand for the host tests.
 */
#ifndef STUBS_MEMORY_OBJECT_USER_H
#define STUBS_MEMORY_OBJECT_USER_H

#include <mach/mach_types.h>

extern kern_return_t memory_object_init(mach_port_t memory_object,
    mach_port_t memory_control, mach_port_t memory_object_name,
    vm_size_t memory_object_page_size);
extern kern_return_t memory_object_terminate(mach_port_t memory_object);
extern kern_return_t memory_object_data_request(mach_port_t memory_object,
    mach_port_t memory_control, vm_offset_t offset, vm_size_t length,
    vm_prot_t desired_access);
extern kern_return_t memory_object_data_unlock(mach_port_t memory_object,
    mach_port_t memory_control, vm_offset_t offset, vm_size_t length,
    vm_prot_t desired_access);
extern kern_return_t memory_object_lock_completed(mach_port_t memory_object,
    mach_port_t memory_control, vm_offset_t offset, vm_size_t length);
extern kern_return_t memory_object_supply_completed(mach_port_t memory_object,
    mach_port_t memory_control, vm_offset_t offset, vm_size_t length,
    kern_return_t result, vm_offset_t error_offset);
extern kern_return_t memory_object_data_return(mach_port_t memory_object,
    mach_port_t memory_control, vm_offset_t offset, vm_offset_t data,
    mach_msg_type_number_t dataCnt, boolean_t dirty, boolean_t kernel_copy);
extern kern_return_t memory_object_change_completed(
    mach_port_t memory_object, boolean_t may_cache, natural_t copy_strategy);

#endif
