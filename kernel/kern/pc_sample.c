/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Sampling of program counters. A ring of the last samples for each thread or
 * task that asked for it, numbered from its beginning. As long as anybody wants
 * periodic samples there is a timeout every tick, which otherwise there is not.
 */
#include <arch/timer.h>
#include <arch/vm_param.h>

#include <kern/convert.h>
#include <kern/pc_sample.h>
#include <kern/slab.h>
#include <kern/timeout.h>
#include <task_server.h>
#include <thread_act_server.h>

#define TICK_US 1000
#define TICK_NS (TICK_US * 1000UL)

struct pc_samples {
	sampled_pc_flavor_t flavors;
	sampled_pc_seqno_t count; /* of samples ever; wraps */
	struct sampled_pc ring[MAX_PC_SAMPLES];
};

static void tick(void *unused);
static struct timeout tick_timeout = {.function = tick};
static unsigned periodic; /* how many want samples at each tick */

static void
add(struct pc_samples *samples, const struct thread *thread,
    sampled_pc_flavor_t flavor)
{
	if (samples == NULL || (samples->flavors & flavor) == 0)
		return;
	samples->ring[samples->count++ % MAX_PC_SAMPLES] = (struct sampled_pc){
	    .pc = trap_frame_pc(&thread->arch.frame),
	    .id = kaddr_to_handle(thread),
	    .sampletype = flavor,
	};
}

void
pc_sample(struct thread *thread, sampled_pc_flavor_t flavor)
{
	add(thread->samples, thread, flavor);
	add(thread->task->samples, thread, flavor);
}

static void
tick(void *unused)
{
	(void)unused;
	pc_sample(current_thread(), SAMPLED_PC_PERIODIC);
	timeout_set(&tick_timeout, clock_uptime_ns() + TICK_NS);
}

static void
set_flavors(struct pc_samples *samples, sampled_pc_flavor_t flavors)
{
	periodic -= samples->flavors & SAMPLED_PC_PERIODIC;
	periodic += flavors & SAMPLED_PC_PERIODIC;
	samples->flavors = flavors;
	if (periodic == 0)
		timeout_cancel(&tick_timeout);
	else if (!tick_timeout.set)
		timeout_set(&tick_timeout, clock_uptime_ns() + TICK_NS);
}

static kern_return_t
enable(
    struct pc_samples **samples, sampled_pc_flavor_t flavors, int *microseconds)
{
	if (samples == NULL || flavors == 0 || (flavors & ~SAMPLED_PC_ALL) != 0)
		return KERN_INVALID_ARGUMENT;
	if (*samples == NULL)
		*samples = kalloc_zero(sizeof(**samples));
	if (*samples == NULL)
		return KERN_RESOURCE_SHORTAGE;
	set_flavors(*samples, flavors);
	*microseconds = TICK_US;
	return KERN_SUCCESS;
}

void
pc_samples_free(struct pc_samples **samples)
{
	if (*samples == NULL)
		return;
	set_flavors(*samples, 0);
	kfree(*samples, sizeof(**samples));
	*samples = NULL;
}

static kern_return_t
disable(struct pc_samples **samples, int *count)
{
	if (samples == NULL)
		return KERN_INVALID_ARGUMENT;
	if (*samples == NULL)
		return KERN_FAILURE;
	*count = (int)(*samples)->count;
	pc_samples_free(samples);
	return KERN_SUCCESS;
}

/* Those after the first *seqno, as far as they are still there. */
static kern_return_t
get(struct pc_samples *const *kept, sampled_pc_seqno_t *seqno,
    struct sampled_pc *to, mach_msg_type_number_t *count)
{
	const struct pc_samples *samples;
	sampled_pc_seqno_t new;

	if (kept == NULL)
		return KERN_INVALID_ARGUMENT;
	samples = *kept;
	if (samples == NULL)
		return KERN_FAILURE;
	new = samples->count - *seqno;
	if ((integer_t) new < 0)
		return KERN_INVALID_VALUE;
	if (new > MAX_PC_SAMPLES)
		new = MAX_PC_SAMPLES;
	for (unsigned i = 0; i < new; i++)
		to[i] =
		    samples->ring[(samples->count - new + i) % MAX_PC_SAMPLES];
	*seqno = samples->count;
	*count = new;
	return KERN_SUCCESS;
}

/* Where they are kept; NULL: it is gone, or none of its kind. */
static struct pc_samples **
of_task(struct task *task)
{
	return task != NULL && task->alive ? &task->samples : NULL;
}

static struct pc_samples **
of_thread(struct thread *thread)
{
	return thread != NULL && thread->state != THREAD_DEAD ? &thread->samples
							      : NULL;
}

kern_return_t
task_enable_pc_sampling(
    struct task *task, int *microseconds, sampled_pc_flavor_t flavors)
{
	return enable(of_task(task), flavors, microseconds);
}

kern_return_t
thread_enable_pc_sampling(
    struct thread *thread, int *microseconds, sampled_pc_flavor_t flavors)
{
	return enable(of_thread(thread), flavors, microseconds);
}

kern_return_t
task_disable_pc_sampling(struct task *task, int *count)
{
	return disable(of_task(task), count);
}

kern_return_t
thread_disable_pc_sampling(struct thread *thread, int *count)
{
	return disable(of_thread(thread), count);
}

kern_return_t
task_get_sampled_pcs(struct task *task, sampled_pc_seqno_t *seqno,
    struct sampled_pc *samples, mach_msg_type_number_t *count)
{
	return get(of_task(task), seqno, samples, count);
}

kern_return_t
thread_get_sampled_pcs(struct thread *thread, sampled_pc_seqno_t *seqno,
    struct sampled_pc *samples, mach_msg_type_number_t *count)
{
	return get(of_thread(thread), seqno, samples, count);
}
