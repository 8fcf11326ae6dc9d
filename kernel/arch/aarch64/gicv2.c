/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * GIC version 2: distributor, and a processor interface in memory. The group
 * registers are left alone: without the security extension everything is in the
 * one group that bit 0 of both control registers enables, with it the
 * non-secure view looks the same.
 */
#include "gic.h"

#define GICC_CTLR (0x00 / 4)
#define GICC_PMR  (0x04 / 4)
#define GICC_IAR  (0x0c / 4)
#define GICC_EOIR (0x10 / 4)
#define IAR_LINE  0x3ffU
#define ENABLE    1U
#define PMR_ALL   0xffU

static volatile uint32_t *distributor;
static volatile uint32_t *interface;
static uint32_t own_target; /* this processor, in each byte */

static void
gicv2_init(int node)
{
	unsigned lines;

	distributor = gic_map(node, 0);
	interface = gic_map(node, 1);
	lines = gic_line_count(distributor);
	distributor[GICD_CTLR] = 0;
	own_target = distributor[GICD_ITARGETSR];
	for (unsigned i = 0; i < lines / 32; i++)
		distributor[GICD_ICENABLER + i] = UINT32_MAX;
	for (unsigned i = 0; i < lines / 4; i++)
		distributor[GICD_IPRIORITYR + i] = GIC_PRIORITY_WORD;
	for (unsigned i = GIC_SPI / 4; i < lines / 4; i++)
		distributor[GICD_ITARGETSR + i] = own_target;
	distributor[GICD_CTLR] = ENABLE;
	interface[GICC_PMR] = PMR_ALL;
	interface[GICC_CTLR] = ENABLE;
}

static void
gicv2_enable(unsigned irq, bool on)
{
	unsigned array = on ? GICD_ISENABLER : GICD_ICENABLER;

	distributor[array + irq / 32] = 1U << irq % 32;
}

static void
gicv2_configure(unsigned irq, bool edge)
{
	if (irq >= GIC_SPI)
		gic_set_trigger(distributor + GICD_ICFGR, irq, edge);
}

static unsigned
gicv2_acknowledge(void)
{
	return interface[GICC_IAR] & IAR_LINE;
}

static void
gicv2_end(unsigned irq)
{
	interface[GICC_EOIR] = irq;
}

const struct gic_ops gicv2_ops = {
    .version = 2,
    .init = gicv2_init,
    .enable = gicv2_enable,
    .configure = gicv2_configure,
    .acknowledge = gicv2_acknowledge,
    .end = gicv2_end,
};
