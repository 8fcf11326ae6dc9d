/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Samples of where threads are in user mode, kept for a thread or a task.
 */
#ifndef KERN_PC_SAMPLE_H
#define KERN_PC_SAMPLE_H

#include <mach/pc_sample.h>

struct pc_samples;
struct thread;

/* The running thread, at an event of a flavour. */
extern void pc_sample(struct thread *thread, sampled_pc_flavor_t flavor);

/* No more samples, as nobody will ask; NULL will do. */
extern void pc_samples_free(struct pc_samples **samples);

#endif
