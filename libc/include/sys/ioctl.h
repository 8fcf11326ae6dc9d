/* SPDX-License-Identifier: BSD-2-Clause */
/* Device control; what is not here has a function of its own. */
#ifndef SYS_IOCTL_H
#define SYS_IOCTL_H

#include <bits/features.h>

struct winsize {
	unsigned short ws_row;
	unsigned short ws_col;
	unsigned short ws_xpixel;
	unsigned short ws_ypixel;
};

#define TCGETS     0x5401
#define TCSETS     0x5402
#define TCSETSW    0x5403
#define TCSETSF    0x5404
#define TIOCSCTTY  0x540e
#define TIOCGPGRP  0x540f
#define TIOCSPGRP  0x5410
#define TIOCOUTQ   0x5411
#define TIOCGWINSZ 0x5413
#define TIOCSWINSZ 0x5414
#define FIONREAD   0x541b
#define FIONBIO    0x5421
#define TIOCNOTTY  0x5422
#define TIOCGSID   0x5429

__BEGIN_DECLS
int ioctl(int, unsigned long, ...);
__END_DECLS

#endif
