/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * For assembly: function brackets, places that a processor with SMAP gets
 * STAC and CLAC at, user accesses with a way out. Offsets into structures
 * (FRAME_, THREAD_, CPU_) are in offsets.h, generated from offsets.c.
 */
#ifndef MACHINE_ASM_H
#define MACHINE_ASM_H

/* The formatter takes it for C. */
/* clang-format off */

#define FUNCTION(name)    \
	.globl name;      \
	.balign 16;       \
	.type name, @function; \
name:

#define END(name) .size name, . - name

/* A three-byte no-operation, listed for cpu_patch_smap(). */
#define SMAP_SITE(instruction)            \
771:	.byte 0x0f, 0x1f, 0x00;           \
	.pushsection .smap_sites, "a";    \
	.quad 771b, instruction;          \
	.popsection

#define USER_ACCESS_ON  SMAP_SITE(0xcb010f) /* STAC */
#define USER_ACCESS_OFF SMAP_SITE(0xca010f) /* CLAC */

/* The next instruction may fault on a user address; then go to `fixup`. */
#define MAY_FAULT(fixup)                       \
772:	.pushsection .exception_table, "a";    \
	.quad 772b, fixup;                     \
	.popsection

#endif
