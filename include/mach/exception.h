/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Exception numbers, masks and behaviours.
 */
#ifndef MACH_EXCEPTION_H
#define MACH_EXCEPTION_H

#include <mach/types.h>

typedef integer_t exception_type_t;
typedef natural_t exception_mask_t;
typedef integer_t exception_behavior_t;

#define EXC_BAD_ACCESS           1 /* code: kern_return_t; subcode: address */
#define EXC_BAD_INSTRUCTION      2
#define EXC_ARITHMETIC           3
#define EXC_EMULATION            4
#define EXC_SOFTWARE             5
#define EXC_BREAKPOINT           6
#define EXC_SYSCALL              7 /* code: trap number the kernel does not have */
#define EXC_TYPES_COUNT          8

#define EXC_MASK(exception)      (1U << (exception))
#define EXC_MASK_ALL             0x000000feU

#define EXCEPTION_DEFAULT        1 /* catch_exception_raise with ports */
#define EXCEPTION_STATE          2 /* with the thread's state, no ports */
#define EXCEPTION_STATE_IDENTITY 3 /* both */

/* Codes of EXC_ARITHMETIC and EXC_BREAKPOINT, both architectures. */
#define EXC_CODE_DIVIDE   1
#define EXC_CODE_OVERFLOW 2
#define EXC_CODE_FPU      3
#define EXC_CODE_TRAP     1
#define EXC_CODE_STEP     2

#endif
