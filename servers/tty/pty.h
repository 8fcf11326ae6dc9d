/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Pseudo terminals: a terminal, the slave, whose keys a program types and whose
 * screen it reads, through the master. What the slave's users write, and what
 * is echoed, stands in a ring until the master is read; they wait while it is
 * full, and the master's writer while the slave's input is. So each side's
 * progress may be the other's: pty_serve() wakes them, when no list of either
 * stream is being looked through.
 *
 * A pair lasts while either side is open; the last master's end hangs the slave
 * up.
 */
#ifndef PTY_H
#define PTY_H

#include "tty.h"

#define PTY_OUTPUT 32768U /* a power of two */

/* Of which a slave's users leave so much to echoes. */
#define PTY_ECHOES 4096U

struct pty {
	struct stream master; /* first */
	struct tty slave;
	unsigned number;     /* of it, below PTY_MAX */
	uint64_t id;         /* never used again */
	uint32_t uid, gid;   /* of who opened the master */
	unsigned masters;    /* handles */
	bool locked;         /* the slave may not be opened yet */
	bool opened;         /* it has been, once */
	bool changed;        /* somebody may have to be woken */
	unsigned head, tail; /* of the ring; count up for ever */
	char output[PTY_OUTPUT];
};

/* A new pair; *right opens its master. EAGAIN: too many; ENOMEM. */
extern int pty_create(int flags, mach_port_t *right);

/* The pair whose master the handle's port is, or NULL. */
extern struct pty *pty_of_master(mach_port_t port);

extern struct pty *pty_find(uint64_t id);

/* May its slave be opened? 0, EIO: it is locked, or hung up. */
extern int pty_admits(const struct pty *pty);

/* All masters are closed. */
extern bool pty_is_hung_up(const struct pty *pty);

/* May a user of the slave write? As stream_ops.room. */
extern int pty_room(const struct pty *pty, size_t size, size_t *part);

/* Output; what finds no room is lost, as echoes may be. */
extern void pty_put(struct pty *pty, const char *data, size_t size);

/* Wake who can go on, and free what nobody uses. Before each wait. */
extern void pty_serve(void);

/* The least of tty_poll of all slaves that is not 0, or 0. */
extern unsigned pty_poll(void);

#endif
