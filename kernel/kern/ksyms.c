/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * From addresses to names, and back-traces.
 */
#include <arch/debug.h>
#include <arch/vm_param.h>

#include <kern/ksyms.h>
#include <kern/printf.h>
#include <kern/string.h>

#define BACKTRACE_MAX 32
#define WORD_BASE     128

static const char *
name_after(const char *name)
{
	return name + strlen(name) + 1;
}

/* The index-th of a list of names. */
static const char *
nth(const char *name, uint32_t index)
{
	while (index-- > 0)
		name = name_after(name);
	return name;
}

/* A name as it was before scripts/mksyms, cut to what there is room for. */
static const char *
decode(const char *name)
{
	static char text[64];
	size_t length = 0;

	for (; *name != '\0' && length < sizeof(text) - 1; name++) {
		uint8_t c = (uint8_t)*name;

		if (c < WORD_BASE)
			text[length++] = (char)c;
		else
			length += strlcpy(text + length,
			    nth(ksym_words, c - WORD_BASE),
			    sizeof(text) - length);
	}
	text[length < sizeof(text) ? length : sizeof(text) - 1] = '\0';
	return text;
}

const char *
ksym_find(vaddr_t pc, uint64_t *offset)
{
	uint64_t where = pc - KERNEL_BASE;
	uint32_t low = 0;
	uint32_t high = ksym_count;

	if (high == 0 || where < ksym_table[0] || where > UINT32_MAX)
		return NULL;
	while (high - low > 1) {
		uint32_t middle = low + (high - low) / 2;

		if (ksym_table[middle] <= where)
			low = middle;
		else
			high = middle;
	}
	*offset = where - ksym_table[low];
	return decode(nth(ksym_names, low));
}

bool
ksym_lookup(const char *name, vaddr_t *address)
{
	const char *at = ksym_names;

	for (uint32_t i = 0; i < ksym_count; i++, at = name_after(at)) {
		if (strcmp(decode(at), name) != 0)
			continue;
		*address = KERNEL_BASE + ksym_table[i];
		return true;
	}
	return false;
}

static void
print_pc(vaddr_t pc)
{
	uint64_t offset;
	const char *name = ksym_find(pc, &offset);

	if (name != NULL)
		printf("  0x%016lx  %s+0x%lx\n", pc, name, offset);
	else
		printf("  0x%016lx\n", pc);
}

void
backtrace_print(vaddr_t fp, vaddr_t pc)
{
	printf("back-trace:\n");
	if (pc != 0)
		print_pc(pc);
	for (int depth = 0; depth < BACKTRACE_MAX; depth++) {
		if (!debug_unwind(&fp, &pc))
			break;
		print_pc(pc);
	}
}
