/* SPDX-License-Identifier: BSD-2-Clause */
/* C types of foreign.defs. */
#ifndef FOREIGN_H
#define FOREIGN_H

#include <mach/mach_types.h>
#include <mach/message.h>

typedef char *xml_data_t;
typedef uint8_t *bytes_t;
typedef char text_t[32];
typedef text_t *texts_t;
typedef int late_t;
typedef int *long_info_t;
typedef int one_t[1];
typedef struct {
	natural_t values[2];
} * pairs_t;
typedef struct {
	uint64_t values[3];
} options_t, *options_ptr_t;

/* A kernel's. */
typedef struct foreign *foreign_t;
foreign_t foreign_of_port(mach_port_t port);

#endif
