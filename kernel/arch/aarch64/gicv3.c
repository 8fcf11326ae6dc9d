/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * GIC version 3 and 4: distributor, this processor's redistributor, processor
 * interface in system registers. Everything is in group 1.
 */
#include <kern/panic.h>

#include "gic.h"
#include "sysreg.h"

#define GICD_IROUTER    (0x6000 / 4)
#define CTLR_GROUPS     0x03U
#define CTLR_AFFINITY   0x10U
#define CTLR_PENDING    0x80000000U /* a write is under way */

#define GICR_TYPER_LOW  (0x008 / 4)
#define GICR_TYPER_HIGH (0x00c / 4)
#define GICR_WAKER      (0x014 / 4)
#define GICR_SGI        (0x10000 / 4) /* second frame: lines below 32 */
#define TYPER_VLPIS     0x02U
#define TYPER_LAST      0x10U
#define WAKER_SLEEP     0x2U
#define WAKER_ASLEEP    0x4U
#define GICR_STRIDE     (0x20000 / 4)

#define ICC_SRE_ENABLE  1U
#define ICC_PMR_ALL     0xffU

static volatile uint32_t *distributor;
static volatile uint32_t *redistributor;
static uint64_t own_affinity;

static void
distributor_wait(void)
{
	while ((distributor[GICD_CTLR] & CTLR_PENDING) != 0)
		continue;
}

/* The redistributor whose affinity is this processor's. */
static volatile uint32_t *
find_redistributor(int node)
{
	volatile uint32_t *at = gic_map(node, 1);
	uint32_t affinity = (uint32_t)(own_affinity & 0xffffff) |
			    (uint32_t)(own_affinity >> 8 & 0xff000000);

	for (;;) {
		uint32_t typer = at[GICR_TYPER_LOW];

		if (at[GICR_TYPER_HIGH] == affinity)
			return at;
		if ((typer & TYPER_LAST) != 0)
			panic("no GIC redistributor for this processor");
		at +=
		    (typer & TYPER_VLPIS) != 0 ? 2 * GICR_STRIDE : GICR_STRIDE;
	}
}

static void
redistributor_init(void)
{
	volatile uint32_t *own = redistributor + GICR_SGI;

	redistributor[GICR_WAKER] &= ~WAKER_SLEEP;
	while ((redistributor[GICR_WAKER] & WAKER_ASLEEP) != 0)
		continue;
	own[GICD_ICENABLER] = UINT32_MAX;
	own[GICD_IGROUPR] = UINT32_MAX;
	for (unsigned i = 0; i < GIC_SPI / 4; i++)
		own[GICD_IPRIORITYR + i] = GIC_PRIORITY_WORD;
}

static void
interface_init(void)
{
	SYSREG_WRITE(ICC_SRE, SYSREG_READ(ICC_SRE) | ICC_SRE_ENABLE);
	isb();
	SYSREG_WRITE(ICC_PMR, ICC_PMR_ALL);
	SYSREG_WRITE(ICC_BPR1, 0);
	SYSREG_WRITE(ICC_CTLR, 0);
	SYSREG_WRITE(ICC_IGRPEN1, 1);
	isb();
}

static void
route_here(unsigned irq)
{
	volatile uint32_t *router = distributor + GICD_IROUTER + 2UL * irq;

	router[0] = (uint32_t)own_affinity;
	router[1] = (uint32_t)(own_affinity >> 32);
}

static void
gicv3_init(int node)
{
	unsigned lines;

	own_affinity = SYSREG_READ("mpidr_el1") & 0xff00ffffff;
	distributor = gic_map(node, 0);
	redistributor = find_redistributor(node);
	lines = gic_line_count(distributor);
	distributor[GICD_CTLR] = 0;
	distributor_wait();
	for (unsigned i = GIC_SPI / 32; i < lines / 32; i++) {
		distributor[GICD_ICENABLER + i] = UINT32_MAX;
		distributor[GICD_IGROUPR + i] = UINT32_MAX;
	}
	for (unsigned i = GIC_SPI / 4; i < lines / 4; i++)
		distributor[GICD_IPRIORITYR + i] = GIC_PRIORITY_WORD;
	distributor_wait();
	distributor[GICD_CTLR] = CTLR_AFFINITY;
	distributor_wait();
	distributor[GICD_CTLR] = CTLR_AFFINITY | CTLR_GROUPS;
	distributor_wait();
	for (unsigned irq = GIC_SPI; irq < lines; irq++)
		route_here(irq);
	redistributor_init();
	interface_init();
}

static volatile uint32_t *
frame_of(unsigned irq)
{
	return irq < GIC_SPI ? redistributor + GICR_SGI : distributor;
}

static void
gicv3_enable(unsigned irq, bool on)
{
	unsigned array = on ? GICD_ISENABLER : GICD_ICENABLER;

	frame_of(irq)[array + irq / 32] = 1U << irq % 32;
}

static void
gicv3_configure(unsigned irq, bool edge)
{
	if (irq >= GIC_SPI)
		gic_set_trigger(distributor + GICD_ICFGR, irq, edge);
}

static unsigned
gicv3_acknowledge(void)
{
	unsigned irq = (unsigned)SYSREG_READ(ICC_IAR1);

	__asm__ volatile("dsb sy" : : : "memory");
	return irq & 0xffffff;
}

static void
gicv3_end(unsigned irq)
{
	SYSREG_WRITE(ICC_EOIR1, irq);
	isb();
}

const struct gic_ops gicv3_ops = {
    .version = 3,
    .init = gicv3_init,
    .enable = gicv3_enable,
    .configure = gicv3_configure,
    .acknowledge = gicv3_acknowledge,
    .end = gicv3_end,
};
