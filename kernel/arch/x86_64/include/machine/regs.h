/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Register bits, selectors and vectors; for C and assembly.
 */
#ifndef MACHINE_REGS_H
#define MACHINE_REGS_H

#define CR0_PE         0x00000001
#define CR0_MP         0x00000002
#define CR0_EM         0x00000004
#define CR0_TS         0x00000008
#define CR0_NE         0x00000020
#define CR0_WP         0x00010000
#define CR0_AM         0x00040000
#define CR0_PG         0x80000000

#define CR4_PAE        0x00000020
#define CR4_PGE        0x00000080
#define CR4_OSFXSR     0x00000200
#define CR4_OSXMMEXCPT 0x00000400
#define CR4_UMIP       0x00000800
#define CR4_PCIDE      0x00020000
#define CR4_SMEP       0x00100000
#define CR4_SMAP       0x00200000

#define EFER_SCE       0x001
#define EFER_LME       0x100
#define EFER_NXE       0x800

#define RFLAGS_CF      0x000001
#define RFLAGS_ONE     0x000002
#define RFLAGS_PF      0x000004
#define RFLAGS_AF      0x000010
#define RFLAGS_ZF      0x000040
#define RFLAGS_SF      0x000080
#define RFLAGS_TF      0x000100
#define RFLAGS_IF      0x000200
#define RFLAGS_DF      0x000400
#define RFLAGS_OF      0x000800
#define RFLAGS_IOPL    0x003000
#define RFLAGS_NT      0x004000
#define RFLAGS_RF      0x010000
#define RFLAGS_AC      0x040000
#define RFLAGS_ID      0x200000

/*
 * Selectors. SYSRET wants user data before user code, and both 8 and 16
 * above the base that the STAR register holds.
 */
#define SEL_KERNEL_CODE    0x08
#define SEL_KERNEL_DATA    0x10
#define SEL_SYSRET_BASE    0x1b
#define SEL_USER_DATA      0x23
#define SEL_USER_CODE      0x2b
#define SEL_TSS            0x30

#define MSR_APIC_BASE      0x0000001b
#define MSR_TSC_DEADLINE   0x000006e0
#define MSR_PAT            0x00000277
#define MSR_X2APIC         0x00000800
#define MSR_EFER           0xc0000080
#define MSR_STAR           0xc0000081
#define MSR_LSTAR          0xc0000082
#define MSR_FMASK          0xc0000084
#define MSR_FS_BASE        0xc0000100
#define MSR_GS_BASE        0xc0000101
#define MSR_KERNEL_GS_BASE 0xc0000102

#define TRAP_DIVIDE        0
#define TRAP_DEBUG         1
#define TRAP_NMI           2
#define TRAP_BREAKPOINT    3
#define TRAP_OVERFLOW      4
#define TRAP_BOUND         5
#define TRAP_OPCODE        6
#define TRAP_NO_FPU        7
#define TRAP_DOUBLE_FAULT  8
#define TRAP_TSS           10
#define TRAP_SEGMENT       11
#define TRAP_STACK         12
#define TRAP_PROTECTION    13
#define TRAP_PAGE_FAULT    14
#define TRAP_FPU           16
#define TRAP_ALIGNMENT     17
#define TRAP_MACHINE_CHECK 18
#define TRAP_SIMD          19

/* Vectors: interrupt lines from VECTOR_IRQ on, then the local APIC's own. */
#define VECTOR_IRQ      0x20
#define VECTOR_IRQ_END  0xf0
#define VECTOR_TIMER    0xf0
#define VECTOR_SPURIOUS 0xff
#define VECTOR_COUNT    256
/* Two pushes of a byte and a jump. */
#define TRAP_STUB_SIZE 9

/* Page fault error code. */
#define FAULT_PRESENT  0x01
#define FAULT_WRITE    0x02
#define FAULT_USER     0x04
#define FAULT_RESERVED 0x08
#define FAULT_FETCH    0x10

#endif
