/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Set-up of one processor, its features, and how it stops.
 */
#include <arch/boot.h>
#include <arch/cpu.h>
#include <arch/timer.h>

#include <kern/cpu.h>
#include <kern/printf.h>

#include "gic.h"
#include "psci.h"
#include "sysreg.h"
#include "timer.h"

#define CNTKCTL_EL0VCTEN 0x2U
#define PMCR_ENABLE      0x1U
#define PMCR_LONG        0x40U
#define PMUSERENR_CR     0x4U
#define PMCNTENSET_C     0x80000000U

/* User mode may read the virtual counter and, if there is one, the cycles. */
static void
user_counters(void)
{
	SYSREG_WRITE("cntkctl_el1", CNTKCTL_EL0VCTEN);
	if (!DFR0_PMU(SYSREG_READ("id_aa64dfr0_el1")))
		return;
	SYSREG_WRITE("pmuserenr_el0", PMUSERENR_CR);
	SYSREG_WRITE("pmintenclr_el1", 0xffffffffU);
	SYSREG_WRITE("pmcr_el0", PMCR_ENABLE | PMCR_LONG);
	SYSREG_WRITE("pmcntenset_el0", PMCNTENSET_C);
}

void
arch_cpu_init(struct cpu *cpu)
{
	SYSREG_WRITE("tpidr_el1", cpu);
	SYSREG_WRITE("tpidrro_el0", 0);
	SYSREG_WRITE("tpidr_el0", 0);
	SYSREG_WRITE("mdscr_el1", 0);
	SYSREG_WRITE("oslar_el1", 0);
	SYSREG_WRITE("cpacr_el1", CPACR_FPEN_EL1);
	if (MMFR1_PAN(SYSREG_READ("id_aa64mmfr1_el1"))) {
		SYSREG_WRITE(
		    "sctlr_el1", SYSREG_READ("sctlr_el1") & ~SCTLR_SPAN);
		__asm__ volatile(".arch_extension pan\n\tmsr pan, #1");
	}
	if (MMFR2_E0PD(SYSREG_READ("id_aa64mmfr2_el1")))
		SYSREG_WRITE("tcr_el1", SYSREG_READ("tcr_el1") | TCR_E0PD1);
	user_counters();
	isb();
}

void
arch_cpu_report(void)
{
	uint64_t midr = SYSREG_READ("midr_el1");

	printf("cpu: aarch64, implementer 0x%02lx part 0x%03lx, ASIDs %d bits, "
	       "GIC v%u, timer %lu kHz;%s%s%s PXN UXN\n",
	    midr >> 24, midr >> 4 & 0xfff,
	    MMFR0_ASID_16(SYSREG_READ("id_aa64mmfr0_el1")) ? 16 : 8,
	    gic_version(), timer_frequency() / 1000,
	    MMFR1_PAN(SYSREG_READ("id_aa64mmfr1_el1")) ? " PAN" : "",
	    PFR1_BTI(SYSREG_READ("id_aa64pfr1_el1")) ? " BTI" : "",
	    MMFR2_E0PD(SYSREG_READ("id_aa64mmfr2_el1")) ? " E0PD" : "");
}

void
arch_init(void)
{
	gic_init();
	timer_init();
}

void
cpu_halt(void)
{
	cpu_interrupts_disable();
	for (;;)
		__asm__ volatile("wfi");
}

void
machine_reboot(void)
{
	psci_call(PSCI_SYSTEM_RESET);
	printf("this machine cannot be reset by software\n");
	cpu_halt();
}

void
machine_poweroff(void)
{
	psci_call(PSCI_SYSTEM_OFF);
	printf("this machine cannot be switched off by software\n");
	cpu_halt();
}
