/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * NAME [runs [seed]]: requests, right and tampered with, for one generated
 * server, in buffers of exactly their size under the sanitizers. Each must be
 * accepted or refused as demux_decode.c says, with a documented code; replies
 * must be well-formed; rights and memory must be released once: on success and
 * MIG_NO_REPLY by the implementation, else by who called the stub. Request i of
 * a run has seed + i alone, so that `1 SEED` repeats the one that failed.
 */
#include "demux_fuzz.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static uint64_t seed;
static const struct fuzz_routine *routine;
static unsigned long accepted, refused, failed;
static uint32_t answers; /* a sum of all: other stubs must give the same */

void
fuzz_wrong(const char *format, ...)
{
	va_list args;

	printf("error: %s: %s, seed %llu: ", fuzz_interface.name, routine->name,
	    (unsigned long long)seed);
	va_start(args, format);
	vprintf(format, args);
	va_end(args);
	putchar('\n');
	fflush(stdout);
	_exit(1);
}

/* The header every reply has. */
static void
check_header(const mach_msg_header_t *request, const mach_msg_header_t *reply)
{
	int kernel = fuzz_interface.kernel_server;
	uint32_t port =
	    kernel ? request->msgh_local_port : request->msgh_remote_port;
	uint32_t disposition = kernel
				   ? MACH_MSGH_BITS_LOCAL(request->msgh_bits)
				   : MACH_MSGH_BITS_REMOTE(request->msgh_bits);

	if ((reply->msgh_bits & ~MACH_MSGH_BITS_COMPLEX) !=
	    MACH_MSGH_BITS(disposition, 0))
		fuzz_wrong("the reply has bits 0x%x", reply->msgh_bits);
	if (reply->msgh_remote_port != port || reply->msgh_local_port != 0 ||
	    reply->msgh_reserved != 0)
		fuzz_wrong("the reply has other ports");
	if ((uint32_t)reply->msgh_id != (uint32_t)request->msgh_id + 100)
		fuzz_wrong("the reply has id %d", reply->msgh_id);
}

static int
is_refusal(const mach_msg_header_t *request, kern_return_t code)
{
	const struct mig_subsystem *s = fuzz_interface.subsystem;

	if (mig_find(s, request->msgh_id) == NULL)
		return code == MIG_BAD_ID;
	return code == MIG_BAD_ARGUMENTS || code == MIG_TYPE_ERROR ||
	       code == MIG_TRAILER_ERROR;
}

/* What the reply says, and that it must say so. */
static kern_return_t
judge(const mach_msg_header_t *request, const mach_msg_header_t *reply)
{
	const mig_reply_error_t *error = (const void *)reply;
	int complex = (reply->msgh_bits & MACH_MSGH_BITS_COMPLEX) != 0;
	kern_return_t code = complex ? KERN_SUCCESS : error->RetCode;
	kern_return_t wanted = fuzz_call.code;

	check_header(request, reply);
	if (fuzz_call.calls != (fuzz_call.expected != NULL))
		fuzz_wrong("the implementation is called %d times, code %d",
		    fuzz_call.calls, code);
	if (code != KERN_SUCCESS &&
	    (reply->msgh_size != sizeof(*error) ||
		memcmp(&error->NDR, &NDR_record, sizeof(NDR_record)) != 0))
		fuzz_wrong("the error reply is not one");
	if (fuzz_call.calls == 0) {
		refused++;
		if (!is_refusal(request, code))
			fuzz_wrong("refused with %d", code);
		return code;
	}
	if (wanted == KERN_SUCCESS && fuzz_call.lied)
		wanted = MIG_ARRAY_TOO_LARGE;
	if (wanted == KERN_SUCCESS && routine->simple)
		wanted = MIG_NO_REPLY;
	if (code != wanted)
		fuzz_wrong("code %d, not %d", code, wanted);
	if (code == KERN_SUCCESS)
		fuzz_check_reply(reply);
	accepted++;
	failed += code != KERN_SUCCESS && code != MIG_NO_REPLY;
	return code;
}

/* The size a reply to an id may have. */
static size_t
room(mach_msg_id_t id)
{
	const struct mig_subsystem *s = fuzz_interface.subsystem;
	size_t size = sizeof(mig_reply_error_t);

	if (mig_find(s, id) != NULL &&
	    s->routines[id - s->first].max_reply > size)
		size = s->routines[id - s->first].max_reply;
	return size;
}

static void
run_one(void)
{
	mach_msg_header_t *request;
	mach_msg_header_t *reply;
	int right;
	boolean_t known;
	kern_return_t code;

	fuzz_seed(seed);
	ledger_start();
	routine =
	    &fuzz_interface
		 .routines[fuzz_random((uint32_t)fuzz_interface.routine_count)];
	right = fuzz_request(routine, &request);
	fuzz_expect(request);
	if (right && fuzz_call.expected != routine)
		fuzz_wrong("a right request is found wrong");
	if (fuzz_call.expected != NULL)
		routine = fuzz_call.expected;
	reply = malloc(room(request->msgh_id));
	if (reply == NULL)
		abort();
	memset(reply, 0xaa, room(request->msgh_id));
	known = fuzz_interface.demux(request, reply);
	if (!known !=
	    (mig_find(fuzz_interface.subsystem, request->msgh_id) == NULL))
		fuzz_wrong("the demux returns %d", known);
	code = judge(request, reply);
	answers = (answers ^ (uint32_t)code ^ reply->msgh_size) * 16777619;
	if (code != KERN_SUCCESS && code != MIG_NO_REPLY)
		ledger_destroy(request);
	ledger_finish(!fuzz_call.lied);
	fuzz_forget();
	free(reply);
	free(request);
}

/* Does the table of the server agree with what --json says? */
static void
check_table(void)
{
	const struct mig_subsystem *s = fuzz_interface.subsystem;
	size_t i;

	for (i = 0; i < fuzz_interface.routine_count; i++) {
		const struct mig_routine_info *info;

		routine = &fuzz_interface.routines[i];
		info = &s->routines[routine->id - s->first];
		if (mig_find(s, routine->id) == NULL ||
		    info->max_request != routine->request.max ||
		    (!routine->simple && info->max_reply != routine->reply.max))
			fuzz_wrong("the table disagrees");
	}
}

int
main(int argc, char **argv)
{
	uint64_t runs = argc > 1 ? strtoull(argv[1], NULL, 10) : 2000;
	uint64_t first = argc > 2 ? strtoull(argv[2], NULL, 10) : 1;

	check_table();
	for (seed = first; seed < first + runs; seed++)
		run_one();
	printf("%s: %lu accepted, %lu of them failed, %lu refused, sum %08x\n",
	    fuzz_interface.name, accepted, failed, refused, answers);
	/* Nothing accepted or nothing refused: nothing was tried. */
	return runs < 100 || (accepted > 0 && refused > 0) ? 0 : 1;
}
