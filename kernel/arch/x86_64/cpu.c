/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * What this processor can do, and turning it on.
 */
#include <machine/io.h>
#include <machine/mmu.h>
#include <machine/regs.h>
#include <machine/segments.h>

#include <kern/cpu.h>
#include <kern/printf.h>

#define LEAF7_EBX_SMEP (1U << 7)
#define LEAF7_EBX_SMAP (1U << 20)
#define LEAF7_ECX_UMIP (1U << 2)

/*
 * Memory types by PAT index: 0 write-back, 1 write-combining, 2 uncached
 * unless a range register says otherwise, 3 uncached; 4-7 the same.
 */
#define PAT_VALUE 0x0007010600070106ULL

/* What a trap clears in RFLAGS. */
#define TRAP_FLAGS_CLEARED                                                \
	(RFLAGS_IF | RFLAGS_DF | RFLAGS_TF | RFLAGS_AC | RFLAGS_NT |      \
	    RFLAGS_IOPL | RFLAGS_RF | RFLAGS_CF | RFLAGS_PF | RFLAGS_AF | \
	    RFLAGS_ZF | RFLAGS_SF | RFLAGS_OF)

extern void syscall_entry(void);

struct smap_site {
	uint8_t *address;
	uint64_t instruction; /* its three bytes */
};

extern const struct smap_site smap_sites_start[], smap_sites_end[];

/* CPUID leaf 7, or zeros on processors that do not have it. */
static struct cpuid
leaf7(void)
{
	const struct cpuid none = {0, 0, 0, 0};

	return cpuid(0, 0).eax >= 7 ? cpuid(7, 0) : none;
}

void
cpu_patch_smap(void)
{
	if ((leaf7().ebx & LEAF7_EBX_SMAP) == 0)
		return;
	for (const struct smap_site *s = smap_sites_start; s < smap_sites_end;
	     s++)
		for (unsigned i = 0; i < 3; i++)
			s->address[i] = (uint8_t)(s->instruction >> (8 * i));
}

static void
enable_features(void)
{
	const struct cpuid features = leaf7();
	uint64_t cr4 = read_cr4() | CR4_OSFXSR | CR4_OSXMMEXCPT;

	if ((features.ebx & LEAF7_EBX_SMEP) != 0)
		cr4 |= CR4_SMEP;
	if ((features.ebx & LEAF7_EBX_SMAP) != 0)
		cr4 |= CR4_SMAP;
	if ((features.ecx & LEAF7_ECX_UMIP) != 0)
		cr4 |= CR4_UMIP;
	write_cr4(cr4);
	write_cr0((read_cr0() & ~(uint64_t)(CR0_EM | CR0_AM)) | CR0_TS |
		  CR0_MP | CR0_NE | CR0_WP);
	write_msr(MSR_PAT, PAT_VALUE);
	tlb_init();
}

static void
enable_syscall(void)
{
	write_msr(MSR_EFER, read_msr(MSR_EFER) | EFER_SCE | EFER_NXE);
	write_msr(MSR_STAR,
	    (uint64_t)SEL_SYSRET_BASE << 48 | (uint64_t)SEL_KERNEL_CODE << 32);
	write_msr(MSR_LSTAR, (vaddr_t)syscall_entry);
	write_msr(MSR_FMASK, TRAP_FLAGS_CLEARED);
}

void
arch_cpu_init(struct cpu *cpu)
{
	cpu->arch.self = cpu;
	gdt_install(cpu);
	idt_install();
	enable_features();
	enable_syscall();
}

void
arch_cpu_report(void)
{
	uint64_t cr4 = read_cr4();
	struct cpuid name[4] = {0};

	for (uint32_t i = 0; i < 3; i++)
		name[i] = cpuid(0x80000002 + i, 0);
	printf("cpu: %s: nx%s%s%s%s\n", (const char *)name,
	    cr4 & CR4_SMEP ? " smep" : "", cr4 & CR4_SMAP ? " smap" : "",
	    cr4 & CR4_UMIP ? " umip" : "", cr4 & CR4_PCIDE ? " pcid" : "");
}

void
cpu_halt(void)
{
	for (;;)
		__asm__ volatile("cli; hlt");
}
