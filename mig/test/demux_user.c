/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * NAME [runs [seed]]: calls of every generated user stub. Their requests must
 * be well-formed; the replies they get are right or tampered with. A stub must
 * succeed exactly with what demux_decode.c finds right, then hand on what the
 * reply has; else it must destroy the reply, once, and touch no result.
 */
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "demux_fuzz.h"

static uint64_t seed;
static const struct fuzz_routine *routine;
static unsigned long accepted, refused;

/* The call under way. */
static struct {
	mach_msg_header_t *reply; /* as it was received */
	struct fuzz_view views[FUZZ_ARGS_MAX];
	uint32_t room[FUZZ_ARGS_MAX]; /* countinout */
	void *given[3 * FUZZ_ARGS_MAX];
	size_t given_count;
	kern_return_t code; /* that the stub must return */
	int sent, destroyed, destroys;
	int ports;
} call;

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

/* Memory of exactly this size until the call is over. */
static void *
give(size_t size)
{
	void *memory = malloc(size);

	if (memory == NULL)
		abort();
	fuzz_bytes(memory, size);
	call.given[call.given_count++] = memory;
	return memory;
}

void
fuzz_call_start(size_t number)
{
	memset(&call, 0, sizeof(call));
	routine = &fuzz_interface.routines[number];
}

/* Without a pointer to it: fixed, or what another argument's count is. */
static uint32_t
count_of(int arg, mach_msg_type_number_t *count)
{
	const struct fuzz_arg *a = &routine->args[arg];
	uint32_t bound = fuzz_bound(routine, arg);

	if (!a->variable)
		return a->count;
	if (count != NULL) {
		*count = fuzz_random((bound != 0 ? bound : 200) + 1);
		call.room[arg] = *count;
	}
	return call.room[a->counter];
}

void *
fuzz_give_array(int arg, mach_msg_type_number_t *count)
{
	return give((size_t)count_of(arg, count) * routine->args[arg].unit);
}

char *
fuzz_give_string(int arg)
{
	uint32_t length = fuzz_random(routine->args[arg].count);
	char *string = give(length + 1);

	memset(string, 'a', length);
	string[length] = '\0';
	return string;
}

uint64_t
fuzz_give_memory(int arg, mach_msg_type_number_t *count)
{
	const struct fuzz_arg *a = &routine->args[arg];
	size_t size = (size_t)count_of(arg, count) * a->unit;

	return (uint64_t)(uintptr_t)give(a->variable ? size : a->size);
}

/* For an out array: as much as is said to the stub. */
void *
fuzz_give_room(int arg, mach_msg_type_number_t *count)
{
	return give((size_t)count_of(arg, count) * routine->args[arg].unit);
}

/* As much as there can be. */
void *
fuzz_give_most(int arg)
{
	return give((size_t)routine->args[arg].count * routine->args[arg].unit);
}

mach_port_t
mig_get_reply_port(void)
{
	call.ports++;
	return 0x2002;
}

void
mig_put_reply_port(mach_port_t reply_port)
{
	if (reply_port == 0x2002)
		call.ports--;
}

void
mig_dealloc_reply_port(mach_port_t reply_port)
{
	if (reply_port == 0x2002)
		call.ports--;
}

mach_msg_size_t
mig_strncpy(char *dest, const char *src, mach_msg_size_t len)
{
	mach_msg_size_t i;

	for (i = 0; i + 1 < len && src[i] != '\0'; i++)
		dest[i] = src[i];
	dest[i] = '\0';
	return i + 1;
}

char *
mig_user_allocate(vm_size_t size)
{
	return malloc(size);
}

void
mig_user_deallocate(char *data, vm_size_t size)
{
	(void)size;
	free(data);
}

void
mach_msg_destroy(mach_msg_header_t *msg)
{
	call.destroyed++;
	ledger_destroy(msg);
}

static void
check_request(const mach_msg_header_t *request, mach_msg_size_t size)
{
	static struct fuzz_view views[FUZZ_ARGS_MAX];
	const char *wrong =
	    fuzz_decode(routine, FUZZ_REQUEST_SENT, request, views);

	if (wrong == NULL)
		wrong =
		    fuzz_padding(routine, FUZZ_REQUEST_SENT, request, views);
	if (wrong != NULL)
		fuzz_wrong("the request: %s", wrong);
	if (request->msgh_size != size || request->msgh_id != routine->id)
		fuzz_wrong(
		    "the request has size %u, id %d", size, request->msgh_id);
	call.sent++;
}

/* An out array is said to have more than the caller has room for. */
static int
exceeds_room(void)
{
	size_t i;

	for (i = 0; i < routine->request.field_count; i++) {
		int arg = routine->request.fields[i].arg;

		if (routine->request.fields[i].kind == FUZZ_CAPACITY &&
		    call.views[arg].count > call.room[arg])
			return 1;
	}
	return 0;
}

/* What the stub must make of the reply. */
static kern_return_t
judge(const mach_msg_header_t *reply)
{
	const mig_reply_error_t *error = (const void *)reply;
	const mach_msg_max_trailer_t *tail =
	    (const void *)((const uint8_t *)reply + reply->msgh_size);

	call.destroys = 1;
	if (reply->msgh_id != routine->id + 100)
		return reply->msgh_id == 71 ? MIG_SERVER_DIED
					    : MIG_REPLY_MISMATCH;
	if (reply->msgh_remote_port != MACH_PORT_NULL)
		return MIG_TYPE_ERROR;
	if ((reply->msgh_bits & MACH_MSGH_BITS_COMPLEX) == 0 &&
	    reply->msgh_size >= sizeof(*error) &&
	    reply->msgh_size <= routine->reply.max &&
	    error->RetCode != KERN_SUCCESS) {
		call.destroys = 0;
		return error->RetCode;
	}
	if (fuzz_decode(routine, FUZZ_REPLY_RECEIVED, reply, call.views) !=
	    NULL)
		return MIG_TYPE_ERROR;
	if (routine->trailer > 0 &&
	    (tail->msgh_trailer_type != 0 ||
		tail->msgh_trailer_size < routine->trailer))
		return MIG_TRAILER_ERROR;
	if (exceeds_room())
		return MIG_ARRAY_TOO_LARGE;
	call.destroys = 0;
	return KERN_SUCCESS;
}

mach_msg_return_t
mach_msg(mach_msg_header_t *msg, mach_msg_option_t option,
    mach_msg_size_t send_size, mach_msg_size_t rcv_size, mach_port_t rcv_name,
    mach_msg_timeout_t timeout, mach_port_t notify)
{
	static const mach_msg_size_t trailers[] = {8, 12, 20, 52, 60};
	uint32_t elements = ((uint32_t)option >> 24) & 0xf;
	mach_msg_header_t *reply;
	const mach_msg_max_trailer_t *tail;
	mach_msg_size_t size;

	(void)rcv_name;
	(void)timeout;
	(void)notify;
	check_request(msg, send_size);
	if ((option & MACH_RCV_MSG) == 0)
		return MACH_MSG_SUCCESS;
	fuzz_reply(routine, trailers[elements < 5 ? elements : 4], &reply);
	call.reply = reply;
	tail = (const void *)((const uint8_t *)reply + reply->msgh_size);
	size = reply->msgh_size + tail->msgh_trailer_size;
	if (size > rcv_size) {
		ledger_destroy(reply);
		call.code = MACH_RCV_TOO_LARGE;
		return call.code;
	}
	memset(msg, 0xbb, rcv_size);
	memcpy(msg, reply, size);
	call.code = judge(reply);
	return MACH_MSG_SUCCESS;
}

/* The call is over: was it to succeed? */
int
fuzz_call_done(kern_return_t code)
{
	if (call.sent != 1)
		fuzz_wrong("no request was sent, code %d", code);
	if (code != call.code)
		fuzz_wrong("code %d, not %d", code, call.code);
	if (call.destroyed != call.destroys)
		fuzz_wrong("the reply is destroyed %d times", call.destroyed);
	if (call.ports != 0)
		fuzz_wrong("reply port");
	accepted += code == KERN_SUCCESS;
	refused += code != KERN_SUCCESS;
	return code == KERN_SUCCESS && !routine->simple;
}

static void
compare(int arg, const void *value, const void *wanted, size_t bytes)
{
	if (bytes > 0 && memcmp(value, wanted, bytes) != 0)
		fuzz_wrong(
		    "%s is not as in the reply", routine->args[arg].name);
}

void
fuzz_got(int arg, const void *value, size_t bytes)
{
	const struct fuzz_arg *a = &routine->args[arg];
	const mach_msg_port_descriptor_t *d =
	    (const void *)call.views[arg].data;

	if (a->source != FUZZ_BODY)
		return; /* of the trailer */
	if (a->port)
		ledger_take_right(d->name);
	else if (bytes != call.views[arg].bytes)
		fuzz_wrong("%s has %zu bytes", a->name, bytes);
	compare(arg, value, call.views[arg].data, bytes);
}

void
fuzz_got_array(int arg, const void *array, uint32_t count)
{
	const struct fuzz_arg *a = &routine->args[arg];
	const struct fuzz_view *view = &call.views[arg];
	const mach_msg_port_descriptor_t *d = (const void *)view->data;
	uint32_t i;

	if (count != view->count)
		fuzz_wrong("%s counts %u, not %u", a->name, count, view->count);
	if (!a->port) {
		compare(arg, array, view->data, (size_t)count * a->unit);
		return;
	}
	for (i = 0; i < count; i++) {
		compare(arg, (const mach_port_t *)array + i, &d[i].name, 4);
		ledger_take_right(d[i].name);
	}
}

void
fuzz_got_string(int arg, const char *string)
{
	compare(arg, string, call.views[arg].data, strlen(string) + 1);
}

void
fuzz_got_memory(int arg, uint64_t address, uint32_t count)
{
	const struct fuzz_arg *a = &routine->args[arg];
	const struct fuzz_view *view = &call.views[arg];
	const mach_msg_ool_descriptor_t *d = (const void *)view->data;
	const mach_port_t *names = (const void *)(uintptr_t)address;
	uint32_t i;

	if (d->address != address)
		fuzz_wrong("%s is other memory", a->name);
	if (a->variable && !a->string && count != view->count)
		fuzz_wrong("%s counts %u, not %u", a->name, count, view->count);
	for (i = 0; a->port && i < view->bytes / sizeof(*names); i++)
		ledger_take_right(names[i]);
	ledger_take_memory(address, view->bytes);
}

void
fuzz_got_poly(int arg, mach_msg_type_name_t disposition)
{
	const mach_msg_descriptor_t *d = (const void *)call.views[arg].data;

	if (disposition != (routine->args[arg].memory ? d->ool_ports.disposition
						      : d->port.disposition))
		fuzz_wrong("%s is of disposition %u", routine->args[arg].name,
		    disposition);
}

static void
run_one(void)
{
	fuzz_seed(seed);
	ledger_start();
	fuzz_interface
	    .calls[fuzz_random((uint32_t)fuzz_interface.routine_count)]();
	ledger_finish(0);
	while (call.given_count > 0)
		free(call.given[--call.given_count]);
	free(call.reply);
}

int
main(int argc, char **argv)
{
	uint64_t runs = argc > 1 ? strtoull(argv[1], NULL, 10) : 2000;
	uint64_t first = argc > 2 ? strtoull(argv[2], NULL, 10) : 1;

	for (seed = first; seed < first + runs; seed++)
		run_one();
	printf("%s: %lu calls succeed, %lu fail\n", fuzz_interface.name,
	    accepted, refused);
	return runs < 100 || accepted > 0 ? 0 : 1;
}
