/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * ELF constants: <machine/elf.h> defines ARCH_ELF_MACHINE.
 */
#ifndef ARCH_ELF_H
#define ARCH_ELF_H

#include <machine/elf.h>

#endif
