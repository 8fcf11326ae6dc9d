/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Arrays of memories: as many descriptors as there can be, those behind the
 * array's count empty, and if it varies a count for each.
 */
#include <string.h>

#include "demux_fuzz.h"

/*
 * How much the i'th of `count` memories is to have: the count to send, as many
 * as `beyond` above its bound.
 */
uint32_t
fuzz_memories_make(const struct fuzz_arg *arg, uint32_t i, uint32_t count,
    uint32_t beyond, uint32_t *size)
{
	const struct fuzz_memory *memory = arg->memories;
	uint32_t most = memory->count != 0 ? memory->count : 50;
	uint32_t n = fuzz_random(most + 1 + beyond);

	*size = 0;
	if (i >= count)
		return 0;
	*size = memory->variable ? n * memory->unit : memory->size;
	return memory->variable ? n : 0;
}

static uint64_t
size_of(const struct fuzz_arg *arg, const mach_msg_ool_descriptor_t *d)
{
	return arg->memories->port ? (uint64_t)d->size * sizeof(mach_port_t)
				   : d->size;
}

static uint32_t
sub_count(const struct fuzz_view *view, uint32_t i)
{
	uint32_t n;

	memcpy(&n, view->subs + i * sizeof(n), sizeof(n));
	return n;
}

static const char *
decode_one(const struct fuzz_arg *arg, const struct fuzz_view *view, uint32_t i)
{
	const mach_msg_ool_descriptor_t *d =
	    (const mach_msg_ool_descriptor_t *)(const void *)view->data + i;
	const struct fuzz_memory *memory = arg->memories;
	uint64_t want = i < view->count ? memory->size : 0;

	if (memory->variable) {
		uint32_t n = sub_count(view, i);

		if (memory->count != 0 && n > memory->count)
			return "count of a memory";
		if (i >= view->count && n != 0)
			return "count of no memory";
		want = (uint64_t)n * memory->unit;
	}
	return size_of(arg, d) == want ? NULL : "size of a memory";
}

const char *
fuzz_memories_decode(
    const struct fuzz_arg *arg, const struct fuzz_view *view, int sent)
{
	const mach_msg_ool_ports_descriptor_t *d = (const void *)view->data;
	uint32_t disposition = sent ? arg->sent : arg->received;
	const char *wrong = NULL;
	uint32_t i;

	for (i = 0; i < arg->count && wrong == NULL; i++) {
		if (d[i].type != (arg->memories->port
					 ? MACH_MSG_OOL_PORTS_DESCRIPTOR
					 : MACH_MSG_OOL_DESCRIPTOR))
			return "memories descriptor";
		if (arg->memories->port && d[i].disposition != disposition)
			return "memories of rights";
		wrong = decode_one(arg, view, i);
	}
	return wrong;
}

void
fuzz_in_memories(
    int arg, const void *addresses, uint32_t count, const uint32_t *counts)
{
	const struct fuzz_arg *a = fuzz_argument(arg);
	const struct fuzz_view *view = &fuzz_call.in[arg];
	const mach_msg_ool_descriptor_t *d = (const void *)view->data;
	const uint64_t *at = addresses;
	uint32_t i, n;

	if (count != view->count)
		fuzz_wrong("%s counts %u, not %u", a->name, count, view->count);
	for (i = 0; i < a->count; i++) {
		const volatile uint8_t *bytes = (const void *)(uintptr_t)at[i];

		if (at[i] != d[i].address)
			fuzz_wrong("%s[%u] is other memory", a->name, i);
		if (counts != NULL && counts[i] != sub_count(view, i))
			fuzz_wrong("%s[%u] counts %u", a->name, i, counts[i]);
		for (n = 0; n < size_of(a, &d[i]); n++)
			(void)bytes[n];
	}
}

void
fuzz_take_memories(const struct fuzz_arg *arg, const struct fuzz_view *view)
{
	const mach_msg_ool_descriptor_t *d = (const void *)view->data;
	uint32_t i, n;

	for (i = 0; i < arg->count; i++) {
		const mach_port_t *names =
		    (const void *)(uintptr_t)d[i].address;

		for (n = 0; arg->memories->port && n < d[i].size; n++)
			ledger_take_right(names[n]);
		if (arg->taken)
			ledger_take_memory(d[i].address, size_of(arg, &d[i]));
	}
}

/* A lie about the number of memories, or what one of them counts. */
static void
lie(const struct fuzz_arg *a, mach_msg_type_number_t *count, uint32_t *counts,
    uint32_t n)
{
	int bounded = counts != NULL && n > 0 &&
		      (a->memories->count != 0 || a->memories->unit > 1 ||
			  a->memories->port);

	if ((count == NULL && !bounded) || !fuzz_lies())
		return;
	if (bounded && (count == NULL || fuzz_random(2) == 0))
		counts[fuzz_random(n)] = UINT32_MAX - fuzz_random(100);
	else
		*count = a->count + 1 + fuzz_random(1000);
}

void
fuzz_out_memories(
    int arg, void *addresses, mach_msg_type_number_t *count, uint32_t *counts)
{
	const struct fuzz_arg *a = fuzz_argument(arg);
	uint64_t *at = addresses;
	uint32_t n = a->count;
	uint32_t i;

	if (count != NULL && *count != a->count)
		fuzz_wrong("%s has room for %u", a->name, *count);
	if (a->variable)
		n = count != NULL ? fuzz_random(a->count + 1)
				  : fuzz_call.out[a->counter].count;
	for (i = 0; i < n; i++) {
		uint32_t most =
		    a->memories->count != 0 ? a->memories->count : 50;
		uint32_t sub = fuzz_random(most + 1);
		uint32_t size = a->memories->variable ? sub * a->memories->unit
						      : a->memories->size;

		at[i] = (uint64_t)(uintptr_t)ledger_returned(size);
		fuzz_call.out[arg].addresses[i] = at[i];
		fuzz_call.out[arg].sizes[i] = size;
		if (counts != NULL)
			counts[i] = sub;
	}
	if (count != NULL)
		*count = n;
	fuzz_call.out[arg].count = n;
	fuzz_call.out[arg].dealloc = a->dealloc == 1;
	lie(a, count, counts, n);
}

/* Those of a reply; a fixed array beyond what was said has none. */
void
fuzz_memories_check(
    const struct fuzz_arg *arg, size_t i, const struct fuzz_view *view)
{
	const mach_msg_ool_descriptor_t *d = (const void *)view->data;
	uint32_t n;

	for (n = 0; n < arg->count; n++) {
		if (d[n].address != fuzz_call.out[i].addresses[n] ||
		    size_of(arg, &d[n]) != fuzz_call.out[i].sizes[n])
			fuzz_wrong("%s[%u] in the reply is other memory",
			    arg->name, n);
		if (d[n].deallocate != fuzz_call.out[i].dealloc)
			fuzz_wrong("%s in the reply: deallocate is %u",
			    arg->name, d[n].deallocate);
		if (d[n].deallocate)
			ledger_take_returned(d[n].address, size_of(arg, &d[n]));
	}
}
