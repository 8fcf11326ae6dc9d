/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Terminal structures on the wire (term.defs).
 */
#ifndef SERVERS_TERM_TYPES_H
#define SERVERS_TERM_TYPES_H

#include <stdint.h>

#define TERM_HANGUP_ID 21210 /* term_hangup's message: only a header */

typedef struct term_attributes {
	uint32_t iflag;
	uint32_t oflag;
	uint32_t cflag;
	uint32_t lflag;
	uint32_t ispeed;
	uint32_t ospeed;
	uint8_t cc[32];
} term_attributes_t;

typedef struct term_winsize {
	uint16_t rows;
	uint16_t columns;
	uint16_t xpixels;
	uint16_t ypixels;
} term_winsize_t;

#endif
