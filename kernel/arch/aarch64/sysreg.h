/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * System registers from C, and barriers. Registers that the assembler does not
 * know by name under the base architecture are named by their encoding.
 */
#ifndef AARCH64_SYSREG_H
#define AARCH64_SYSREG_H

#include <stdint.h>

#define SYSREG_READ(name)                             \
	({                                            \
		uint64_t sysreg_value;                \
		__asm__ volatile("mrs %0, " name      \
				 : "=r"(sysreg_value) \
				 :                    \
				 : "memory");         \
		sysreg_value;                         \
	})

#define SYSREG_WRITE(name, value)                  \
	__asm__ volatile("msr " name ", %x0"       \
			 :                         \
			 : "rZ"((uint64_t)(value)) \
			 : "memory")

#define ICC_IAR1             "S3_0_C12_C12_0"
#define ICC_EOIR1            "S3_0_C12_C12_1"
#define ICC_BPR1             "S3_0_C12_C12_3"
#define ICC_CTLR             "S3_0_C12_C12_4"
#define ICC_SRE              "S3_0_C12_C12_5"
#define ICC_IGRPEN1          "S3_0_C12_C12_7"
#define ICC_PMR              "S3_0_C4_C6_0"

#define MMFR0_ASID_16(value) (((value) >> 4 & 15) == 2)
#define MMFR1_PAN(value)     (((value) >> 20 & 15) != 0)
#define MMFR2_E0PD(value)    (((value) >> 60 & 15) != 0)
#define PFR1_BTI(value)      (((value)&15) != 0)
#define DFR0_PMU(value)      (((value) >> 8 & 15) - 1 < 14)

#define ISAR0_RNDR(value)    (((value) >> 60 & 15) != 0)

#define SCTLR_SPAN           (1ULL << 23)
#define TCR_E0PD1            (1ULL << 56)
#define CPACR_FPEN_EL1       (1ULL << 20) /* EL1 may, EL0 traps */
#define CPACR_FPEN_BOTH      (3ULL << 20)

static inline void
isb(void)
{
	__asm__ volatile("isb" : : : "memory");
}

static inline void
dsb_nsh(void)
{
	__asm__ volatile("dsb nsh" : : : "memory");
}

#endif
