/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * The inside of every generated implementation: compares what it is given with
 * the request as it was sent, reads all of it, writes and remembers what it
 * returns, and says how it ends. On success and MIG_NO_REPLY it takes what the
 * request carried. Now and then it lies about what it has written.
 */
#include <stdlib.h>
#include <string.h>

#include "demux_fuzz.h"

struct fuzz_call fuzz_call;

static mach_msg_header_t *copy; /* of the request, as sent */
static mach_msg_size_t copied;

/* Of the header and the trailer, with names as the stub has them. */
static void
find_source(const struct fuzz_arg *arg, struct fuzz_view *view)
{
	mach_msg_max_trailer_t *tail =
	    (void *)((uint8_t *)copy + copy->msgh_size);
	int local =
	    (arg->source == FUZZ_REQUEST_PORT) != fuzz_interface.kernel_server;

	if (arg->source != FUZZ_BODY)
		view->bytes = sizeof(mach_port_t);
	switch (arg->source) {
	case FUZZ_REQUEST_PORT:
	case FUZZ_REPLY_PORT:
		view->data = (const void *)(local ? &copy->msgh_local_port
						  : &copy->msgh_remote_port);
		break;
	case FUZZ_SEQNO:
		view->data = (const void *)&tail->msgh_seqno;
		break;
	case FUZZ_SECURITY:
		view->data = (const void *)&tail->msgh_sender;
		view->bytes = sizeof(tail->msgh_sender);
		break;
	case FUZZ_AUDIT:
		view->data = (const void *)&tail->msgh_audit;
		view->bytes = sizeof(tail->msgh_audit);
		break;
	case FUZZ_CONTEXT:
		view->data = (const void *)&tail->msgh_context;
		view->bytes = sizeof(tail->msgh_context);
		break;
	case FUZZ_BODY:
	default:
		break;
	}
}

/* Which routine may be called for a request, and with what. */
void
fuzz_expect(const mach_msg_header_t *request)
{
	const mach_msg_max_trailer_t *tail =
	    (const void *)((const uint8_t *)request + request->msgh_size);
	const struct fuzz_routine *r = NULL;
	size_t i;

	memset(&fuzz_call, 0, sizeof(fuzz_call));
	fuzz_call.request = request;
	copied = request->msgh_size + tail->msgh_trailer_size;
	copy = malloc(copied);
	if (copy == NULL)
		abort();
	memcpy(copy, request, copied);
	for (i = 0; i < fuzz_interface.routine_count; i++)
		if (fuzz_interface.routines[i].id == request->msgh_id)
			r = &fuzz_interface.routines[i];
	if (r == NULL ||
	    fuzz_decode(r, FUZZ_REQUEST_RECEIVED, copy, fuzz_call.in) != NULL)
		return;
	if (r->trailer > 0 && (tail->msgh_trailer_type != 0 ||
				  tail->msgh_trailer_size < r->trailer))
		return;
	for (i = 0; i < r->arg_count; i++)
		find_source(&r->args[i], &fuzz_call.in[i]);
	fuzz_call.expected = r;
}

void
fuzz_forget(void)
{
	size_t i;

	for (i = 0; i < FUZZ_ARGS_MAX; i++)
		free(fuzz_call.out[i].bytes);
	free(copy);
}

const struct fuzz_arg *
fuzz_argument(int arg)
{
	return &fuzz_call.expected->args[arg];
}

void
fuzz_begin(size_t routine)
{
	static const kern_return_t codes[] = {KERN_FAILURE, KERN_NO_SPACE,
	    KERN_INVALID_ARGUMENT, MIG_BAD_ARGUMENTS, 0x40000002, -1};

	if (fuzz_call.expected != &fuzz_interface.routines[routine])
		fuzz_wrong("%s is called with what must be refused",
		    fuzz_interface.routines[routine].name);
	fuzz_call.calls++;
	fuzz_call.code = KERN_SUCCESS;
	if (fuzz_random(3) == 0)
		fuzz_call.code = codes[fuzz_random(6)];
	else if (fuzz_random(8) == 0)
		fuzz_call.code = MIG_NO_REPLY;
}

/* So many bytes are there, and do not reach into the trailer. */
static void
compare(int arg, const void *value, const void *wanted, size_t bytes)
{
	const uint8_t *from = (const void *)fuzz_call.request;
	const uint8_t *at = value;

	if (at >= from && at < from + copied &&
	    fuzz_argument(arg)->source == FUZZ_BODY &&
	    at + bytes > from + copy->msgh_size)
		fuzz_wrong(
		    "%s lies beyond the request", fuzz_argument(arg)->name);
	if (bytes != 0 && memcmp(value, wanted, bytes) != 0)
		fuzz_wrong(
		    "%s is not as it was sent", fuzz_argument(arg)->name);
}

void
fuzz_in(int arg, const void *value, size_t bytes)
{
	const struct fuzz_view *view = &fuzz_call.in[arg];

	if (fuzz_argument(arg)->port)
		bytes = sizeof(mach_port_t);
	else if (view->bytes != bytes)
		fuzz_wrong("%s has %zu bytes, not %u", fuzz_argument(arg)->name,
		    bytes, view->bytes);
	compare(arg, value, view->data, bytes);
}

void
fuzz_in_array(int arg, const void *array, size_t align, uint32_t count)
{
	const struct fuzz_view *view = &fuzz_call.in[arg];

	if ((uintptr_t)array % align != 0)
		fuzz_wrong("%s is not aligned", fuzz_argument(arg)->name);
	if (count != view->count)
		fuzz_wrong("%s counts %u, not %u", fuzz_argument(arg)->name,
		    count, view->count);
	compare(
	    arg, array, view->data, (size_t)count * fuzz_argument(arg)->unit);
}

void
fuzz_in_string(int arg, const char *string)
{
	size_t length = strlen(string) + 1;

	if (length > fuzz_argument(arg)->count)
		fuzz_wrong("%s is too long", fuzz_argument(arg)->name);
	compare(arg, string, fuzz_call.in[arg].data, length);
}

void
fuzz_in_ports(int arg, const mach_port_t *names, uint32_t count)
{
	const mach_msg_port_descriptor_t *d =
	    (const void *)fuzz_call.in[arg].data;
	uint32_t i;

	if (count != fuzz_call.in[arg].count)
		fuzz_wrong("%s counts %u, not %u", fuzz_argument(arg)->name,
		    count, fuzz_call.in[arg].count);
	for (i = 0; i < count; i++)
		compare(arg, &names[i], &d[i].name, sizeof(names[i]));
}

void
fuzz_in_memory(int arg, uint64_t address, uint32_t count)
{
	const struct fuzz_view *view = &fuzz_call.in[arg];
	const mach_msg_ool_descriptor_t *d = (const void *)view->data;
	const volatile uint8_t *bytes = (const void *)(uintptr_t)address;
	uint32_t i;

	if (d->address != address)
		fuzz_wrong("%s is other memory", fuzz_argument(arg)->name);
	if (fuzz_argument(arg)->variable && !fuzz_argument(arg)->string &&
	    count != view->count)
		fuzz_wrong("%s counts %u, not %u", fuzz_argument(arg)->name,
		    count, view->count);
	for (i = 0; i < view->bytes; i++)
		(void)bytes[i];
}

void
fuzz_in_poly(int arg, mach_msg_type_name_t disposition)
{
	const mach_msg_descriptor_t *d = (const void *)fuzz_call.in[arg].data;
	uint32_t wanted;

	if (fuzz_argument(arg)->source == FUZZ_REQUEST_PORT)
		wanted = fuzz_interface.kernel_server
			     ? MACH_MSGH_BITS_REMOTE(copy->msgh_bits)
			     : MACH_MSGH_BITS_LOCAL(copy->msgh_bits);
	else if (fuzz_argument(arg)->source == FUZZ_REPLY_PORT)
		wanted = fuzz_interface.kernel_server
			     ? MACH_MSGH_BITS_LOCAL(copy->msgh_bits)
			     : MACH_MSGH_BITS_REMOTE(copy->msgh_bits);
	else
		wanted = fuzz_argument(arg)->memory ? d->ool_ports.disposition
						    : d->port.disposition;
	if (wanted != disposition)
		fuzz_wrong("%s is of disposition %u, not %u",
		    fuzz_argument(arg)->name, disposition, wanted);
}

void
fuzz_in_object(void *object)
{
	if (object != NULL)
		(void)*(const volatile uint8_t *)object;
}

static void
remember(int arg, const void *bytes, uint32_t length)
{
	free(fuzz_call.out[arg].bytes);
	fuzz_call.out[arg].bytes = malloc(length + 1);
	if (fuzz_call.out[arg].bytes == NULL)
		abort();
	memcpy(fuzz_call.out[arg].bytes, bytes, length);
	fuzz_call.out[arg].length = length;
}

void
fuzz_out(int arg, void *value, size_t bytes)
{
	fuzz_bytes(value, bytes);
	remember(arg, value, (uint32_t)bytes);
}

int
fuzz_lies(void)
{
	if (fuzz_random(32) != 0)
		return 0;
	fuzz_call.lied = 1;
	return 1;
}

/* Without a pointer to it: fixed, or what another argument's count is. */
static uint32_t
other_count(int arg)
{
	const struct fuzz_arg *a = fuzz_argument(arg);

	return a->counter != arg ? fuzz_call.out[a->counter].count : a->count;
}

void
fuzz_out_array(int arg, void *array, mach_msg_type_number_t *count)
{
	const struct fuzz_arg *a = fuzz_argument(arg);
	uint32_t room = fuzz_call.in[arg].capacity;
	uint32_t most = fuzz_bound(fuzz_call.expected, arg);
	uint32_t n = other_count(arg);

	if (count != NULL) {
		if (!a->in && *count != most &&
		    (*count > most || *count != room))
			fuzz_wrong("%s has room for %u", a->name, *count);
		room = a->in ? most : *count;
		n = fuzz_random(room + 1);
		*count = fuzz_lies() ? room + 1 + fuzz_random(1U << 31) : n;
	}
	fuzz_bytes(array, (size_t)n * a->unit);
	remember(arg, array, n * a->unit);
	fuzz_call.out[arg].count = n;
}

void
fuzz_out_string(int arg, char *string)
{
	uint32_t room = fuzz_argument(arg)->count;
	uint32_t length = fuzz_random(room);

	memset(string, 'a' + (int)fuzz_random(26), length);
	string[length] = '\0';
	remember(arg, string, length + 1);
	if (fuzz_lies())
		memset(string, 'x', room);
}

static uint64_t
out_memory(int arg, uint32_t size)
{
	fuzz_call.out[arg].address = (uint64_t)(uintptr_t)ledger_returned(size);
	fuzz_call.out[arg].length = size;
	fuzz_call.out[arg].dealloc = fuzz_argument(arg)->dealloc == 1;
	return fuzz_call.out[arg].address;
}

uint64_t
fuzz_out_memory(int arg, mach_msg_type_number_t *count)
{
	const struct fuzz_arg *a = fuzz_argument(arg);
	uint32_t bound = fuzz_bound(fuzz_call.expected, arg);
	uint32_t most = bound != 0 && bound < 3000 ? bound : 3000;
	uint32_t n = other_count(arg);

	if (count != NULL) {
		if (!a->in && *count != bound)
			fuzz_wrong("%s has room for %u", a->name, *count);
		n = fuzz_random(4) == 0 ? 0 : fuzz_random(most + 1);
		*count = (bound != 0 || a->unit > 1) && fuzz_lies()
			     ? UINT32_MAX - fuzz_random(16)
			     : n;
	}
	fuzz_call.out[arg].count = n;
	return out_memory(arg, a->variable ? n * a->unit : a->size);
}

/* A string as memory; a lie is one without end, or none. */
uint64_t
fuzz_out_text(int arg)
{
	const struct fuzz_arg *a = fuzz_argument(arg);
	int lie = fuzz_lies();
	uint32_t size =
	    a->variable && !lie ? 1 + fuzz_random(a->count) : a->count;
	char *text = (void *)(uintptr_t)out_memory(arg, size);

	if (text == NULL || (lie && fuzz_random(2) == 0))
		return 0;
	memset(text, 'a', size);
	if (!lie)
		text[a->variable ? size - 1 : fuzz_random(size)] = '\0';
	return fuzz_call.out[arg].address;
}

mach_msg_type_name_t
fuzz_out_poly(int arg)
{
	fuzz_call.out[arg].poly = MACH_MSG_TYPE_MOVE_RECEIVE + fuzz_random(6);
	return fuzz_call.out[arg].poly;
}

boolean_t
fuzz_out_dealloc(int arg)
{
	fuzz_call.out[arg].dealloc = (int)fuzz_random(2);
	return fuzz_call.out[arg].dealloc ? TRUE : FALSE;
}

void *
fuzz_out_object(void)
{
	return fuzz_random(8) == 0 || fuzz_call.code != KERN_SUCCESS
		   ? NULL
		   : ledger_object();
}

/* An object with a destructor must come to it; one without is for keeps. */
void *
fuzz_intran(int has_destructor)
{
	static uint8_t forever;

	if (fuzz_random(8) == 0)
		return NULL;
	return has_destructor ? ledger_object() : &forever;
}

/* The destructor of a type. */
void
fuzz_done(void *object)
{
	ledger_drop_object(object);
}

/* A server's object becomes what travels, and is the stub's. */
void
fuzz_outtran(void *value, size_t bytes, void *object)
{
	ledger_drop_object(object);
	fuzz_bytes(value, bytes);
}

static void
take_ports(const struct fuzz_arg *arg, const struct fuzz_view *view)
{
	const mach_msg_port_descriptor_t *d = (const void *)view->data;
	uint32_t i;

	for (i = 0; i < view->count; i++)
		if (!arg->intran)
			ledger_take_right(d[i].name);
}

static void
take_memory(const struct fuzz_arg *arg, const struct fuzz_view *view)
{
	const mach_msg_ool_descriptor_t *d = (const void *)view->data;
	const mach_port_t *names = (const void *)(uintptr_t)d->address;
	uint32_t i;

	for (i = 0; arg->port && i < view->bytes / sizeof(*names); i++)
		ledger_take_right(names[i]);
	if (arg->taken)
		ledger_take_memory(d->address, view->bytes);
}

kern_return_t
fuzz_end(void)
{
	const struct fuzz_routine *r = fuzz_call.expected;
	size_t i;

	if (fuzz_call.code != KERN_SUCCESS && fuzz_call.code != MIG_NO_REPLY)
		return fuzz_call.code;
	for (i = 0; i < r->arg_count; i++) {
		const struct fuzz_arg *arg = &r->args[i];

		if (!arg->in)
			continue;
		if (arg->memories != NULL)
			fuzz_take_memories(arg, &fuzz_call.in[i]);
		else if (arg->memory)
			take_memory(arg, &fuzz_call.in[i]);
		else if (arg->port)
			take_ports(arg, &fuzz_call.in[i]);
	}
	return fuzz_call.code;
}
