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

typedef int thread_state_flavor_t;

typedef exception_mask_t *exception_mask_array_t;
typedef mach_port_t *exception_handler_array_t;
typedef exception_behavior_t *exception_behavior_array_t;
typedef thread_state_flavor_t *exception_flavor_array_t;

#define EXC_BAD_ACCESS           1 /* code: kern_return_t; subcode: address */
#define EXC_BAD_INSTRUCTION      2
#define EXC_ARITHMETIC           3
#define EXC_EMULATION            4 /* no machine of ours has it */
#define EXC_SOFTWARE             5 /* code: kern_return_t of the kernel */
#define EXC_BREAKPOINT           6
#define EXC_SYSCALL              7 /* code: trap number, not negative */
#define EXC_MACH_SYSCALL         8 /* code: trap number, negative */
#define EXC_TYPES_COUNT          9 /* and what a list of them may have */

#define EXC_MASK(exception)      (1U << (exception))
#define EXC_MASK_BAD_ACCESS      EXC_MASK(EXC_BAD_ACCESS)
#define EXC_MASK_BAD_INSTRUCTION EXC_MASK(EXC_BAD_INSTRUCTION)
#define EXC_MASK_ARITHMETIC      EXC_MASK(EXC_ARITHMETIC)
#define EXC_MASK_EMULATION       EXC_MASK(EXC_EMULATION)
#define EXC_MASK_SOFTWARE        EXC_MASK(EXC_SOFTWARE)
#define EXC_MASK_BREAKPOINT      EXC_MASK(EXC_BREAKPOINT)
#define EXC_MASK_SYSCALL         EXC_MASK(EXC_SYSCALL)
#define EXC_MASK_MACH_SYSCALL    EXC_MASK(EXC_MACH_SYSCALL)
#define EXC_MASK_ALL             0x000001feU

#define EXCEPTION_DEFAULT        1 /* exception_raise: thread and task */
#define EXCEPTION_STATE          2 /* exception_raise_state: its registers */
#define EXCEPTION_STATE_IDENTITY 3 /* both */

/* Codes of EXC_ARITHMETIC and EXC_BREAKPOINT, both architectures. */
#define EXC_CODE_DIVIDE   1
#define EXC_CODE_OVERFLOW 2
#define EXC_CODE_FPU      3
#define EXC_CODE_TRAP     1
#define EXC_CODE_STEP     2

#endif
