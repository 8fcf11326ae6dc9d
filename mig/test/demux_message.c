/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Requests: right ones from the layout, then tampered with as a sender can:
 * descriptors of other kinds and sizes, more or fewer of them, any bytes behind
 * them, any header. A message is put together last, so that it always is one
 * that the kernel could have delivered.
 */
#include <stdlib.h>
#include <string.h>

#include "demux_fuzz.h"

#define DESCRIPTORS_MAX 1100U
#define BODY_MAX        131072U

/* A message in the making. */
static struct {
	mach_msg_descriptor_t descriptors[DESCRIPTORS_MAX];
	uint32_t descriptor_count;
	int complex;
	int arg; /* the one whose fields are put */
	uint32_t beyond;
	uint8_t body[BODY_MAX];
	uint32_t body_size;
	uint32_t bits;
	uint32_t remote, local;
	mach_msg_id_t id;
	mach_msg_max_trailer_t trailer;
} m;

static uint64_t state;

uint32_t
fuzz_random(uint32_t below)
{
	uint64_t z;

	state += 0x9e3779b97f4a7c15ULL;
	z = state;
	z = (z ^ (z >> 30)) * 0xbf58476d1ce4e5b9ULL;
	z = (z ^ (z >> 27)) * 0x94d049bb133111ebULL;
	return (uint32_t)(((z >> 32) * below) >> 32);
}

void
fuzz_seed(uint64_t seed)
{
	state = seed * 0xd1342543de82ef95ULL;
}

void
fuzz_bytes(void *to, size_t length)
{
	uint8_t *bytes = to;
	uint32_t word = 0;
	size_t i;

	for (i = 0; i < length; i++, word >>= 8) {
		if (i % 4 == 0)
			word = fuzz_random(UINT32_MAX);
		bytes[i] = (uint8_t)word;
	}
}

static uint32_t
random_disposition(void)
{
	return MACH_MSG_TYPE_PORT_RECEIVE + fuzz_random(3);
}

static uint32_t
random_right(void)
{
	switch (fuzz_random(8)) {
	case 0:
		return MACH_PORT_NULL;
	case 1:
		return ~0U; /* died on the way */
	default:
		return ledger_right();
	}
}

static mach_msg_descriptor_t
port_descriptor(uint32_t name, uint32_t disposition)
{
	mach_msg_descriptor_t d = {.port = {.name = name,
				       .pad1 = fuzz_random(2),
				       .disposition = (uint8_t)disposition,
				       .type = MACH_MSG_PORT_DESCRIPTOR}};

	return d;
}

static mach_msg_descriptor_t
memory_descriptor(uint32_t size)
{
	void *memory = ledger_memory(size);
	mach_msg_descriptor_t d = {
	    .out_of_line = {.address = (uint64_t)(uintptr_t)memory,
		.deallocate = (uint8_t)fuzz_random(2),
		.copy = (uint8_t)fuzz_random(2),
		.type = MACH_MSG_OOL_DESCRIPTOR,
		.size = memory != NULL ? size : 0}};

	return d;
}

/* A string as memory: NUL at its end or, if its size is fixed, anywhere. */
static mach_msg_descriptor_t
string_descriptor(uint32_t size, int variable)
{
	mach_msg_descriptor_t d = memory_descriptor(size);
	char *text = (void *)(uintptr_t)d.out_of_line.address;

	if (text == NULL)
		return d;
	memset(text, 'a', size);
	text[variable ? size - 1 : fuzz_random(size)] = '\0';
	return d;
}

static mach_msg_descriptor_t
ports_descriptor(uint32_t count, uint32_t disposition)
{
	mach_port_t *names =
	    ledger_memory(count * (uint32_t)sizeof(mach_port_t));
	mach_msg_descriptor_t d = {
	    .ool_ports = {.address = (uint64_t)(uintptr_t)names,
		.disposition = (uint8_t)disposition,
		.type = MACH_MSG_OOL_PORTS_DESCRIPTOR,
		.count = names != NULL ? count : 0}};
	uint32_t i;

	for (i = 0; names != NULL && i < count; i++)
		names[i] = random_right();
	return d;
}

static uint32_t
disposition_of(const struct fuzz_arg *arg)
{
	return arg->received != FUZZ_POLY ? arg->received
					  : random_disposition();
}

/* How many of what an argument counts: the edges more often. */
static uint32_t
random_count(const struct fuzz_arg *arg, uint32_t bound)
{
	uint32_t most = bound != 0 ? bound : 600;

	switch (fuzz_random(8)) {
	case 0:
		return arg->string ? 1 : 0;
	case 1:
		return most;
	case 2:
		return 1 + fuzz_random(most);
	default:
		return 1 + fuzz_random(most < 20 ? most : 20);
	}
}

static void
put(const void *bytes, uint32_t length)
{
	memcpy(m.body + m.body_size, bytes, length);
	m.body_size += length;
}

static void
put_data(
    const struct fuzz_field *field, const struct fuzz_arg *arg, uint32_t count)
{
	uint8_t *to = m.body + m.body_size;
	uint32_t bytes =
	    field->kind == FUZZ_VARIABLE ? count * arg->unit : field->size;

	fuzz_bytes(to, (bytes + 3) & ~3U);
	if (arg->string && field->kind == FUZZ_VARIABLE)
		memset(to, 'a', bytes);
	if (arg->string)
		to[field->kind == FUZZ_VARIABLE ? bytes - 1
						: fuzz_random(arg->count)] = 0;
	m.body_size += (bytes + 3) & ~3U;
}

/* What the memories count goes into the body later: for each of them. */
static uint32_t subs[FUZZ_ARGS_MAX][FUZZ_SUBS_MAX];

static void
put_memories(const struct fuzz_arg *arg, uint32_t count, uint32_t disposition)
{
	uint32_t i;

	for (i = 0; i < arg->count; i++) {
		uint32_t size;

		subs[m.arg][i] = fuzz_memories_make(
		    arg, i, arg->variable ? count : i + 1, m.beyond, &size);
		m.descriptors[m.descriptor_count++] =
		    arg->memories->port
			? ports_descriptor(size / 4, disposition)
			: memory_descriptor(size);
	}
}

static void
put_descriptors(
    const struct fuzz_field *field, const struct fuzz_arg *arg, uint32_t count)
{
	uint32_t disposition = disposition_of(arg);
	uint32_t i;

	if (field->kind == FUZZ_MEMORIES) {
		put_memories(arg, count, disposition);
		return;
	}
	if (field->kind == FUZZ_MEMORY) {
		uint32_t size = arg->variable ? count * arg->unit : arg->size;

		m.descriptors[m.descriptor_count++] =
		    arg->string ? string_descriptor(size, arg->variable)
				: memory_descriptor(size);
		return;
	}
	if (field->kind == FUZZ_PORTS) {
		m.descriptors[m.descriptor_count++] = ports_descriptor(
		    arg->variable ? count : arg->count, disposition);
		return;
	}
	for (i = 0; i < field->size / sizeof(mach_msg_port_descriptor_t); i++)
		m.descriptors[m.descriptor_count++] = port_descriptor(
		    arg->variable && i >= count ? 0 : random_right(),
		    disposition);
}

static void
put_field(
    const struct fuzz_field *field, const struct fuzz_arg *arg, uint32_t count)
{
	uint32_t value;

	switch (field->kind) {
	case FUZZ_COUNTS:
		put(subs[m.arg], field->size);
		break;
	case FUZZ_PORT:
	case FUZZ_MEMORY:
	case FUZZ_PORTS:
	case FUZZ_MEMORIES:
		put_descriptors(field, arg, count);
		break;
	case FUZZ_NDR:
		put(&NDR_record, sizeof(NDR_record));
		break;
	case FUZZ_COUNT:
		put(&count, sizeof(count));
		break;
	case FUZZ_CAPACITY:
		value = fuzz_random(4) == 0 ? fuzz_random(UINT32_MAX)
					    : fuzz_random(arg->count + 2);
		put(&value, sizeof(value));
		break;
	case FUZZ_STRING_OFFSET:
		value = 0;
		put(&value, sizeof(value));
		break;
	case FUZZ_DATA:
	case FUZZ_VARIABLE:
		put_data(field, arg, count);
		break;
	case FUZZ_RETURN_CODE:
		value = 0;
		put(&value, sizeof(value));
		break;
	case FUZZ_HEADER:
	case FUZZ_DESCRIPTOR_COUNT:
	default:
		break;
	}
}

/* A message of a routine; with `beyond`, counts may exceed their bounds. */
static void
make(const struct fuzz_routine *routine, const struct fuzz_layout *layout,
    int beyond)
{
	const struct fuzz_arg *args = routine->args;
	uint32_t counts[FUZZ_ARGS_MAX] = {0};
	size_t i;

	m.beyond = beyond ? 2 : 0;
	m.descriptor_count = 0;
	m.body_size = 0;
	m.complex = layout->descriptors > 0;
	m.bits = MACH_MSGH_BITS(17 + fuzz_random(2), 16 + fuzz_random(3));
	m.remote = 0x2002;
	m.local = 0x1001;
	m.id = routine->id;
	fuzz_bytes(&m.trailer, sizeof(m.trailer));
	m.trailer.msgh_trailer_type = 0;
	m.trailer.msgh_trailer_size = MACH_MSG_TRAILER_MAX_SIZE;
	for (i = 0; i < routine->arg_count; i++) {
		uint32_t bound = fuzz_bound(routine, (int)i);

		if (args[i].counter != (int)i)
			counts[i] = counts[args[i].counter];
		else
			counts[i] = beyond && fuzz_random(2) == 0
					? bound + fuzz_random(4)
					: random_count(&args[i], bound);
	}
	for (i = 0; i < layout->field_count; i++) {
		int arg = layout->fields[i].arg;

		m.arg = arg < 0 ? 0 : arg;
		put_field(&layout->fields[i], &args[arg < 0 ? 0 : arg],
		    counts[arg < 0 ? 0 : arg]);
	}
}

static mach_msg_descriptor_t
random_descriptor(void)
{
	switch (fuzz_random(3)) {
	case 0:
		return port_descriptor(random_right(), random_disposition());
	case 1:
		return memory_descriptor(fuzz_random(200));
	default:
		return ports_descriptor(fuzz_random(20), random_disposition());
	}
}

/* It is not sent after all. */
static void
drop_descriptor(const mach_msg_descriptor_t *d)
{
	struct {
		mach_msg_base_t base;
		mach_msg_descriptor_t descriptor;
	} alone = {.base = {.header = {.msgh_bits = MACH_MSGH_BITS_COMPLEX},
		       .body = {.msgh_descriptor_count = 1}},
	    .descriptor = *d};

	ledger_destroy(&alone.base.header);
}

static void
insert_descriptor(void)
{
	uint32_t at = fuzz_random(m.descriptor_count + 1);

	if (m.descriptor_count == DESCRIPTORS_MAX)
		return;
	memmove(&m.descriptors[at + 1], &m.descriptors[at],
	    (m.descriptor_count - at) * sizeof(m.descriptors[0]));
	m.descriptors[at] = random_descriptor();
	m.descriptor_count++;
	m.complex = 1;
}

static void
change_descriptors(void)
{
	uint32_t at;
	mach_msg_descriptor_t *d;

	if (m.descriptor_count == 0 || fuzz_random(6) == 0) {
		insert_descriptor();
		return;
	}
	at = fuzz_random(m.descriptor_count);
	d = &m.descriptors[at];
	switch (fuzz_random(3)) {
	case 0:
		drop_descriptor(d);
		memmove(d, d + 1, (m.descriptor_count - at - 1) * sizeof(*d));
		m.descriptor_count--;
		break;
	case 1:
		drop_descriptor(d);
		*d = random_descriptor();
		break;
	default: /* where the disposition is, or was */
		if (d->type.type == MACH_MSG_PORT_DESCRIPTOR)
			d->port.disposition = (uint8_t)random_disposition();
		else
			d->ool_ports.disposition =
			    (uint8_t)random_disposition();
		break;
	}
}

/* One word of the body: most of those that are not data are counts. */
static void
change_word(void)
{
	static const uint32_t edges[] = {0, 1, 2, 3, 4, 255, 4096, 65536,
	    0x3fffffff, 0x40000000, 0x7fffffff, 0x80000000, 0xfffffffc,
	    0xffffffff};
	uint32_t at;
	uint32_t value;

	if (m.body_size == 0)
		return;
	at = 4 * fuzz_random(m.body_size / 4);
	/* Counts are where the body begins, or behind another array. */
	if (fuzz_random(2) == 0 && m.body_size > 32)
		at = 4 * fuzz_random(8);
	memcpy(&value, m.body + at, sizeof(value));
	switch (fuzz_random(4)) {
	case 0:
		value = edges[fuzz_random(14)];
		break;
	case 1:
		value += 1U << fuzz_random(32);
		break;
	case 2:
		value += fuzz_random(9) - 4;
		break;
	default:
		value = fuzz_random(40);
		break;
	}
	memcpy(m.body + at, &value, sizeof(value));
}

static void
change_size(void)
{
	uint32_t by = 4 * (1 + fuzz_random(fuzz_random(2) == 0 ? 2 : 40));

	if (fuzz_random(2) == 0) {
		m.body_size -= by < m.body_size ? by : m.body_size;
	} else if (m.body_size + by < BODY_MAX) {
		fuzz_bytes(m.body + m.body_size, by);
		m.body_size += by;
	}
}

static void
change_header(void)
{
	switch (fuzz_random(8)) {
	case 0:
		m.id = (mach_msg_id_t)((uint32_t)m.id + fuzz_random(40) - 20);
		break;
	case 1:
		m.id = (mach_msg_id_t)fuzz_random(UINT32_MAX);
		break;
	case 2:
		m.id = fuzz_random(2) == 0 ? INT32_MAX : INT32_MIN;
		break;
	case 3:
		m.remote = 0;
		m.bits = MACH_MSGH_BITS(0, 16 + fuzz_random(3));
		break;
	case 4: /* a message of no descriptors can be complex */
		if (m.descriptor_count == 0)
			m.complex = !m.complex;
		break;
	case 5:
		while (m.descriptor_count > 0)
			drop_descriptor(&m.descriptors[--m.descriptor_count]);
		m.complex = (int)fuzz_random(2);
		break;
	case 6:
		m.trailer.msgh_trailer_size = fuzz_random(2) == 0 ? 8 : 20;
		break;
	default:
		m.trailer.msgh_trailer_type = fuzz_random(3);
		break;
	}
}

static void
tamper(void)
{
	uint32_t n;

	for (n = 1 + fuzz_random(3); n > 0; n--) {
		switch (fuzz_random(8)) {
		case 0:
			change_descriptors();
			break;
		case 1:
		case 2:
			change_size();
			break;
		case 3:
			change_header();
			break;
		default:
			change_word();
			break;
		}
	}
}

static uint32_t
descriptor_size(const mach_msg_descriptor_t *d)
{
	return d->type.type == MACH_MSG_PORT_DESCRIPTOR
		   ? sizeof(d->port)
		   : sizeof(d->out_of_line);
}

/* The message, in memory of exactly its size and its trailer's. */
static mach_msg_header_t *
assemble(void)
{
	uint32_t size = sizeof(mach_msg_header_t) + m.body_size +
			(m.complex ? sizeof(mach_msg_body_t) : 0);
	mach_msg_header_t *header;
	uint8_t *at;
	uint32_t i;

	for (i = 0; i < m.descriptor_count; i++)
		size += descriptor_size(&m.descriptors[i]);
	header = malloc(size + m.trailer.msgh_trailer_size);
	if (header == NULL)
		abort();
	*header = (mach_msg_header_t){
	    .msgh_bits = m.bits | (m.complex ? MACH_MSGH_BITS_COMPLEX : 0),
	    .msgh_size = size,
	    .msgh_remote_port = m.remote,
	    .msgh_local_port = m.local,
	    .msgh_id = m.id,
	};
	at = (uint8_t *)(header + 1);
	if (m.complex) {
		memcpy(at, &m.descriptor_count, sizeof(m.descriptor_count));
		at += sizeof(m.descriptor_count);
	}
	for (i = 0; i < m.descriptor_count; i++) {
		memcpy(
		    at, &m.descriptors[i], descriptor_size(&m.descriptors[i]));
		at += descriptor_size(&m.descriptors[i]);
	}
	memcpy(at, m.body, m.body_size);
	memcpy(at + m.body_size, &m.trailer, m.trailer.msgh_trailer_size);
	return header;
}

int
fuzz_request(const struct fuzz_routine *routine, mach_msg_header_t **message)
{
	int right = fuzz_random(3) == 0;
	int beyond = !right && fuzz_random(6) == 0;
	uint32_t swap;

	make(routine, &routine->request, beyond);
	if (!right && (!beyond || fuzz_random(3) == 0))
		tamper();
	if (fuzz_interface.kernel_server) { /* as sent */
		swap = m.local;
		m.local = m.remote;
		m.remote = swap;
		m.bits = MACH_MSGH_BITS(MACH_MSGH_BITS_LOCAL(m.bits),
		    MACH_MSGH_BITS_REMOTE(m.bits));
	}
	*message = assemble();
	return right;
}

/* One that carries only a code. */
static void
make_error(void)
{
	kern_return_t code = fuzz_random(2) == 0 ? KERN_FAILURE : -304;

	while (m.descriptor_count > 0)
		drop_descriptor(&m.descriptors[--m.descriptor_count]);
	m.complex = 0;
	m.body_size = 0;
	put(&NDR_record, sizeof(NDR_record));
	put(&code, sizeof(code));
}

void
fuzz_reply(const struct fuzz_routine *routine, mach_msg_size_t trailer,
    mach_msg_header_t **message)
{
	int right = fuzz_random(3) == 0;
	int beyond = !right && fuzz_random(6) == 0;

	make(routine, &routine->reply, beyond);
	m.id = routine->id + 100;
	m.remote = 0;
	m.local = 0x2002;
	m.bits = MACH_MSGH_BITS(0, MACH_MSG_TYPE_PORT_SEND_ONCE);
	m.trailer.msgh_trailer_size = trailer;
	if (fuzz_random(12) == 0)
		make_error();
	if (!right && (!beyond || fuzz_random(3) == 0))
		tamper();
	if (!right && fuzz_random(40) == 0)
		m.id = 71; /* the reply port died */
	if (m.trailer.msgh_trailer_size > trailer)
		m.trailer.msgh_trailer_size = trailer;
	*message = assemble();
}
