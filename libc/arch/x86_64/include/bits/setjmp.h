/* SPDX-License-Identifier: BSD-2-Clause */
/* How many registers setjmp() keeps: rbx rbp r12-r15 rsp rip. */
#ifndef BITS_SETJMP_H
#define BITS_SETJMP_H

#define __SETJMP_REGISTERS 8

#endif
