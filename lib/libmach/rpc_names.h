/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Names of mig's stubs where a trap is tried before them; see trap_calls.c.
 */
#define mach_port_allocate             mach_port_allocate_rpc
#define mach_port_deallocate           mach_port_deallocate_rpc
#define mach_port_destroy              mach_port_destroy_rpc
#define mach_port_mod_refs             mach_port_mod_refs_rpc
#define mach_port_request_notification mach_port_request_notification_rpc
#define semaphore_signal               semaphore_signal_rpc
#define semaphore_signal_all           semaphore_signal_all_rpc
#define semaphore_signal_thread        semaphore_signal_thread_rpc
#define semaphore_timedwait            semaphore_timedwait_rpc
#define semaphore_timedwait_signal     semaphore_timedwait_signal_rpc
#define semaphore_wait                 semaphore_wait_rpc
#define semaphore_wait_signal          semaphore_wait_signal_rpc
#define thread_create                  thread_create_rpc
#define thread_create_running          thread_create_running_rpc
#define thread_terminate               thread_terminate_rpc
#define vm_allocate                    vm_allocate_rpc
#define vm_deallocate                  vm_deallocate_rpc
#define vm_protect                     vm_protect_rpc
