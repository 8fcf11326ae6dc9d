/* SPDX-License-Identifier: BSD-2-Clause */
/* The trap stubs, generated from mach/traps.tbl. */
#include <mach/trap_stubs.h>
