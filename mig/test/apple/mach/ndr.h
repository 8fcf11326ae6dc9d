/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Where Apple has this, Mach_R has <mach/mig_errors.h>.
 */
#include <mach/mig_errors.h>
