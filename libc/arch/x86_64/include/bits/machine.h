/* SPDX-License-Identifier: BSD-2-Clause */
/* What uname() calls the machine. */
#ifndef BITS_MACHINE_H
#define BITS_MACHINE_H

#define __MACHINE "x86_64"

#endif
