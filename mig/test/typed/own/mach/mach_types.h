/* SPDX-License-Identifier: BSD-2-Clause */
#include <mach/std_types.h>
