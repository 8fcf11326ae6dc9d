/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Interrupt lines: handlers of the kernel, and ports of drivers in user space.
 *
 * For a driver the line is a struct irq_port: an interrupt masks the line and
 * sends a header-only message to the notify port; device_irq_ack unmasks. One
 * message a line at most is under way, so a flood of interrupts cannot fill a
 * queue. When the last send right to the irq port is gone (the driver died),
 * the line is masked and free again.
 */
#include <mach/mig_support.h>

#include <arch/irq.h>

#include <device/device.h>
#include <device/irq_port.h>
#include <ipc/ipc_kmsg.h>
#include <ipc/ipc_kobject.h>
#include <ipc/ipc_mqueue.h>
#include <ipc/ipc_port.h>
#include <kern/convert.h>
#include <kern/ktrace.h>
#include <kern/printf.h>
#include <kern/slab.h>

#define IRQ_MAX 1024U

struct irq_line {
	void (*handler)(void *argument);
	void *argument;
};

struct irq_port {
	struct ipc_port *port;   /* the driver acknowledges here */
	struct ipc_port *notify; /* send right: interrupts go there */
	unsigned irq;
	bool message_signalled;
};

static struct irq_line lines[IRQ_MAX];

void
irq_deliver(unsigned irq)
{
	ktrace(current_thread(), KTRACE_INTERRUPT, irq, 0, 0);
	if (irq < IRQ_MAX && lines[irq].handler != NULL)
		lines[irq].handler(lines[irq].argument);
	else
		irq_mask(irq);
}

kern_return_t
irq_register(unsigned irq, unsigned flags, void (*handler)(void *argument),
    void *argument)
{
	kern_return_t kr;

	if (irq >= IRQ_MAX || irq >= irq_count())
		return KERN_INVALID_VALUE;
	if (lines[irq].handler != NULL)
		return KERN_RESOURCE_SHORTAGE;
	kr = irq_setup(irq, flags);
	if (kr != KERN_SUCCESS)
		return kr;
	lines[irq].handler = handler;
	lines[irq].argument = argument;
	irq_unmask(irq);
	return KERN_SUCCESS;
}

void
irq_unregister(unsigned irq)
{
	if (irq >= IRQ_MAX)
		return;
	irq_mask(irq);
	lines[irq].handler = NULL;
}

static void
irq_port_interrupt(void *argument)
{
	struct irq_port *line = argument;
	struct ipc_kmsg *kmsg;

	irq_mask(line->irq);
	kmsg = ipc_kmsg_alloc(sizeof(kmsg->header));
	if (kmsg == NULL)
		return;
	kmsg->header = (mach_msg_header_t){
	    .msgh_bits = MACH_MSGH_BITS(MACH_MSG_TYPE_PORT_SEND, 0),
	    .msgh_size = sizeof(kmsg->header),
	    .msgh_remote_port =
		ipc_port_to_handle(ipc_port_copy_send(line->notify)),
	    .msgh_id = DEVICE_IRQ_MSG_ID,
	};
	ipc_mqueue_send_always(kmsg);
}

static void
irq_port_no_senders(struct ipc_port *port, void *object)
{
	struct irq_port *line = object;

	irq_unregister(line->irq);
	if (line->message_signalled)
		irq_free_msi(line->irq);
	ipc_port_release_send(line->notify);
	ipc_kobject_destroy(port);
	kfree(line, sizeof(*line));
}

/* Consumes the right to notify on success. */
kern_return_t
irq_port_attach(unsigned irq, unsigned flags, bool message_signalled,
    struct ipc_port *notify, mach_port_t *result)
{
	struct irq_port *line = kalloc_zero(sizeof(*line));
	kern_return_t kr;

	if (line == NULL)
		return KERN_RESOURCE_SHORTAGE;
	line->port = ipc_kobject_alloc(IKOT_IRQ, line);
	if (line->port == NULL) {
		kfree(line, sizeof(*line));
		return KERN_RESOURCE_SHORTAGE;
	}
	line->notify = notify;
	line->irq = irq;
	line->message_signalled = message_signalled;
	kr = irq_register(irq, flags, irq_port_interrupt, line);
	if (kr != KERN_SUCCESS) {
		ipc_kobject_destroy(line->port);
		kfree(line, sizeof(*line));
		return kr;
	}
	*result = ipc_port_to_handle(ipc_port_make_send(line->port));
	return KERN_SUCCESS;
}

struct irq_port *
convert_port_to_irq(mach_port_t handle)
{
	struct ipc_port *port = ipc_port_from_handle(handle);

	return port != NULL ? ipc_kobject_get(port, IKOT_IRQ) : NULL;
}

void
irq_port_init(void)
{
	ipc_kobject_on_no_senders(IKOT_IRQ, irq_port_no_senders);
}

kern_return_t
irq_port_ack(struct irq_port *line)
{
	if (line == NULL)
		return KERN_INVALID_CAPABILITY;
	irq_unmask(line->irq);
	return KERN_SUCCESS;
}
