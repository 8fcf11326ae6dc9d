/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * An import that only users of types.defs see.
 */
#ifndef MIG_TEST_USER_ONLY_H
#define MIG_TEST_USER_ONLY_H

#define TYPES_USER_ONLY 1

#endif
