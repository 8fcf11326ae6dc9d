/* SPDX-License-Identifier: BSD-2-Clause */
/* How many registers setjmp() keeps: x19-x30, sp, d8-d15, one spare. */
#ifndef BITS_SETJMP_H
#define BITS_SETJMP_H

#define __SETJMP_REGISTERS 22

#endif
