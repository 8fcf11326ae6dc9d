/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * One call: a routine of the kernel's, a trap, a message between ports of the
 * child's own, or a receive. Most are what the tables say; one in eight is
 * spoilt in one place or more.
 */
#include <string.h>

#include "fuzz.h"

#define ARRAY_MOST 40U /* elements of an array without bounds */
#define REPLY_WAIT 20  /* ms */
#define MACH_PRINT (-30)

static void
put_word(struct fuzz *fuzz, uint32_t word)
{
	fuzz_put(fuzz, &word, sizeof(word));
}

/* Bytes for an array: words that are names, or numbers, or a text. */
static void
put_array(struct fuzz *fuzz, unsigned bytes)
{
	static const char text[] =
	    "a name with some length to it, as it may be";
	unsigned whole = (bytes + 3) & ~3U;

	if (fuzz_one_in(fuzz, 3) && bytes > 0 && bytes <= sizeof(text)) {
		fuzz_put(fuzz, text + sizeof(text) - bytes, bytes);
		fuzz_put(fuzz, "\0\0\0", whole - bytes);
		return;
	}
	for (unsigned i = 0; i < whole; i += 4)
		put_word(fuzz, fuzz_one_in(fuzz, 2)
				   ? 0
				   : (uint32_t)fuzz_value(fuzz, VALUE_WORD));
	if (bytes > 0 && !fuzz->overflow)
		fuzz->request->bytes[fuzz->size - whole + bytes - 1] = '\0';
	for (unsigned i = bytes; i < whole && !fuzz->overflow; i++)
		fuzz->request->bytes[fuzz->size - whole + i] = '\0';
}

static void
put_data(struct fuzz *fuzz, const struct call_field *field)
{
	uint64_t value = fuzz_value(fuzz, field->value);

	if (field->size <= sizeof(value)) {
		fuzz_put(fuzz, &value, field->size);
		return;
	}
	put_array(fuzz, field->size);
}

/* Names in the arena, for an array of ports. */
static vm_address_t
names_for(struct fuzz *fuzz, const struct call_field *field, unsigned count)
{
	mach_port_t *names = (mach_port_t *)fuzz->arena;
	mach_port_t copy[ARRAY_MOST];
	const uint64_t arguments[CALL_ARGUMENTS] = {
	    fuzz->self, fuzz->arena, VM_PAGE_SIZE, FALSE, 3};

	for (unsigned i = 0; i < count; i++)
		copy[i] = fuzz_pick(fuzz, field->pool);
	/* The first page of it is made sure of. */
	if (call_trap(-67, arguments) != KERN_SUCCESS)
		return fuzz_address(fuzz);
	memcpy(names, copy, count * sizeof(copy[0]));
	return fuzz->arena;
}

static unsigned
disposition_for(struct fuzz *fuzz, unsigned wanted)
{
	if (wanted != 0 && !fuzz_one_in(fuzz, 24))
		return wanted;
	return (unsigned)fuzz_value(fuzz, VALUE_DISPOSITION);
}

static unsigned
count_for(struct fuzz *fuzz, const struct call_field *field)
{
	unsigned most = field->most != 0 ? field->most : ARRAY_MOST;

	switch (fuzz_roll(fuzz, 8)) {
	case 0:
		return 0;
	case 1:
		return 1;
	case 2:
	case 3:
		return most;
	default:
		return fuzz_roll(fuzz, most + 1);
	}
}

static void
put_field(struct fuzz *fuzz, const struct call_field *field, unsigned *count)
{
	static const unsigned char ndr[8] = {0, 0, 0, 0, 1};

	switch ((enum field_kind)field->kind) {
	case FIELD_PORT:
		fuzz_put_port(fuzz, fuzz_pick(fuzz, field->pool),
		    disposition_for(fuzz, field->disposition));
		break;
	case FIELD_MEMORY:
		*count = (unsigned)fuzz_value(fuzz, VALUE_SIZE) & 0x1ffff;
		fuzz_put_memory(fuzz, fuzz_address(fuzz), *count * field->unit,
		    fuzz_one_in(fuzz, 8));
		break;
	case FIELD_PORTS:
		*count = count_for(fuzz, field);
		fuzz_put_ports(fuzz, names_for(fuzz, field, *count), *count,
		    disposition_for(fuzz, field->disposition));
		break;
	case FIELD_NDR:
		fuzz_put(fuzz, ndr, sizeof(ndr));
		break;
	case FIELD_COUNT:
		if (*count == ~0U)
			*count = count_for(fuzz, field);
		put_word(fuzz, *count);
		break;
	case FIELD_CAPACITY:
		put_word(fuzz, count_for(fuzz, field));
		break;
	case FIELD_STRING_OFFSET:
		put_word(fuzz, 0);
		break;
	case FIELD_VARIABLE:
		put_array(fuzz, *count * field->unit);
		break;
	case FIELD_DATA:
	default:
		put_data(fuzz, field);
		break;
	}
}

/* The request of a routine. An array's count goes before it. */
static void
build(struct fuzz *fuzz, const struct call_routine *routine, mach_port_t to)
{
	unsigned count = ~0U;

	fuzz_start(fuzz, to, disposition_for(fuzz, MACH_MSG_TYPE_COPY_SEND),
	    routine->id, routine->descriptors != 0);
	for (unsigned i = 0; i < routine->fields; i++)
		put_field(fuzz, &call_fields[routine->field + i], &count);
}

static void
ask_reply(struct fuzz *fuzz)
{
	mach_msg_header_t *header = &fuzz->request->header;

	header->msgh_local_port = fuzz->reply;
	header->msgh_bits |= MACH_MSG_TYPE_MAKE_SEND_ONCE << 8;
}

/* The request as it stands, sent; the answer, if one is awaited, received. */
static mach_msg_return_t
transact(struct fuzz *fuzz, bool answer)
{
	mach_msg_option_t option = MACH_SEND_MSG | MACH_SEND_TIMEOUT;
	mach_msg_size_t size = fuzz->size;
	mach_msg_return_t code;

	if (answer)
		option |= MACH_RCV_MSG | MACH_RCV_TIMEOUT;
	memcpy(fuzz->answer, fuzz->request,
	    size <= MESSAGE_BYTES ? size : sizeof(mach_msg_base_t));
	code = mach_msg_trap(&fuzz->answer->header, option | fuzz->option, size,
	    answer ? MESSAGE_BYTES : 0, fuzz->reply, REPLY_WAIT,
	    fuzz->option ? fuzz_pick(fuzz, POOL_ANY) : MACH_PORT_NULL);
	if (code == MACH_SEND_INVALID_REPLY || code == MACH_RCV_INVALID_NAME ||
	    code == MACH_RCV_IN_SET || code == MACH_RCV_PORT_CHANGED ||
	    code == MACH_RCV_PORT_DIED)
		fuzz->reply = fuzz_allocate(fuzz, MACH_PORT_RIGHT_RECEIVE);
	return code;
}

static const struct call_routine *
find(const char *name)
{
	unsigned i = 0;

	while (strcmp(call_routines[i].name, name) != 0)
		i++;
	return &call_routines[i];
}

mach_msg_id_t
fuzz_id(const char *name)
{
	return find(name)->id;
}

kern_return_t
fuzz_do(struct fuzz *fuzz, const char *name, mach_port_t to)
{
	const struct call_routine *routine = find(name);
	mach_msg_return_t code;

	build(fuzz, routine, to);
	ask_reply(fuzz);
	code = transact(fuzz, true);
	if (code == MACH_MSG_SUCCESS)
		fuzz_accept(fuzz, routine->reply);
	return code;
}

/* What would end or stop this child's own task happens, but seldom. */
static mach_port_t
target(struct fuzz *fuzz, const struct call_routine *routine)
{
	const char *verb = strchr(routine->name, '_');
	bool final =
	    strcmp(verb, "_terminate") == 0 || strcmp(verb, "_suspend") == 0;

	if (routine->target == POOL_TASK && !final && !fuzz_one_in(fuzz, 4))
		return fuzz->self;
	return fuzz_pick(fuzz, routine->target);
}

void
fuzz_routine(struct fuzz *fuzz)
{
	const struct call_routine *routine =
	    &call_routines[fuzz_roll(fuzz, call_routine_count)];
	bool answer = !routine->simple;
	bool alone = true;

	*fuzz->last = (uint32_t)routine->id;
	build(fuzz, routine, target(fuzz, routine));
	if (answer)
		ask_reply(fuzz);
	if (fuzz_one_in(fuzz, 8))
		for (unsigned n = fuzz_roll(fuzz, 3) + 1; n > 0; n--) {
			alone = false;
			fuzz_mutate(fuzz);
		}
	if (transact(fuzz, answer) == MACH_MSG_SUCCESS && answer)
		fuzz_accept(fuzz, alone ? routine->reply : NULL);
}

void
fuzz_trap(struct fuzz *fuzz)
{
	const struct call_trap *trap =
	    &call_traps[fuzz_roll(fuzz, call_trap_count)];
	uint64_t arguments[CALL_ARGUMENTS] = {0};
	uint64_t result;

	*fuzz->last = (uint32_t)-trap->number;
	for (unsigned i = 0; i < CALL_ARGUMENTS; i++)
		arguments[i] = i < trap->count
				   ? fuzz_value(fuzz, trap->value[i])
				   : fuzz->random;
	if (trap->number == MACH_PRINT) /* nothing to read there */
		arguments[0] |= 1ULL << 47;
	result = call_trap(trap->number, arguments);
	if (trap->count == 0)
		(void)syscall_mach_port_deallocate(
		    fuzz->self, (mach_port_t)result);
}

static void
put_anything(struct fuzz *fuzz)
{
	static const struct call_field any = {.pool = POOL_ANY};
	unsigned count;

	switch (fuzz_roll(fuzz, 6)) {
	case 0:
		fuzz_put_memory(fuzz, fuzz_address(fuzz),
		    (mach_msg_size_t)fuzz_value(fuzz, VALUE_SIZE) & 0x3ffff,
		    fuzz_one_in(fuzz, 4));
		break;
	case 1:
		count = fuzz_roll(fuzz, ARRAY_MOST);
		fuzz_put_ports(fuzz, names_for(fuzz, &any, count), count,
		    disposition_for(fuzz, MACH_MSG_TYPE_COPY_SEND));
		break;
	case 2:
		fuzz_put_port(fuzz, fuzz_pick(fuzz, POOL_RECEIVE),
		    disposition_for(fuzz, MACH_MSG_TYPE_MOVE_RECEIVE));
		break;
	default:
		fuzz_put_port(
		    fuzz, fuzz_pick(fuzz, POOL_ANY), disposition_for(fuzz, 0));
		break;
	}
}

/* A message to a port of one's own, with anything in it. */
void
fuzz_send(struct fuzz *fuzz)
{
	unsigned pieces = fuzz_roll(fuzz, 5);
	unsigned pool = fuzz_one_in(fuzz, 4) ? POOL_ONCE : POOL_RECEIVE;
	unsigned how = pool == POOL_ONCE      ? MACH_MSG_TYPE_MOVE_SEND_ONCE
		       : fuzz_one_in(fuzz, 2) ? MACH_MSG_TYPE_MAKE_SEND
					      : MACH_MSG_TYPE_COPY_SEND;

	*fuzz->last = 1;
	fuzz_start(fuzz, fuzz_pick(fuzz, pool), how, (int)fuzz_roll(fuzz, 80),
	    pieces != 0);
	for (unsigned i = 0; i < pieces; i++)
		put_anything(fuzz);
	put_array(fuzz, 4 * fuzz_roll(fuzz, fuzz_one_in(fuzz, 8) ? 800 : 20));
	if (fuzz_one_in(fuzz, 3)) {
		fuzz->request->header.msgh_local_port =
		    fuzz_pick(fuzz, POOL_RECEIVE);
		fuzz->request->header.msgh_bits |=
		    disposition_for(fuzz, MACH_MSG_TYPE_MAKE_SEND_ONCE) << 8;
	}
	if (fuzz_one_in(fuzz, 10))
		fuzz_mutate(fuzz);
	if (fuzz_one_in(fuzz, 8))
		fuzz->option |= MACH_SEND_NOTIFY;
	(void)transact(fuzz, false);
}

void
fuzz_receive(struct fuzz *fuzz)
{
	unsigned pool = fuzz_one_in(fuzz, 2) ? POOL_SET : POOL_RECEIVE;
	mach_msg_option_t option = MACH_RCV_MSG | MACH_RCV_TIMEOUT;
	mach_msg_timeout_t wait = fuzz_one_in(fuzz, 16) ? 1 : 0;
	mach_msg_size_t size = MESSAGE_BYTES;

	*fuzz->last = 2;
	if (fuzz_one_in(fuzz, 4))
		option |= (mach_msg_option_t)fuzz_value(fuzz, VALUE_OPTION) &
			  ~MACH_SEND_MSG;
	if (fuzz_one_in(fuzz, 8))
		size = fuzz_roll(fuzz, 300);
	if (mach_msg_trap(&fuzz->answer->header, option, 0, size,
		fuzz_pick(fuzz, pool), wait,
		fuzz_pick(fuzz, POOL_RECEIVE)) == MACH_MSG_SUCCESS)
		fuzz_accept(fuzz, NULL);
}
