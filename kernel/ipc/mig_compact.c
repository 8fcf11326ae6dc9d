/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * What goes through the tables of mach/mig_compact.h. It answers each request
 * as the stub would that mig writes without --compact, so that the order of
 * checks is that of the items, and nothing of a message is believed before it
 * has been checked. A reply's fixed part is zero before the implementation,
 * which writes most results to where they travel, is called. A routine without
 * items, as many are, is served without a call of the functions for them, so
 * these are not to be inlined.
 */
#include <mach/mig_compact.h>

#include <stdbool.h>
#include <stddef.h>

#define SELDOM __attribute__((noinline))

/* One call. */
struct call {
	const struct mig_compact_routine *routine;
	mach_msg_header_t *request;
	mach_msg_header_t *reply;
	union mig_value *values;
};

static void *
place(const mach_msg_header_t *message, mach_msg_size_t at)
{
	return (void *)((uintptr_t)message + at);
}

static natural_t
word(const mach_msg_header_t *message, mach_msg_size_t at)
{
	return *(const natural_t *)place(message, at);
}

/* The header: complex if it must be, so many descriptors, within its sizes. */
static bool
is_header_right(
    const struct mig_compact_routine *routine, const mach_msg_header_t *request)
{
	const mach_msg_base_t *base = (const void *)request;
	bool complex = (request->msgh_bits & MACH_MSGH_BITS_COMPLEX) != 0;

	return request->msgh_size >= routine->least &&
	       request->msgh_size <= routine->most &&
	       complex == (routine->descriptors > 0) &&
	       (!complex ||
		   base->body.msgh_descriptor_count == routine->descriptors);
}

static kern_return_t
check_descriptors(
    const struct mig_item *item, const mach_msg_port_descriptor_t *port)
{
	const mach_msg_port_descriptor_t *end = port + item->bound;

	for (; port < end; port++) {
		if (port->type != item->slot)
			return MIG_TYPE_ERROR;
		if (item->how == MIG_ANY
			? port->disposition - MACH_MSG_TYPE_PORT_RECEIVE > 2
			: item->how != 0 && port->disposition != item->how)
			return MIG_TYPE_ERROR;
	}
	return KERN_SUCCESS;
}

/* Data of variable size: all of it is there. */
static kern_return_t
check_data(const struct mig_item *item, const mach_msg_header_t *request,
    natural_t count, mach_msg_size_t *need)
{
	const char *data = place(request, item->at);

	*need += MIG_ROUND(count * item->unit);
	if (request->msgh_size < *need ||
	    (item->how != 0 && data[count - 1] != '\0'))
		return MIG_BAD_ARGUMENTS;
	return KERN_SUCCESS;
}

static kern_return_t
check_item(const struct mig_item *item, const mach_msg_header_t *request,
    mach_msg_size_t *need)
{
	const mach_msg_ool_descriptor_t *memory = place(request, item->at);
	natural_t count = word(request, item->count);

	switch (item->op) {
	case MIG_CHECK_DESCRIPTORS:
		return check_descriptors(item, (const void *)memory);
	case MIG_CHECK_SIZE:
		if (memory->size != (uint64_t)count * item->unit)
			return MIG_TYPE_ERROR;
		break;
	case MIG_CHECK_DATA:
		return check_data(item, request, count, need);
	case MIG_CHECK_COUNT:
	default:
		if ((item->bound != 0 && count > item->bound) ||
		    (item->how != 0 && count == 0))
			return MIG_BAD_ARGUMENTS;
		break;
	case MIG_CHECK_ZERO:
		if (count != 0)
			return MIG_BAD_ARGUMENTS;
		break;
	}
	return KERN_SUCCESS;
}

static SELDOM kern_return_t
check(
    const struct mig_compact_routine *routine, const mach_msg_header_t *request)
{
	const struct mig_item *item = routine->items;
	const struct mig_item *end = item + routine->checks;
	mach_msg_size_t need = routine->least;
	kern_return_t code = KERN_SUCCESS;

	for (; code == KERN_SUCCESS && item < end; item++)
		code = check_item(item, request, &need);
	if (code == KERN_SUCCESS && request->msgh_size != need)
		code = MIG_BAD_ARGUMENTS;
	return code;
}

/* How many there may be: as the type says, and as the caller has room for. */
static natural_t
room(const struct mig_item *item, const mach_msg_header_t *request)
{
	natural_t bound = item->bound;

	if (item->at != 0 && word(request, item->at) < bound)
		bound = word(request, item->at);
	return bound;
}

static const struct mig_item *
objects_of(const struct mig_compact_routine *routine)
{
	return routine->items + routine->checks;
}

static const struct mig_item *
results_of(const struct mig_compact_routine *routine)
{
	return objects_of(routine) + routine->objects;
}

/* What is not written to the reply at once, and counts. */
static SELDOM void
start_results(const struct mig_compact_routine *routine,
    const mach_msg_header_t *request, mach_msg_header_t *reply,
    union mig_value *values)
{
	const struct mig_item *item = results_of(routine);
	const struct mig_item *end = item + routine->results;
	unsigned i;

	for (i = 0; i < routine->values; i++)
		values[i].number = 0;
	for (; item < end; item++)
		if (item->op == MIG_PUT_COUNT)
			*(natural_t *)place(reply, item->count) =
			    room(item, request);
}

static SELDOM void
translate(const struct mig_object *objects,
    const struct mig_compact_routine *routine, const mach_msg_header_t *request,
    union mig_value *values)
{
	const struct mig_item *item = objects_of(routine);
	const struct mig_item *end = item + routine->objects;

	for (; item < end; item++)
		values[item->slot].object =
		    objects[item->how].translate(word(request, item->at));
}

/* The objects, and on success the rights they are from. */
static SELDOM void
release(const struct mig_object *objects,
    const struct mig_compact_routine *routine, const mach_msg_header_t *request,
    const union mig_value *values, kern_return_t code)
{
	const struct mig_item *item = objects_of(routine);
	const struct mig_item *end = item + routine->objects;

	for (; item < end; item++) {
		const mach_msg_port_descriptor_t *port =
		    place(request, item->at);
		void (*function)(void *) = objects[item->how].release;

		if (function != NULL)
			function(values[item->slot].object);
		if ((code == KERN_SUCCESS || code == MIG_NO_REPLY) &&
		    item->at >= sizeof(*request))
			mig_release_right(port->name, port->disposition);
	}
}

static void
put_ports(const struct call *call, const struct mig_item *item)
{
	mach_msg_port_descriptor_t *port = place(call->reply, item->at);
	const mach_port_t *names = (const void *)&call->values[item->slot];
	natural_t count =
	    item->count != 0 ? word(call->reply, item->count) : item->bound;
	natural_t i;

	for (i = 0; i < item->bound; i++, port++) {
		port->name = i < count ? names[i] : MACH_PORT_NULL;
		port->disposition = item->how;
	}
}

static void
put_memory(const struct call *call, const struct mig_item *item)
{
	mach_msg_ool_ports_descriptor_t *memory = place(call->reply, item->at);

	memory->address = call->values[item->slot].number;
	memory->deallocate = (item->copy & MIG_DEALLOCATE) != 0;
	memory->copy = item->copy & ~MIG_DEALLOCATE;
	memory->disposition = item->how;
	memory->type = item->how != 0 ? MACH_MSG_OOL_PORTS_DESCRIPTOR
				      : MACH_MSG_OOL_DESCRIPTOR;
	memory->count = word(call->reply, item->count) * item->unit;
}

/* The bytes of a string with its NUL, 0 if it has none. */
static natural_t
string_length(const char *string, natural_t bound)
{
	natural_t i;

	for (i = 0; i < bound; i++)
		if (string[i] == '\0')
			return i + 1;
	return 0;
}

/*
 * Data of variable size lie where they do if all before them are at their
 * most, and move up by *shift. False: a string has no end.
 */
static bool
put_data(const struct call *call, const struct mig_item *item, natural_t *shift)
{
	char *from = place(call->reply, item->at);
	char *to = from - *shift;
	natural_t *count = place(call->reply, item->count);
	mach_msg_size_t size;

	if (item->how != 0)
		*count = string_length(from, item->bound);
	if (item->how != 0 && *count == 0)
		return false;
	size = *count * item->unit;
	if (*shift != 0)
		__builtin_memmove(to, from, size);
	for (; size % 4 != 0; size++)
		to[size] = '\0';
	call->reply->msgh_size += size;
	*shift += MIG_ROUND(item->bound * item->unit) - size;
	return true;
}

/* False: the implementation's results cannot be sent. */
static bool
put_item(const struct call *call, const struct mig_item *item, natural_t *shift)
{
	mach_msg_port_descriptor_t *port = place(call->reply, item->at);
	const union mig_value *value = &call->values[item->slot];

	switch (item->op) {
	case MIG_PUT_COUNT:
		return word(call->reply, item->count) <=
		       (item->bound != 0 ? room(item, call->request)
					 : UINT32_MAX / item->unit);
	case MIG_PUT_PORT:
		port->disposition =
		    item->how != MIG_ANY ? item->how : (uint8_t)value->word;
		break;
	case MIG_PUT_PORTS:
		put_ports(call, item);
		break;
	case MIG_PUT_MEMORY:
		put_memory(call, item);
		break;
	case MIG_PUT_DATA:
	default:
		return put_data(call, item, shift);
	}
	return true;
}

/* False: what there is cannot be sent. */
static SELDOM bool
put_results(const struct call *call)
{
	const struct mig_item *item = results_of(call->routine);
	const struct mig_item *end = item + call->routine->results;
	natural_t shift = 0;

	for (; item < end; item++)
		if (!put_item(call, item, &shift))
			return false;
	return true;
}

/* The reply to a call that had success; false: it cannot be sent. */
static bool
put_reply(const struct mig_compact_routine *routine, mach_msg_header_t *request,
    mach_msg_header_t *reply, union mig_value *values)
{
	mach_msg_base_t *base = (void *)reply;

	reply->msgh_size = routine->reply;
	if (routine->results != 0 &&
	    !put_results(&(struct call){routine, request, reply, values}))
		return false;
	if (routine->reply_descriptors != 0) {
		reply->msgh_bits |= MACH_MSGH_BITS_COMPLEX;
		base->body.msgh_descriptor_count = routine->reply_descriptors;
	}
	if (routine->reply_ndr != 0)
		*(NDR_record_t *)place(reply, routine->reply_ndr) = NDR_record;
	return true;
}

/* A request that has been checked. */
static kern_return_t
run(const struct mig_object *objects, const struct mig_compact_routine *routine,
    mach_msg_header_t *request, mach_msg_header_t *reply,
    union mig_value *values)
{
	const struct mig_object *object = routine->object;
	natural_t *at = (natural_t *)(reply + 1);
	const natural_t *end = place(reply, routine->reply);
	kern_return_t code;

	while (at < end)
		*at++ = 0;
	if (routine->results != 0)
		start_results(routine, request, reply, values);
	if (object != NULL)
		values[0].object =
		    object->translate(word(request, routine->port));
	if (routine->objects != 0)
		translate(objects, routine, request, values);
	code = routine->call(request, reply, values);
	if (object != NULL && object->release != NULL)
		object->release(values[0].object);
	if (routine->objects != 0)
		release(objects, routine, request, values, code);
	return code;
}

void
mig_compact_serve(const struct mig_compact *server, mach_msg_header_t *request,
    mach_msg_header_t *reply)
{
	const struct mig_compact_routine *routine =
	    &server->routines[request->msgh_id - server->first];
	union mig_value values[MIG_VALUES];
	kern_return_t code = KERN_SUCCESS;

	if (!is_header_right(routine, request))
		code = MIG_BAD_ARGUMENTS;
	else if (routine->checks != 0)
		code = check(routine, request);
	if (code == KERN_SUCCESS)
		code = run(server->objects, routine, request, reply, values);
	if (code != KERN_SUCCESS) {
		mig_fail(reply, code);
	} else if (routine->reply == 0) {
		mig_fail(reply, MIG_NO_REPLY);
	} else if (!put_reply(routine, request, reply, values)) {
		/* What came in the request is the implementation's. */
		request->msgh_bits &= ~MACH_MSGH_BITS_COMPLEX;
		mig_fail(reply, MIG_ARRAY_TOO_LARGE);
	}
}
