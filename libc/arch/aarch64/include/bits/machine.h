/* SPDX-License-Identifier: BSD-2-Clause */
/* What uname() calls the machine. */
#ifndef BITS_MACHINE_H
#define BITS_MACHINE_H

#define __MACHINE "aarch64"

#endif
