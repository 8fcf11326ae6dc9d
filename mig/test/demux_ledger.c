/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Every right, region of memory and object of one request: each must be taken
 * by the implementation, by the stub or by who destroys the request, once.
 * What a server returns is kept apart: it goes with the reply.
 */
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>

#include "demux_fuzz.h"

#define RIGHTS_MAX  32768U
#define RIGHT_FIRST 0x10000U
#define BLOCKS_MAX  4096U

const NDR_record_t NDR_record = {.int_rep = 1};

struct block {
	void *memory;
	uint64_t size;
};

static uint8_t taken[RIGHTS_MAX];
static uint32_t right_count;
static struct block arrived[BLOCKS_MAX], returned[BLOCKS_MAX];
static uint32_t arrived_count, returned_count;
static int objects;

uint32_t
ledger_right(void)
{
	if (right_count == RIGHTS_MAX)
		return MACH_PORT_NULL;
	taken[right_count] = 0;
	return RIGHT_FIRST + right_count++;
}

void
ledger_take_right(uint32_t name)
{
	if (!MACH_PORT_VALID(name))
		return;
	if (name < RIGHT_FIRST || name - RIGHT_FIRST >= right_count)
		fuzz_wrong("a right 0x%x that never was", name);
	if (taken[name - RIGHT_FIRST]++ != 0)
		fuzz_wrong("right 0x%x is released twice", name);
}

static void *
add(struct block *blocks, uint32_t *count, uint32_t size)
{
	void *memory = size > 0 ? malloc(size) : NULL;

	if (memory == NULL)
		return NULL;
	if (*count == BLOCKS_MAX) {
		free(memory);
		return NULL;
	}
	fuzz_bytes(memory, size);
	blocks[(*count)++] = (struct block){memory, size};
	return memory;
}

/* Memory that comes with the request: exactly so much, NULL for none. */
void *
ledger_memory(uint32_t size)
{
	return add(arrived, &arrived_count, size);
}

/* Memory of the server that goes with the reply. */
void *
ledger_returned(uint32_t size)
{
	return add(returned, &returned_count, size);
}

static void
take(struct block *blocks, uint32_t count, uint64_t address, uint64_t size)
{
	uint32_t i;

	if (address == 0)
		return;
	for (i = 0; i < count; i++) {
		if ((uint64_t)(uintptr_t)blocks[i].memory != address)
			continue;
		if (blocks[i].size != size)
			fuzz_wrong("%llu bytes are released as %llu",
			    (unsigned long long)blocks[i].size,
			    (unsigned long long)size);
		free(blocks[i].memory);
		blocks[i].memory = NULL;
		return;
	}
	fuzz_wrong("memory is released twice, or never was");
}

void
ledger_take_memory(uint64_t address, uint64_t size)
{
	take(arrived, arrived_count, address, size);
}

void
ledger_take_returned(uint64_t address, uint64_t size)
{
	take(returned, returned_count, address, size);
}

void *
ledger_object(void)
{
	void *object = malloc(1);

	if (object != NULL)
		objects++;
	return object;
}

void
ledger_drop_object(void *object)
{
	if (object == NULL)
		return;
	free(object); /* the sanitizer knows whether it was one */
	objects--;
}

void
ledger_start(void)
{
	right_count = 0;
	arrived_count = 0;
	returned_count = 0;
	objects = 0;
}

/* All that came must be gone; what the server kept of its own goes now. */
void
ledger_finish(int objects_too)
{
	uint32_t i;

	for (i = 0; i < right_count; i++)
		if (taken[i] != 1)
			fuzz_wrong("right 0x%x is lost", RIGHT_FIRST + i);
	for (i = 0; i < arrived_count; i++)
		if (arrived[i].memory != NULL)
			fuzz_wrong("%llu bytes of memory are lost",
			    (unsigned long long)arrived[i].size);
	for (i = 0; i < returned_count; i++)
		free(returned[i].memory);
	if (objects_too && objects != 0)
		fuzz_wrong("%d objects are lost", objects);
}

static void
destroy_ports(const mach_msg_ool_ports_descriptor_t *ports)
{
	const uint32_t *names = (const void *)(uintptr_t)ports->address;
	uint32_t i;

	for (i = 0; names != NULL && i < ports->count; i++)
		ledger_take_right(names[i]);
	ledger_take_memory(
	    ports->address, (uint64_t)ports->count * sizeof(*names));
}

/* mach_msg_destroy, but for the rights of the header. */
void
ledger_destroy(mach_msg_header_t *message)
{
	mach_msg_base_t *base = (void *)message;
	uint8_t *at = (uint8_t *)(base + 1);
	uint32_t i;

	if ((message->msgh_bits & MACH_MSGH_BITS_COMPLEX) == 0)
		return;
	for (i = 0; i < base->body.msgh_descriptor_count; i++) {
		const mach_msg_descriptor_t *d = (const void *)at;

		if (d->type.type == MACH_MSG_PORT_DESCRIPTOR) {
			ledger_take_right(d->port.name);
			at += sizeof(d->port);
			continue;
		}
		if (d->type.type == MACH_MSG_OOL_DESCRIPTOR)
			ledger_take_memory(
			    d->out_of_line.address, d->out_of_line.size);
		else
			destroy_ports(&d->ool_ports);
		at += sizeof(d->out_of_line);
	}
}

/* What stubs call. */
void
mig_deallocate(vm_address_t address, vm_size_t size)
{
	ledger_take_memory(address, size);
}

void
mig_release_right(mach_port_t name, mach_msg_type_name_t disposition)
{
	if (!MACH_MSG_TYPE_PORT_ANY(disposition))
		fuzz_wrong("a right is released as %u", disposition);
	ledger_take_right(name);
}
