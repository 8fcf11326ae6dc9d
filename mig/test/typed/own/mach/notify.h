/* SPDX-License-Identifier: BSD-2-Clause */
#define MACH_NOTIFY_SEND_ONCE 71
