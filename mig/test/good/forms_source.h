/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * What only the stubs of forms.defs see, not who includes their headers.
 */
#ifndef MIG_TEST_FORMS_SOURCE_H
#define MIG_TEST_FORMS_SOURCE_H

#define FORMS_SOURCE 1

#endif
