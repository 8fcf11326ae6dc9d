/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Terminal structures on the wire (term.defs).
 */
#ifndef SERVERS_TERM_TYPES_H
#define SERVERS_TERM_TYPES_H

#include <stdint.h>

#define TERM_HANGUP_ID 21210 /* term_hangup's message: only a header */

/* Device numbers: of the console, of masters, of the slave with a number. */
#define TERM_RDEV_CONSOLE       0x110U
#define TERM_RDEV_MASTER        0x112U
#define TERM_RDEV_SLAVE(number) (0x8800U | (number))

#define PTY_MAX                 64U /* pseudo terminals at a time */

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
