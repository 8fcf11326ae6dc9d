/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Samples of program counters: at each tick, or where memory was missing.
 */
#ifndef MACH_PC_SAMPLE_H
#define MACH_PC_SAMPLE_H

#include <mach/vm_types.h>

typedef natural_t sampled_pc_flavor_t;
typedef natural_t sampled_pc_seqno_t; /* how many there were before */

#define SAMPLED_PC_PERIODIC         0x1U
#define SAMPLED_PC_VM_ZFILL_FAULTS  0x10U
#define SAMPLED_PC_VM_PAGEIN_FAULTS 0x40U
#define SAMPLED_PC_VM_COW_FAULTS    0x80U
#define SAMPLED_PC_VM_FAULTS_ANY    0x100U
#define SAMPLED_PC_ALL              0x1d1U

typedef struct sampled_pc {
	uint64_t pc;
	natural_t id; /* the same for samples of one thread */
	sampled_pc_flavor_t sampletype;
} sampled_pc_t;
typedef sampled_pc_t *sampled_pc_array_t;

/* The kernel keeps so many; older ones are lost. */
#define MAX_PC_SAMPLES 256

#endif
