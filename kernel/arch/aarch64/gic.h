/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * The two generations of interrupt controller behind arch/irq.h.
 */
#ifndef AARCH64_GIC_H
#define AARCH64_GIC_H

#include <arch/types.h>

#define GIC_SPURIOUS 1020U /* and above: no interrupt */
#define GIC_PRIORITY 0xa0U
#define GIC_SPI      32U /* lines below are this processor's own */

/* Registers of the distributor, the same in both; offsets of 32-bit words. */
#define GICD_CTLR         (0x000 / 4)
#define GICD_TYPER        (0x004 / 4)
#define GICD_IGROUPR      (0x080 / 4)
#define GICD_ISENABLER    (0x100 / 4)
#define GICD_ICENABLER    (0x180 / 4)
#define GICD_IPRIORITYR   (0x400 / 4)
#define GICD_ITARGETSR    (0x800 / 4)
#define GICD_ICFGR        (0xc00 / 4)

#define GIC_PRIORITY_WORD (GIC_PRIORITY * 0x01010101U)

struct gic_ops {
	unsigned version;
	void (*init)(int node); /* panics where the tree makes no sense */
	void (*enable)(unsigned irq, bool on);
	/* Priority, trigger, and this processor as target. */
	void (*configure)(unsigned irq, bool edge);
	unsigned (*acknowledge)(void);
	void (*end)(unsigned irq);
};

extern const struct gic_ops gicv2_ops, gicv3_ops;

extern void gic_init(void);
extern unsigned gic_version(void);

/* Map the index-th register block of a node; panics when it cannot. */
extern volatile uint32_t *gic_map(int node, unsigned index);

/* Number of lines a distributor has. */
extern unsigned gic_line_count(volatile uint32_t *distributor);

/* Trigger of a line in an ICFGR array. */
extern void gic_set_trigger(volatile uint32_t *icfgr, unsigned irq, bool edge);

#endif
