/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Interrupts as messages, device/irq_port.c.
 */
#ifndef DEVICE_IRQ_PORT_H
#define DEVICE_IRQ_PORT_H

#include <mach/port.h>

#include <arch/irq.h>

struct ipc_port;
struct irq_port;

extern void irq_port_init(void);

/*
 * Interrupts of a line as messages to notify (consumed on success); *result
 * is a send right, as a handle, to the port that acknowledges them.
 */
extern kern_return_t irq_port_attach(unsigned irq, unsigned flags,
    bool message_signalled, struct ipc_port *notify, mach_port_t *result);
extern kern_return_t irq_port_ack(struct irq_port *line);

/*
 * Kernel drivers (UART) and the port dispatcher register a handler for a
 * line; it runs in interrupt context. KERN_RESOURCE_SHORTAGE when taken.
 */
extern kern_return_t irq_register(unsigned irq, unsigned flags,
    void (*handler)(void *argument), void *argument);
extern void irq_unregister(unsigned irq);

#endif
