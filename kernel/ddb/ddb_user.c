/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Where a thread is in user mode: the chain of frame pointers, read through the
 * direct map; what is not resident stays so. Programs compiled without frame
 * pointers have no chain: then the words of the stack that are addresses of
 * code, of which some are those the calls return to.
 */
#include <ddb/ddb.h>
#include <kern/printf.h>
#include <kern/task.h>
#include <kern/thread.h>
#include <vm/pmap.h>
#include <vm/vm_map.h>

#define FRAMES_MAX 32
#define WORDS_MAX  256 /* of the stack to look at */

static bool
load(const struct task *task, vm_address_t address, uint64_t *word)
{
	paddr_t pa = 0;

	if (address % sizeof(*word) == 0 && address < VM_MAX_ADDRESS)
		pa = pmap_extract(task->map->pmap, address);
	if (pa != 0)
		*word = *(const uint64_t *)phys_to_virt(pa);
	return pa != 0;
}

static bool
is_code(const struct task *task, uint64_t address)
{
	const struct vm_map_entry *entry = vm_map_lookup(task->map, address);

	return entry != NULL && (entry->prot & VM_PROT_EXECUTE) != 0;
}

/* How many there were. */
static unsigned
print_chain(const struct task *task, vm_address_t fp)
{
	uint64_t pc;
	uint64_t next;
	unsigned frames;

	for (frames = 0; frames < FRAMES_MAX; frames++) {
		if (!load(task, fp, &next) || !load(task, fp + 8, &pc) ||
		    !is_code(task, pc))
			break;
		ddb_poll();
		printf("  %lx\n", pc);
		if (next <= fp)
			return frames + 1;
		fp = next;
	}
	return frames;
}

static void
print_stack(const struct task *task, vm_address_t sp)
{
	unsigned printed = 0;
	uint64_t word;

	for (unsigned i = 0; i < WORDS_MAX && printed < FRAMES_MAX; i++) {
		if (!load(task, sp + i * sizeof(word), &word))
			break;
		if (!is_code(task, word))
			continue;
		ddb_poll();
		printf("  %lx, perhaps\n", word);
		printed++;
	}
}

void
ddb_trace_user(const struct thread *thread)
{
	const struct trap_frame *frame = &thread->arch.frame;
	const struct task *task = thread->task;
	uint64_t link = trap_frame_link(frame);

	printf("user mode of %s: pc %lx sp %lx fp %lx\n", thread->name,
	    trap_frame_pc(frame), trap_frame_sp(frame), trap_frame_fp(frame));
	if (task->map == NULL)
		return;
	if (link != 0 && is_code(task, link))
		printf("  %lx\n", link);
	if (print_chain(task, trap_frame_fp(frame)) == 0)
		print_stack(task, trap_frame_sp(frame));
}
