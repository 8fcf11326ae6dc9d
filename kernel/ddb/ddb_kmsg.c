/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * A message on its way: its header, and what it carries.
 */
#include <ddb/ddb.h>
#include <ddb/ddb_ipc.h>
#include <ipc/ipc_kmsg.h>
#include <ipc/ipc_port.h>
#include <kern/printf.h>
#include <vm/vm_map_copy.h>

static const char *const dispositions[] = {"receive", "send", "send-once"};

/* As the kernel carries it, whatever the sender made it of. */
static const char *
disposition_name(unsigned disposition)
{
	unsigned i = disposition - MACH_MSG_TYPE_MOVE_RECEIVE;

	return i < sizeof(dispositions) / sizeof(*dispositions)
		   ? dispositions[i]
		   : "?";
}

void
ddb_print_kmsg(struct ipc_kmsg *kmsg)
{
	const mach_msg_header_t *header = &kmsg->header;

	ddb_poll();
	printf("message %lx id %d, %u bytes, bits %x, reply to %lx\n",
	    (vaddr_t)kmsg, header->msgh_id, header->msgh_size,
	    header->msgh_bits,
	    (vaddr_t)ipc_port_from_handle(header->msgh_local_port));
}

static void
print_port(mach_port_t handle)
{
	if (MACH_PORT_VALID(handle))
		ddb_print_port(ipc_port_from_handle(handle));
	else
		printf("%s", handle == MACH_PORT_NULL ? "null" : "dead");
}

static void
print_memory(const mach_msg_ool_descriptor_t *d)
{
	const struct vm_map_copy *copy = (const struct vm_map_copy *)d->address;

	printf("  memory, %u bytes", d->size);
	if (copy != NULL)
		printf(" as %s, copy %lx",
		    copy->bytes != NULL ? "bytes" : "pages", (vaddr_t)copy);
	printf("\n");
}

static void
print_array(const mach_msg_ool_ports_descriptor_t *d)
{
	const mach_port_t *handles = (const mach_port_t *)d->address;

	printf("  %u %s rights\n", d->count, disposition_name(d->disposition));
	for (unsigned i = 0; handles != NULL && i < d->count; i++) {
		ddb_poll();
		printf("    ");
		print_port(handles[i]);
		printf("\n");
	}
}

/* Prints it; what is behind it. */
static const mach_msg_descriptor_t *
print_descriptor(const mach_msg_descriptor_t *d)
{
	switch (d->type.type) {
	case MACH_MSG_PORT_DESCRIPTOR:
		printf("  %s right ", disposition_name(d->port.disposition));
		print_port(d->port.name);
		printf("\n");
		return (const void *)(&d->port + 1);
	case MACH_MSG_OOL_DESCRIPTOR:
		print_memory(&d->out_of_line);
		return (const void *)(&d->out_of_line + 1);
	case MACH_MSG_OOL_PORTS_DESCRIPTOR:
		print_array(&d->ool_ports);
		return (const void *)(&d->ool_ports + 1);
	default:
		ddb_error("  type %u", d->type.type);
	}
}

void
ddb_show_kmsg(const struct ddb_args *args)
{
	struct ipc_kmsg *kmsg = (struct ipc_kmsg *)ddb_address(args, 0);
	const mach_msg_base_t *base = (const mach_msg_base_t *)&kmsg->header;
	const mach_msg_descriptor_t *d = (const void *)(base + 1);
	unsigned count = kmsg->header.msgh_bits & MACH_MSGH_BITS_COMPLEX
			     ? base->body.msgh_descriptor_count
			     : 0;

	ddb_print_kmsg(kmsg);
	printf("to ");
	ddb_print_port(ipc_kmsg_remote(kmsg));
	printf("\nsequence %u, body at %lx, %u descriptors\n", kmsg->seqno,
	    (vaddr_t)(&kmsg->header + 1), count);
	while (count-- > 0) {
		ddb_poll();
		d = print_descriptor(d);
	}
}
