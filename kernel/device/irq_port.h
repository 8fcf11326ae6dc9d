/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Interrupts as messages, device/irq_port.c.
 */
#ifndef DEVICE_IRQ_PORT_H
#define DEVICE_IRQ_PORT_H

#include <arch/irq.h>

struct ipc_port;

/*
 * Kernel drivers (UART) and the port dispatcher register a handler for a
 * line; it runs in interrupt context. KERN_RESOURCE_SHORTAGE when taken.
 */
extern kern_return_t irq_register(unsigned irq, unsigned flags,
    void (*handler)(void *argument), void *argument);
extern void irq_unregister(unsigned irq);

#endif
