/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * ELF constants, x86_64.
 */
#ifndef MACHINE_ELF_H
#define MACHINE_ELF_H

#define ARCH_ELF_MACHINE 62

#endif
