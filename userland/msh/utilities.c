/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * What help knows of the utilities.
 */
#include "utilities.h"

#include <stddef.h>

const struct utility utilities[] = {
    {NULL, NULL, NULL},
};
