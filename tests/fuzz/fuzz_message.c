/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Messages: put together piece by piece, spoilt, and taken apart.
 */
#include <string.h>

#include "fuzz.h"

#define MEMORY_OBJECT_INIT 2200

void
fuzz_start(struct fuzz *fuzz, mach_port_t to, unsigned disposition,
    mach_msg_id_t id, bool complex)
{
	mach_msg_header_t *header = &fuzz->request->header;

	*header = (mach_msg_header_t){
	    .msgh_bits = disposition | (complex ? MACH_MSGH_BITS_COMPLEX : 0),
	    .msgh_remote_port = to,
	    .msgh_id = id,
	};
	fuzz->size = sizeof(*header);
	fuzz->option = 0;
	fuzz->overflow = false;
	if (complex) {
		fuzz->request->base.body.msgh_descriptor_count = 0;
		fuzz->size = sizeof(mach_msg_base_t);
	}
}

void
fuzz_put(struct fuzz *fuzz, const void *bytes, unsigned size)
{
	if (fuzz->size + size > MESSAGE_BYTES) {
		fuzz->overflow = true;
		return;
	}
	memcpy(fuzz->request->bytes + fuzz->size, bytes, size);
	fuzz->size += size;
}

static void
put_descriptor(struct fuzz *fuzz, const void *bytes, unsigned size)
{
	fuzz_put(fuzz, bytes, size);
	if (!fuzz->overflow)
		fuzz->request->base.body.msgh_descriptor_count++;
}

void
fuzz_put_port(struct fuzz *fuzz, mach_port_t name, unsigned disposition)
{
	mach_msg_port_descriptor_t port = {
	    .name = name,
	    .disposition = (uint8_t)disposition,
	    .type = MACH_MSG_PORT_DESCRIPTOR,
	};

	put_descriptor(fuzz, &port, sizeof(port));
}

void
fuzz_put_memory(struct fuzz *fuzz, vm_address_t address, mach_msg_size_t size,
    bool deallocate)
{
	mach_msg_ool_descriptor_t memory = {
	    .address = address,
	    .deallocate = deallocate,
	    .copy = (uint8_t)fuzz_roll(fuzz, 2),
	    .type = MACH_MSG_OOL_DESCRIPTOR,
	    .size = size,
	};

	put_descriptor(fuzz, &memory, sizeof(memory));
}

void
fuzz_put_ports(struct fuzz *fuzz, vm_address_t address, mach_msg_size_t count,
    unsigned disposition)
{
	mach_msg_ool_ports_descriptor_t ports = {
	    .address = address,
	    .deallocate = fuzz_one_in(fuzz, 8),
	    .copy = (uint8_t)fuzz_roll(fuzz, 2),
	    .disposition = (uint8_t)disposition,
	    .type = MACH_MSG_OOL_PORTS_DESCRIPTOR,
	    .count = count,
	};

	put_descriptor(fuzz, &ports, sizeof(ports));
}

static void
mutate_option(struct fuzz *fuzz)
{
	fuzz->option |= (mach_msg_option_t)fuzz_value(fuzz, VALUE_OPTION) &
			~(MACH_SEND_MSG | MACH_RCV_MSG);
}

/* One thing about a request that is right becomes wrong. */
void
fuzz_mutate(struct fuzz *fuzz)
{
	mach_msg_header_t *header = &fuzz->request->header;
	unsigned size = fuzz->size <= MESSAGE_BYTES ? fuzz->size : 0;
	unsigned at = fuzz_roll(fuzz, size > 0 ? size : sizeof(*header));

	switch (fuzz_roll(fuzz, 12)) {
	case 0:
		fuzz->request->bytes[at] ^= (char)(1U << fuzz_roll(fuzz, 8));
		break;
	case 1:
		fuzz->request->words[at / 4] = fuzz_edge(fuzz);
		break;
	case 2:
		fuzz->size += 4 * fuzz_roll(fuzz, 16);
		break;
	case 3:
		fuzz->size -= fuzz_roll(fuzz, size + 1);
		break;
	case 4:
		fuzz->size = fuzz_edge(fuzz);
		break;
	case 5:
		header->msgh_bits ^= 1U << fuzz_roll(fuzz, 32);
		break;
	case 6:
		header->msgh_remote_port = fuzz_pick(fuzz, POOL_ANY);
		break;
	case 7:
		header->msgh_local_port = fuzz_pick(fuzz, POOL_ANY);
		break;
	case 8:
		header->msgh_id += (mach_msg_id_t)fuzz_roll(fuzz, 5) - 2;
		break;
	case 9:
		fuzz->request->base.body.msgh_descriptor_count +=
		    fuzz_roll(fuzz, 4) - 1U;
		break;
	case 10:
		mutate_option(fuzz);
		break;
	default:
		if (fuzz->size > 36)
			fuzz->request->bytes[24 + 11 + at % 12] =
			    (char)fuzz_roll(fuzz, 24);
		break;
	}
}

static void
accept_memory(struct fuzz *fuzz, uint64_t address, uint64_t size)
{
	if (size != 0)
		(void)syscall_vm_deallocate(fuzz->self, address, size);
}

static void
accept_ports(struct fuzz *fuzz, unsigned pool,
    const mach_msg_ool_ports_descriptor_t *ports)
{
	const mach_port_t *names =
	    (const mach_port_t *)(uintptr_t)ports->address;

	for (mach_msg_size_t i = 0; i < ports->count; i++)
		fuzz_keep(fuzz, pool, names[i]);
	accept_memory(
	    fuzz, ports->address, ports->count * (uint64_t)sizeof(*names));
}

static unsigned
pool_of(const struct fuzz *fuzz, const uint8_t *pools, unsigned descriptor,
    unsigned disposition)
{
	if (disposition == MACH_MSG_TYPE_PORT_RECEIVE)
		return POOL_RECEIVE;
	if (disposition == MACH_MSG_TYPE_PORT_SEND_ONCE)
		return POOL_ONCE;
	if (pools != NULL)
		return pools[descriptor % CALL_REPLY_PORTS];
	if (fuzz->answer->header.msgh_id == MEMORY_OBJECT_INIT)
		return descriptor == 0 ? POOL_CONTROL : POOL_MEMORY_NAME;
	return POOL_ANY;
}

/* What came: rights into pools, by what the reply of the routine has. */
void
fuzz_accept(struct fuzz *fuzz, const uint8_t *pools)
{
	const union message *answer = fuzz->answer;
	const char *at = answer->bytes + sizeof(mach_msg_base_t);

	if (answer->header.msgh_remote_port != MACH_PORT_NULL)
		fuzz_keep(fuzz,
		    pool_of(fuzz, NULL, 0,
			MACH_MSGH_BITS_REMOTE(answer->header.msgh_bits)),
		    answer->header.msgh_remote_port);
	if (!(answer->header.msgh_bits & MACH_MSGH_BITS_COMPLEX))
		return;
	for (unsigned i = 0; i < answer->base.body.msgh_descriptor_count; i++) {
		const mach_msg_descriptor_t *one =
		    (const mach_msg_descriptor_t *)(const void *)at;

		switch (one->type.type) {
		case MACH_MSG_PORT_DESCRIPTOR:
			fuzz_keep(fuzz,
			    pool_of(fuzz, pools, i, one->port.disposition),
			    one->port.name);
			at += sizeof(one->port);
			break;
		case MACH_MSG_OOL_DESCRIPTOR:
			accept_memory(fuzz, one->out_of_line.address,
			    one->out_of_line.size);
			at += sizeof(one->out_of_line);
			break;
		default:
			accept_ports(fuzz,
			    pool_of(fuzz, pools, i, one->ool_ports.disposition),
			    &one->ool_ports);
			at += sizeof(one->ool_ports);
			break;
		}
	}
}
