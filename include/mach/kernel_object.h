/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Kinds of kernel objects, by the numbers that mach_port_kernel_object tells,
 * and what people call them. The kernel, its debugger and portstat all have
 * them from here.
 */
#ifndef MACH_KERNEL_OBJECT_H
#define MACH_KERNEL_OBJECT_H

/* The first, 0: an ordinary port. */
#define MACH_KERNEL_OBJECTS(X)              \
	X(NONE, "port")                     \
	X(TASK, "task")                     \
	X(THREAD, "thread")                 \
	X(HOST, "host")                     \
	X(HOST_PRIV, "host control")        \
	X(DEVICE_MASTER, "device master")   \
	X(DEVICE, "device")                 \
	X(MEMORY_CONTROL, "memory control") \
	X(MEMORY_NAME, "memory name")       \
	X(MEMORY_ENTRY, "memory entry")     \
	X(IRQ, "interrupt")                 \
	X(SEMAPHORE, "semaphore")           \
	X(LOCK_SET, "lock set")             \
	X(CLOCK, "clock")                   \
	X(CLOCK_CTRL, "clock control")      \
	X(PROCESSOR, "processor")           \
	X(PSET, "processor set")            \
	X(PSET_NAME, "processor set name")  \
	X(MEMORY_SHOWN, "shown memory")

/* For a table of the names. */
#define MACH_KERNEL_OBJECT_NAME(kind, name) name,

#endif
