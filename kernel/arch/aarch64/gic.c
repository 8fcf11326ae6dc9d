/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Interrupt lines: arch/irq.h on top of whichever GIC the device tree has, and
 * message-signalled interrupts by a GICv2m frame.
 */
#include "gic.h"

#include <arch/irq.h>

#include <boot/fdt_boot.h>
#include <kern/panic.h>
#include <vm/vm_kernel.h>

#include "timer.h"
#include "trap_entry.h"

#define V2M_TYPER        (0x008 / 4)
#define V2M_SETSPI       0x040
#define V2M_FIRST(typer) ((typer) >> 16 & 0x3ff)
#define V2M_COUNT(typer) ((typer)&0x3ff)
#define V2M_MAX          64U

static const struct {
	const char *compatible;
	const struct gic_ops *ops;
} controllers[] = {
    {"arm,gic-v3", &gicv3_ops},
    {"arm,cortex-a15-gic", &gicv2_ops},
    {"arm,gic-400", &gicv2_ops},
    {"arm,cortex-a7-gic", &gicv2_ops},
    {"arm,cortex-a9-gic", &gicv2_ops},
};

static const struct gic_ops *gic;
static volatile uint32_t *distributor;

/* The GICv2m frame: lines from first on, which of them are taken. */
static struct {
	paddr_t base;
	unsigned first;
	unsigned count;
	uint64_t taken;
} v2m;

volatile uint32_t *
gic_map(int node, unsigned index)
{
	struct fdt_range registers;
	volatile uint32_t *mapped;

	if (!fdt_reg(&boot_fdt, node, index, &registers))
		panic("GIC %s has no register block %u",
		    fdt_name(&boot_fdt, node), index);
	mapped = vm_kmem_map_device(registers.base, registers.size);
	if (mapped == NULL)
		panic("no memory to map the GIC");
	return mapped;
}

unsigned
gic_line_count(volatile uint32_t *registers)
{
	unsigned lines = 32 * ((registers[GICD_TYPER] & 31) + 1);

	return lines < GIC_SPURIOUS ? lines : GIC_SPURIOUS;
}

void
gic_set_trigger(volatile uint32_t *icfgr, unsigned irq, bool edge)
{
	uint32_t bit = 2U << (irq % 16 * 2);

	if (edge)
		icfgr[irq / 16] |= bit;
	else
		icfgr[irq / 16] &= ~bit;
}

static void
v2m_init(void)
{
	int node =
	    fdt_find_compatible(&boot_fdt, FDT_NONE, "arm,gic-v2m-frame");
	struct fdt_range registers;
	uint32_t typer;

	if (node == FDT_NONE || !fdt_reg(&boot_fdt, node, 0, &registers))
		return;
	typer = gic_map(node, 0)[V2M_TYPER];
	v2m.base = registers.base;
	v2m.first = V2M_FIRST(typer);
	v2m.count = V2M_COUNT(typer) < V2M_MAX ? V2M_COUNT(typer) : V2M_MAX;
}

void
gic_init(void)
{
	int node = FDT_NONE;

	for (size_t i = 0; i < sizeof(controllers) / sizeof(*controllers);
	     i++) {
		node = fdt_find_compatible(
		    &boot_fdt, FDT_NONE, controllers[i].compatible);
		if (node != FDT_NONE) {
			gic = controllers[i].ops;
			break;
		}
	}
	if (gic == NULL)
		panic("the device tree has no interrupt controller we know");
	distributor = gic_map(node, 0);
	gic->init(node);
	v2m_init();
}

unsigned
gic_version(void)
{
	return gic->version;
}

void
irq_dispatch(void)
{
	unsigned irq = gic->acknowledge();

	if (irq >= GIC_SPURIOUS)
		return;
	if (irq == timer_line())
		timer_handle();
	else
		irq_deliver(irq);
	gic->end(irq);
}

unsigned
irq_count(void)
{
	return gic_line_count(distributor);
}

kern_return_t
irq_setup(unsigned irq, unsigned flags)
{
	if (irq >= irq_count())
		return KERN_INVALID_VALUE;
	gic->configure(irq, (flags & IRQ_EDGE) != 0);
	return KERN_SUCCESS;
}

void
irq_mask(unsigned irq)
{
	gic->enable(irq, false);
}

void
irq_unmask(unsigned irq)
{
	gic->enable(irq, true);
}

kern_return_t
irq_alloc_msi(unsigned *irq, uint64_t *address, uint32_t *data)
{
	if (v2m.count == 0)
		return KERN_NOT_SUPPORTED;
	for (unsigned i = 0; i < v2m.count; i++) {
		if ((v2m.taken & 1ULL << i) != 0)
			continue;
		v2m.taken |= 1ULL << i;
		*irq = v2m.first + i;
		*address = v2m.base + V2M_SETSPI;
		*data = *irq;
		gic->configure(*irq, true);
		return KERN_SUCCESS;
	}
	return KERN_RESOURCE_SHORTAGE;
}

void
irq_free_msi(unsigned irq)
{
	if (irq >= v2m.first && irq - v2m.first < v2m.count)
		v2m.taken &= ~(1ULL << (irq - v2m.first));
}
