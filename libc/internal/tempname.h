/* SPDX-License-Identifier: BSD-2-Clause */
/* Names nobody else has thought of. */
#ifndef INTERNAL_TEMPNAME_H
#define INTERNAL_TEMPNAME_H

/* Fill in six letters and digits; no two calls soon give the same. */
void __temp_name(char *six);

#endif
