/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Is a successful reply what the implementation said, argument by argument?
 */
#include <string.h>

#include "demux_fuzz.h"

static void
check_ports(const struct fuzz_arg *arg, size_t i, const struct fuzz_view *view)
{
	const mach_msg_port_descriptor_t *d = (const void *)view->data;
	const mach_port_t *names = (const void *)fuzz_call.out[i].bytes;
	uint32_t count = fuzz_call.out[i].length / (uint32_t)sizeof(*names);
	uint32_t n;

	for (n = 0; n < view->count; n++) {
		if (arg->sent == FUZZ_POLY &&
		    d[n].disposition != fuzz_call.out[i].poly)
			fuzz_wrong("%s in the reply is of disposition %u",
			    arg->name, d[n].disposition);
		if (!arg->outtran &&
		    d[n].name != (n < count ? names[n] : MACH_PORT_NULL))
			fuzz_wrong("%s in the reply is right 0x%x", arg->name,
			    d[n].name);
		if (d[n].pad1 != 0 || d[n].pad2 != 0)
			fuzz_wrong("the descriptor of %s is padded", arg->name);
	}
}

static void
check_memory(const struct fuzz_arg *arg, size_t i, const struct fuzz_view *view)
{
	const mach_msg_descriptor_t *d = (const void *)view->data;

	if (d->out_of_line.address != fuzz_call.out[i].address ||
	    view->bytes != fuzz_call.out[i].length)
		fuzz_wrong("%s in the reply is other memory", arg->name);
	if (d->out_of_line.deallocate != fuzz_call.out[i].dealloc)
		fuzz_wrong("%s in the reply: deallocate is %u", arg->name,
		    d->out_of_line.deallocate);
	if (d->out_of_line.deallocate)
		ledger_take_returned(d->out_of_line.address, view->bytes);
	if (arg->port && arg->sent == FUZZ_POLY &&
	    d->ool_ports.disposition != fuzz_call.out[i].poly)
		fuzz_wrong("%s in the reply is of disposition %u", arg->name,
		    d->ool_ports.disposition);
}

static void
check_data(const struct fuzz_arg *arg, size_t i, const struct fuzz_view *view)
{
	uint32_t length = fuzz_call.out[i].length;
	uint32_t n;

	if (view->bytes < length ||
	    (view->bytes != length && (arg->variable || !arg->string)))
		fuzz_wrong("%s in the reply has %u bytes, not %u", arg->name,
		    view->bytes, length);
	if (memcmp(view->data, fuzz_call.out[i].bytes, length) != 0)
		fuzz_wrong(
		    "%s in the reply is not as it was written", arg->name);
	for (n = length; n < view->bytes; n++)
		if (view->data[n] != 0)
			fuzz_wrong("%s in the reply is not clean", arg->name);
}

void
fuzz_check_reply(const mach_msg_header_t *reply)
{
	static struct fuzz_view views[FUZZ_ARGS_MAX];
	const struct fuzz_routine *r = fuzz_call.expected;
	const char *wrong = fuzz_decode(r, FUZZ_REPLY_SENT, reply, views);
	size_t i;

	if (wrong == NULL)
		wrong = fuzz_padding(r, FUZZ_REPLY_SENT, reply, views);
	if (wrong != NULL)
		fuzz_wrong("the reply: %s", wrong);
	for (i = 0; i < r->arg_count; i++) {
		const struct fuzz_arg *arg = &r->args[i];

		if (!arg->out)
			continue;
		if (arg->memories != NULL)
			fuzz_memories_check(arg, i, &views[i]);
		else if (arg->memory)
			check_memory(arg, i, &views[i]);
		else if (arg->port)
			check_ports(arg, i, &views[i]);
		else if (!arg->outtran)
			check_data(arg, i, &views[i]);
	}
}
