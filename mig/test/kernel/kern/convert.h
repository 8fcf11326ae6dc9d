/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Stand-in for the kernel's header, to compile kernel stubs on their own.
 */
#ifndef MIG_TEST_KERN_CONVERT_H
#define MIG_TEST_KERN_CONVERT_H

#include <mach/types.h>

struct task *convert_port_to_task(mach_port_t port);
void task_release(struct task *task);
struct thread *convert_port_to_thread(mach_port_t port);
void thread_release(struct thread *thread);
struct ipc_space *convert_port_to_space(mach_port_t port);
struct vm_map *convert_port_to_map(mach_port_t port);
struct host *convert_port_to_host(mach_port_t port);
struct host *convert_port_to_host_priv(mach_port_t port);
struct host *convert_port_to_device_master(mach_port_t port);

#endif
