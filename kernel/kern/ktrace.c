/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * The ring of kernel events. Event n is in slot n % size; readers say from
 * which on, and see by the numbers what was written over meanwhile. While it
 * is on every thread has AST_TRACE, so that trace.c sees its traps. Names of
 * threads are in the events themselves: who reads them may come too late to
 * ask.
 */
#include <arch/timer.h>
#include <arch/vm_param.h>

#include <host_server.h>
#include <kern/convert.h>
#include <kern/ktrace.h>
#include <kern/string.h>
#include <kern/trace.h>
#include <vm/vm_kmem.h>

bool ktrace_on;

static uint64_t counts[KTRACE_KINDS];
static struct ktrace_event *ring; /* NULL: counts only */
static uint64_t ring_size;
static uint64_t ring_next; /* number of the next event */
static const struct thread *running;

void
ktrace_note(const struct thread *thread, unsigned kind, unsigned code,
    uint64_t first, uint64_t second)
{
	counts[kind]++;
	if (ring == NULL)
		return;
	ring[ring_next++ % ring_size] = (struct ktrace_event){
	    .time = clock_uptime_ns(),
	    .thread = kaddr_to_handle(thread),
	    .kind = (uint16_t)kind,
	    .code = (uint16_t)code,
	    .word = {first, second},
	};
}

void
ktrace_switch(const struct thread *thread, unsigned by)
{
	uint64_t name[2];

	if (!ktrace_on || thread == running)
		return;
	running = thread;
	memcpy(name, thread->name, sizeof(name));
	ktrace_note(thread, KTRACE_SWITCH, by, name[0], name[1]);
}

void
ktrace_running(const struct thread *self)
{
	ktrace_switch(self, KTRACE_BY_HANDOFF);
}

const struct ktrace_event *
ktrace_last(uint64_t back)
{
	uint64_t kept = ring_next < ring_size ? ring_next : ring_size;

	return ring != NULL && back < kept
		   ? &ring[(ring_next - 1 - back) % ring_size]
		   : NULL;
}

static void
free_ring(void)
{
	if (ring != NULL)
		vm_kmem_free(ring, ring_size * sizeof(*ring));
	ring = NULL;
	ring_size = 0;
	ring_next = 0;
}

kern_return_t
host_ktrace_start(struct host *priv, natural_t events)
{
	if (priv == NULL)
		return KERN_INVALID_HOST;
	if (events > KTRACE_EVENTS_MAX)
		return KERN_INVALID_ARGUMENT;
	free_ring();
	if (events > 0) {
		ring = vm_kmem_alloc(events * sizeof(*ring));
		if (ring == NULL)
			return KERN_RESOURCE_SHORTAGE;
		ring_size = events;
	}
	memset(counts, 0, sizeof(counts));
	running = current_thread();
	ktrace_on = true;
	trace_update_all();
	return KERN_SUCCESS;
}

kern_return_t
host_ktrace_stop(struct host *priv, boolean_t forget)
{
	if (priv == NULL)
		return KERN_INVALID_HOST;
	ktrace_on = false;
	trace_update_all();
	if (forget)
		free_ring();
	return KERN_SUCCESS;
}

kern_return_t
host_ktrace_read(struct host *priv, uint64_t *first,
    struct ktrace_event *events, mach_msg_type_number_t *count)
{
	unsigned n = 0;

	if (priv == NULL)
		return KERN_INVALID_HOST;
	if (ring_next > ring_size && *first < ring_next - ring_size)
		*first = ring_next - ring_size;
	for (uint64_t at = *first; at < ring_next && n < KTRACE_READ_MAX; at++)
		events[n++] = ring[at % ring_size];
	*count = n;
	return KERN_SUCCESS;
}

kern_return_t
host_ktrace_counts(
    struct host *self, boolean_t *on, natural_t *events, uint64_t *list)
{
	if (self == NULL)
		return KERN_INVALID_HOST;
	*on = ktrace_on;
	*events = (natural_t)ring_size;
	memcpy(list, counts, sizeof(counts));
	return KERN_SUCCESS;
}
