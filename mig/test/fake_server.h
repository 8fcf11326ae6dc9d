/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * What tests share whose server's functions are in them: each of those notes
 * in `wrong` what it did not expect.
 */
#ifndef MIG_TEST_FAKE_SERVER_H
#define MIG_TEST_FAKE_SERVER_H

#include <libtest/test.h>
#include <string.h>

#include "fake_mach.h"

static const char *wrong;

/* Before a call: nothing has happened yet. */
static inline void
fresh_server(boolean_t (*demux)(mach_msg_header_t *, mach_msg_header_t *),
    mach_msg_size_t max_reply)
{
	memset(&fake, 0, sizeof(fake));
	fake.demux = demux;
	fake.max_reply = max_reply;
	wrong = "";
}

static inline void
check(int condition, const char *what)
{
	if (!condition)
		wrong = what;
}

/* After a call: right on the server, exact on the wire, nothing left over. */
static inline void
settled(const char *what)
{
	is_str(wrong, "", what);
	is_int(fake.inexact, 0, "messages are exact");
	is_int(fake.allocations, 0, "no memory is left");
	is_int(fake.reply_ports, 0, "no reply port is left");
}

#endif
