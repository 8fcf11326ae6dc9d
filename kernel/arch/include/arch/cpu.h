/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * The processor this code runs on. <machine/cpu.h> defines inline:
 * cpu_self() (this processor's struct cpu), cpu_interrupts_enable(),
 * cpu_interrupts_disable(), cpu_interrupts_enabled(), cpu_pause() (spin hint),
 * cpu_wait_for_interrupt() (enable, sleep until an interrupt has been taken,
 * disable; no wake-up may be lost between the check and the sleep), and
 * struct arch_cpu, what the architecture keeps per processor.
 */
#ifndef ARCH_CPU_H
#define ARCH_CPU_H

#include <arch/types.h>

struct cpu;

#include <machine/cpu.h>

/* Fill cpu->arch and install it as this processor's; called once each. */
extern void arch_cpu_init(struct cpu *cpu);

/* Features and hardening (SMEP, SMAP, PAN, BTI...): one line on the console. */
extern void arch_cpu_report(void);

/* Stop this processor for good; interrupts off. */
extern _Noreturn void cpu_halt(void);

/* Reset or switch off the machine; falls back to cpu_halt with a message. */
extern _Noreturn void machine_reboot(void);
extern _Noreturn void machine_poweroff(void);

#endif
