/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * The routines of mach/defs/mach_port.defs, for callers inside the kernel; the
 * interface file says what they do. A space of NULL, or one that is
 * being destroyed, is KERN_INVALID_TASK. None of them block.
 */
#ifndef IPC_MACH_PORT_H
#define IPC_MACH_PORT_H

#include <mach/mach_types.h>

struct ipc_space;

/* mach_port.c */
extern kern_return_t mach_port_rename(struct ipc_space *space,
    mach_port_name_t old_name, mach_port_name_t new_name);
extern kern_return_t mach_port_allocate_name(
    struct ipc_space *space, mach_port_right_t right, mach_port_name_t name);
extern kern_return_t mach_port_allocate(
    struct ipc_space *space, mach_port_right_t right, mach_port_name_t *name);
extern kern_return_t mach_port_destroy(
    struct ipc_space *space, mach_port_name_t name);
extern kern_return_t mach_port_deallocate(
    struct ipc_space *space, mach_port_name_t name);
extern kern_return_t mach_port_mod_refs(struct ipc_space *space,
    mach_port_name_t name, mach_port_right_t right, mach_port_delta_t delta);
extern kern_return_t mach_port_set_qlimit(struct ipc_space *space,
    mach_port_name_t name, mach_port_msgcount_t qlimit);
extern kern_return_t mach_port_set_mscount(struct ipc_space *space,
    mach_port_name_t name, mach_port_mscount_t mscount);
extern kern_return_t mach_port_set_seqno(
    struct ipc_space *space, mach_port_name_t name, mach_port_seqno_t seqno);
extern kern_return_t mach_port_move_member(
    struct ipc_space *space, mach_port_name_t member, mach_port_name_t after);
extern kern_return_t mach_port_request_notification(struct ipc_space *space,
    mach_port_name_t name, mach_msg_id_t id, mach_port_mscount_t sync,
    mach_port_t notify, mach_port_t *previous);
extern kern_return_t mach_port_insert_right(struct ipc_space *space,
    mach_port_name_t name, mach_port_t poly, mach_msg_type_name_t type);
extern kern_return_t mach_port_extract_right(struct ipc_space *space,
    mach_port_name_t name, mach_msg_type_name_t disposition, mach_port_t *poly,
    mach_msg_type_name_t *type);

extern kern_return_t mach_port_insert_member(
    struct ipc_space *space, mach_port_name_t name, mach_port_name_t pset);
extern kern_return_t mach_port_extract_member(
    struct ipc_space *space, mach_port_name_t name, mach_port_name_t pset);

/* mach_port_options.c */
extern kern_return_t mach_port_get_context(
    struct ipc_space *space, mach_port_name_t name, uint64_t *context);
extern kern_return_t mach_port_set_context(
    struct ipc_space *space, mach_port_name_t name, uint64_t context);
extern kern_return_t mach_port_construct(struct ipc_space *space,
    mach_port_options_t options, uint64_t context, mach_port_name_t *name);
extern kern_return_t mach_port_destruct(struct ipc_space *space,
    mach_port_name_t name, mach_port_delta_t srdelta, uint64_t guard);
extern kern_return_t mach_port_guard(struct ipc_space *space,
    mach_port_name_t name, uint64_t guard, boolean_t strict);
extern kern_return_t mach_port_unguard(
    struct ipc_space *space, mach_port_name_t name, uint64_t guard);

/* mach_port_info.c */
extern kern_return_t mach_port_get_attributes(struct ipc_space *space,
    mach_port_name_t name, int flavor, integer_t *info,
    mach_msg_type_number_t *count);
extern kern_return_t mach_port_set_attributes(struct ipc_space *space,
    mach_port_name_t name, int flavor, const integer_t *info,
    mach_msg_type_number_t count);
extern kern_return_t mach_port_space_info(struct ipc_space *space,
    ipc_info_space_t *info, ipc_info_name_array_t *table,
    mach_msg_type_number_t *count);
extern kern_return_t mach_port_dnrequest_info(struct ipc_space *space,
    mach_port_name_t name, natural_t *total, natural_t *used);
extern kern_return_t mach_port_kernel_object(struct ipc_space *space,
    mach_port_name_t name, natural_t *type, natural_t *object);

/* mach_port_peek.c */
extern kern_return_t mach_port_peek(struct ipc_space *space,
    mach_port_name_t name, natural_t trailer_type, mach_port_seqno_t *seqno,
    mach_msg_size_t *size, mach_msg_id_t *id, char *info,
    mach_msg_type_number_t *count);
extern kern_return_t mach_port_space_basic_info(
    struct ipc_space *space, ipc_info_space_basic_t *info);
extern kern_return_t mach_port_allocate_full(struct ipc_space *space,
    mach_port_right_t right, mach_port_t proto, mach_port_qos_t *qos,
    mach_port_name_t *name);
extern kern_return_t mach_port_allocate_qos(struct ipc_space *space,
    mach_port_right_t right, mach_port_qos_t *qos, mach_port_name_t *name);

/* mach_port_status.c */
extern kern_return_t mach_port_get_srights(struct ipc_space *space,
    mach_port_name_t name, mach_port_rights_t *srights);
extern kern_return_t mach_port_names(struct ipc_space *space,
    mach_port_name_array_t *names, mach_msg_type_number_t *names_count,
    mach_port_type_array_t *types, mach_msg_type_number_t *types_count);
extern kern_return_t mach_port_type(
    struct ipc_space *space, mach_port_name_t name, mach_port_type_t *type);
extern kern_return_t mach_port_get_refs(struct ipc_space *space,
    mach_port_name_t name, mach_port_right_t right, mach_port_urefs_t *refs);
extern kern_return_t mach_port_get_set_status(struct ipc_space *space,
    mach_port_name_t name, mach_port_name_array_t *members,
    mach_msg_type_number_t *count);
extern kern_return_t mach_port_get_receive_status(
    struct ipc_space *space, mach_port_name_t name, mach_port_status_t *status);

#endif
