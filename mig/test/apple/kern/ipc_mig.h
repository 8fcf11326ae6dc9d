/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * How a kernel calls users.
 */
#ifndef MIG_TEST_APPLE_IPC_MIG_H
#define MIG_TEST_APPLE_IPC_MIG_H

#include <mach/mig.h>

#endif
