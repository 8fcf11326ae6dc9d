/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Between setjmp.S and longjmp.c. In jmp_buf the registers come first, then
 * the mask, then whether it is saved; the assembly knows the offsets.
 */
#ifndef INTERNAL_JUMP_H
#define INTERNAL_JUMP_H

#include <setjmp.h>

_Static_assert(sizeof(jmp_buf) == 8UL * (__SETJMP_REGISTERS + 2), "layout");

int __save_mask(sigjmp_buf env, int save);
_Noreturn void __restore_registers(jmp_buf env, int value);

#endif
