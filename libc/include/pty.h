/* SPDX-License-Identifier: BSD-2-Clause */
/* Pseudo terminals, as other systems have them beside posix_openpt(). */
#ifndef PTY_H
#define PTY_H

#include <bits/types.h>
#include <sys/ioctl.h>
#include <termios.h>

__BEGIN_DECLS
/* A pair; name, where one is wanted, has room for a slave's name. */
int openpty(
    int *, int *, char *, const struct termios *, const struct winsize *);

/* The same, with a child whose standard files and terminal the slave is. */
pid_t forkpty(int *, char *, const struct termios *, const struct winsize *);
__END_DECLS

#endif
