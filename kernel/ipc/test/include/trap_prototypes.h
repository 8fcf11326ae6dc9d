/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * The traps of ipc/, as scripts/mktraps declares them for the kernel.
 */
#ifndef IPC_TEST_TRAP_PROTOTYPES_H
#define IPC_TEST_TRAP_PROTOTYPES_H

#include <stdint.h>

extern uint64_t trap_mach_msg_trap(
    uint64_t, uint64_t, uint64_t, uint64_t, uint64_t, uint64_t, uint64_t);
extern uint64_t trap_mach_reply_port(void);
extern uint64_t trap_syscall_mach_port_allocate(uint64_t, uint64_t, uint64_t);
extern uint64_t trap_syscall_mach_port_construct(uint64_t, uint64_t, uint64_t);
extern uint64_t trap_syscall_mach_port_renew(uint64_t, uint64_t, uint64_t);
extern uint64_t trap_syscall_mach_port_destruct(uint64_t, uint64_t, uint64_t);
extern uint64_t trap_syscall_mach_port_make_send(uint64_t, uint64_t);
extern uint64_t trap_syscall_mach_port_deallocate(uint64_t, uint64_t);

#endif
