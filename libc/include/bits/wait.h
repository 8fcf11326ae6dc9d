/* SPDX-License-Identifier: BSD-2-Clause */
/* How a process ended: what stdlib.h and sys/wait.h both declare. */
#ifndef BITS_WAIT_H
#define BITS_WAIT_H

#define WNOHANG   1
#define WUNTRACED 2

/* Status: exit code << 8, or a signal, or 0x7f | signal << 8 when stopped. */
#define WEXITSTATUS(status)  (((status) >> 8) & 0xff)
#define WTERMSIG(status)     ((status)&0x7f)
#define WSTOPSIG(status)     WEXITSTATUS(status)
#define WIFEXITED(status)    (WTERMSIG(status) == 0)
#define WIFSTOPPED(status)   (((status)&0xff) == 0x7f)
#define WIFCONTINUED(status) ((status) == 0xffff)
#define WIFSIGNALED(status)                                   \
	(WTERMSIG(status) != 0 && WTERMSIG(status) != 0x7f && \
	    !WIFCONTINUED(status))

#endif
