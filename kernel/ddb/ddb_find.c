/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * From the words of a command to addresses, tasks and threads, and back.
 */
#include <ddb/ddb.h>
#include <kern/ksyms.h>
#include <kern/printf.h>
#include <kern/string.h>
#include <kern/task.h>
#include <kern/task_ports.h>
#include <kern/thread.h>

#define NAME_SIZE 64

static const char *
word(const struct ddb_args *args, unsigned index, const char *what)
{
	if (index >= args->count)
		ddb_error("%s?", what);
	return args->word[index];
}

void
ddb_print_symbol(vaddr_t address)
{
	uint64_t offset;
	const char *name = ksym_find(address, &offset);

	if (name != NULL)
		printf("%s+0x%lx", name, offset);
	else
		printf("%lx", address);
}

uint64_t
ddb_address(const struct ddb_args *args, unsigned index)
{
	const char *text = word(args, index, "address");
	char name[NAME_SIZE];
	uint64_t offset = 0;
	uint64_t value;
	size_t length = 0;

	while (
	    text[length] != '\0' && text[length] != '+' && text[length] != '-')
		length++;
	if (length >= sizeof(name))
		ddb_error("too long");
	memcpy(name, text, length);
	name[length] = '\0';
	if (!ddb_number(name, 16, &value) && !ksym_lookup(name, &value))
		ddb_error("%s is no number or function", name);
	if (text[length] != '\0' && !ddb_number(text + length + 1, 16, &offset))
		ddb_error("%s is no number", text + length + 1);
	return text[length] == '-' ? value - offset : value + offset;
}

struct task *
ddb_task_next(struct task *task)
{
	ddb_poll();
	return task_next(task);
}

/* By the first `length` characters: name, #number in the list, address. */
static struct task *
find_task(const char *text, size_t length)
{
	struct task *task = NULL;
	unsigned number = 0;
	char name[NAME_SIZE];
	uint64_t value = 0;
	bool numbered;

	strlcpy(name, text, length < NAME_SIZE ? length + 1 : NAME_SIZE);
	numbered = name[0] == '#' && ddb_number(name + 1, 10, &value);
	if (!numbered)
		(void)ddb_number(name, 16, &value);
	while ((task = ddb_task_next(task)) != NULL) {
		if (numbered ? number == value
			     : strcmp(task->name, name) == 0 ||
				   (uint64_t)task == value)
			return task;
		number++;
	}
	ddb_error("no task %s", name);
}

struct task *
ddb_task(const struct ddb_args *args, unsigned index)
{
	const char *text = word(args, index, "task");

	return find_task(text, strlen(text));
}

struct thread *
ddb_thread(const struct ddb_args *args, unsigned index)
{
	const char *text = word(args, index, "thread");
	const char *dot = strchr(text, '.');
	size_t length = dot != NULL ? (size_t)(dot - text) : strlen(text);
	struct task *task = NULL;
	uint64_t number = 0;
	uint64_t address;

	if (ddb_number(text, 16, &address)) {
		while ((task = ddb_task_next(task)) != NULL)
			list_for_each (node, &task->threads)
				if (address == (uint64_t)list_entry(node,
						   struct thread, task_link))
					return (struct thread *)address;
	}
	task = find_task(text, length);
	if (dot != NULL && !ddb_number(dot + 1, 10, &number))
		ddb_error("%s is no number", dot + 1);
	list_for_each (node, &task->threads)
		if (number-- == 0)
			return list_entry(node, struct thread, task_link);
	ddb_error("no thread %s", text);
}
