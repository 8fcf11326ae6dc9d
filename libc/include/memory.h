/* SPDX-License-Identifier: BSD-2-Clause */
/* What old programs ask for. */
#include <string.h>
