/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * The firmware's power interface (PSCI 0.2 and later).
 */
#ifndef AARCH64_PSCI_H
#define AARCH64_PSCI_H

#include <stdint.h>

#define PSCI_SYSTEM_OFF   0x84000008U
#define PSCI_SYSTEM_RESET 0x84000009U

/* Returns where there is no such interface, or the firmware refuses. */
extern void psci_call(uint32_t function);

#endif
