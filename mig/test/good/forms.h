/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * The C types of forms.defs.
 */
#ifndef MIG_TEST_FORMS_H
#define MIG_TEST_FORMS_H

#include <mach/mach_types.h>

typedef struct {
	uint8_t low, high;
} flags_t;
typedef uint8_t bits_t[2];
typedef mach_port_t *rights_t;
typedef char label_t[12];
typedef char *note_t;
typedef char *card_t;
typedef char old_label_t[12];
typedef natural_t *page_t;

#endif
