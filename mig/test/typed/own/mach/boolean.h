/* SPDX-License-Identifier: BSD-2-Clause */
#ifndef MACH_BOOLEAN_H
#define MACH_BOOLEAN_H

typedef int boolean_t;

#define TRUE  1
#define FALSE 0

#endif
