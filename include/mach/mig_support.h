/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * What generated stubs call: libmach in user space, ipc_mig.c in the kernel.
 */
#ifndef MACH_MIG_SUPPORT_H
#define MACH_MIG_SUPPORT_H

#include <mach/mig_errors.h>

/* The calling thread's reply port; made on first use. */
extern mach_port_t mig_get_reply_port(void);

/* The reply port is useless now (an RPC was cut short): drop it. */
extern void mig_dealloc_reply_port(mach_port_t reply_port);

/* The RPC is over and the reply port may be used again. */
extern void mig_put_reply_port(mach_port_t reply_port);

/* Copy at most len - 1 bytes and a NUL; returns the length with the NUL. */
extern mach_msg_size_t mig_strncpy(
    char *dest, const char *src, mach_msg_size_t len);

/* Memory for out-of-line data. */
extern void mig_allocate(vm_address_t *address, vm_size_t size);
extern void mig_deallocate(vm_address_t address, vm_size_t size);

/* Room for a message that is too large for the stack, or NULL. */
extern char *mig_user_allocate(vm_size_t size);
extern void mig_user_deallocate(char *data, vm_size_t size);

/* Release every right and all memory a received message carries. */
extern void mach_msg_destroy(mach_msg_header_t *msg);

/*
 * Release a right a request carried: the implementation got an object its port
 * was translated to, so the right is the stub's.
 */
extern void mig_release_right(
    mach_port_t name, mach_msg_type_name_t disposition);

/* Kernel user stubs: send to a user's port; never block on its queue. */
extern mach_msg_return_t mach_msg_send_from_kernel(
    mach_msg_header_t *msg, mach_msg_size_t send_size);

/* Kernel user stubs: send, and block for the reply. */
extern mach_msg_return_t mach_msg_rpc_from_kernel(mach_msg_header_t *msg,
    mach_msg_size_t send_size, mach_msg_size_t rcv_size);

#endif
