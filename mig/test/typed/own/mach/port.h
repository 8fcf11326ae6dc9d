/* SPDX-License-Identifier: BSD-2-Clause */
#ifndef MACH_PORT_H
#define MACH_PORT_H

#include <stdint.h>

typedef unsigned int natural_t;
typedef int integer_t;
typedef natural_t mach_port_t;
typedef natural_t mach_port_name_t;

#define MACH_PORT_NULL 0

#endif
