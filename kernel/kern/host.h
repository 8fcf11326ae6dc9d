/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * The host's name.
 */
#ifndef KERN_HOST_H
#define KERN_HOST_H

#define KERNEL_VERSION "Mach_R 0.1"

#endif
