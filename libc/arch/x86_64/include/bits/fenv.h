/* SPDX-License-Identifier: BSD-2-Clause */
/* As the x87 status word, MXCSR and the FNSTENV instruction lay it out. */
#ifndef BITS_FENV_H
#define BITS_FENV_H

#define FE_INVALID    0x01
#define FE_DIVBYZERO  0x04
#define FE_OVERFLOW   0x08
#define FE_UNDERFLOW  0x10
#define FE_INEXACT    0x20
#define FE_ALL_EXCEPT 0x3f

#define FE_TONEAREST  0x000
#define FE_DOWNWARD   0x400
#define FE_UPWARD     0x800
#define FE_TOWARDZERO 0xc00

typedef unsigned short fexcept_t;

typedef struct {
	unsigned int x87[7];
	unsigned int mxcsr;
} fenv_t;

#endif
