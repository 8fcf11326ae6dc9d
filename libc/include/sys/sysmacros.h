/* SPDX-License-Identifier: BSD-2-Clause */
/* Device numbers: major in bits 8 and up, minor in the low 8. */
#ifndef SYS_SYSMACROS_H
#define SYS_SYSMACROS_H

#define major(device) ((unsigned)((device) >> 8))
#define minor(device) ((unsigned)((device)&0xff))
#define makedev(major, minor) \
	((unsigned long)(major) << 8 | ((unsigned)(minor)&0xff))

#endif
