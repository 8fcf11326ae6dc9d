/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Where Apple has this, Mach_R has <mach/types.h>.
 */
#include <mach/types.h>
