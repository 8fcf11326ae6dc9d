/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Emulation vectors. A task's vector says for each number of a trap, from a
 * first one on, where in the task the thread that took it goes on; 0 is
 * nowhere. A vector never changes once a task has it: tasks share it, and a
 * task for which it is to be another gets a new one.
 */
#include <arch/vm_param.h>

#include <kern/convert.h>
#include <kern/emulation.h>
#include <kern/slab.h>
#include <kern/string.h>
#include <task_server.h>

struct emulation {
	unsigned references;
	int start;
	unsigned count;
	vm_address_t entry[];
};

static size_t
size_of(unsigned count)
{
	return sizeof(struct emulation) + count * sizeof(vm_address_t);
}

static struct emulation *
emulation_alloc(int start, unsigned count)
{
	struct emulation *emulation = kalloc_zero(size_of(count));

	if (emulation != NULL) {
		emulation->references = 1;
		emulation->start = start;
		emulation->count = count;
	}
	return emulation;
}

/* In place of the one the task has; NULL: none. */
static void
replace(struct task *task, struct emulation *emulation)
{
	struct emulation *old = task->emulation;

	task->emulation = emulation;
	if (old != NULL && --old->references == 0)
		kfree(old, size_of(old->count));
}

void
emulation_inherit(struct task *task, const struct task *parent)
{
	task->emulation = parent->emulation;
	if (task->emulation != NULL)
		task->emulation->references++;
}

void
emulation_release(struct task *task)
{
	replace(task, NULL);
}

vm_address_t
emulation_entry(const struct task *task, int number)
{
	const struct emulation *emulation = task->emulation;

	if (emulation == NULL || number < emulation->start ||
	    (unsigned)(number - emulation->start) >= emulation->count)
		return 0;
	return emulation->entry[number - emulation->start];
}

static bool
task_ok(const struct task *task)
{
	return task != NULL && task->alive;
}

kern_return_t
task_get_emulation_vector(struct task *task, int *start, vm_address_t *vector,
    mach_msg_type_number_t *count)
{
	const struct emulation *emulation;

	if (!task_ok(task))
		return KERN_INVALID_ARGUMENT;
	emulation = task->emulation;
	*start = emulation != NULL ? emulation->start : 0;
	*count = emulation != NULL ? emulation->count : 0;
	if (emulation != NULL)
		memcpy(vector, emulation->entry,
		    emulation->count * sizeof(*vector));
	return KERN_SUCCESS;
}

kern_return_t
task_set_emulation_vector(struct task *task, int start,
    const vm_address_t *vector, mach_msg_type_number_t count)
{
	struct emulation *emulation = NULL;

	if (!task_ok(task) || start < 0 || count > EMULATION_VECTOR_MAX ||
	    start > INT32_MAX - EMULATION_VECTOR_MAX)
		return KERN_INVALID_ARGUMENT;
	for (unsigned i = 0; i < count; i++)
		if (vector[i] >= VM_MAX_ADDRESS)
			return KERN_INVALID_ARGUMENT;
	if (count > 0) {
		emulation = emulation_alloc(start, count);
		if (emulation == NULL)
			return KERN_RESOURCE_SHORTAGE;
		memcpy(emulation->entry, vector, count * sizeof(*vector));
	}
	replace(task, emulation);
	return KERN_SUCCESS;
}

/* As the old one, if there is one, with room for one more number. */
static struct emulation *
copy_with(const struct emulation *old, int number)
{
	struct emulation *new;
	int start = number;
	int end = number + 1;

	if (old != NULL) {
		int old_end = old->start + (int)old->count;

		start = old->start < start ? old->start : start;
		end = old_end > end ? old_end : end;
	}
	if (end - start > EMULATION_VECTOR_MAX)
		return NULL;
	new = emulation_alloc(start, (unsigned)(end - start));
	if (new != NULL && old != NULL)
		memcpy(&new->entry[old->start - start], old->entry,
		    old->count * sizeof(old->entry[0]));
	return new;
}

kern_return_t
task_set_emulation(struct task *task, vm_address_t entry, int number)
{
	struct emulation *emulation;

	if (!task_ok(task) || entry >= VM_MAX_ADDRESS || number < 0 ||
	    number > INT32_MAX - EMULATION_VECTOR_MAX)
		return KERN_INVALID_ARGUMENT;
	emulation = copy_with(task->emulation, number);
	if (emulation == NULL)
		return KERN_RESOURCE_SHORTAGE;
	emulation->entry[number - emulation->start] = entry;
	replace(task, emulation);
	return KERN_SUCCESS;
}
