/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * The task port, and thread control blocks. The first thread's block comes from
 * the data segment when thread-local variables are few, so that a program can
 * start without asking for memory.
 */
#include <libmach/mach.h>
#include <libmach/tcb.h>
#include <stddef.h>

#define FIRST_SIZE 1024
#define ALIGNMENT  64UL

/* The few parts of an ELF header and of program headers that are needed. */
struct elf_header {
	uint8_t ident[16];
	uint16_t type, machine;
	uint32_t version;
	uint64_t entry, program_offset, section_offset;
	uint32_t flags;
	uint16_t header_size, program_size, program_count;
};

struct elf_program {
	uint32_t type, flags;
	uint64_t offset, address, physical, file_size, memory_size, align;
};

#define ELF_PROGRAM_TLS 7

/* The linker's: the start of the image, if its headers are loaded. */
extern const struct elf_header __ehdr_start __attribute__((__weak__));

mach_port_t mach_task_self_;

static const struct elf_program *tls; /* null: no thread-local variables */
static char first[FIRST_SIZE] __attribute__((__aligned__(ALIGNMENT)));

mach_port_t
mach_task_self(void)
{
	return mach_task_self_;
}

static void
find_tls(void)
{
	const struct elf_header *header = &__ehdr_start;
	const char *at;
	int i;

	if (header == NULL)
		return;
	at = (const char *)header + header->program_offset;
	for (i = 0; i < header->program_count; i++) {
		const struct elf_program *program =
		    (const struct elf_program *)(const void *)at;

		if (program->type == ELF_PROGRAM_TLS)
			tls = program;
		at += header->program_size;
	}
}

static size_t
round_up(size_t value, size_t to)
{
	return (value + to - 1) & ~(to - 1);
}

static size_t
tls_alignment(void)
{
	return tls != NULL && tls->align > ALIGNMENT ? tls->align : ALIGNMENT;
}

size_t
mach_tcb_size(void)
{
	size_t size = sizeof(struct mach_tcb) + 2 * ALIGNMENT;

	if (tls != NULL)
		size += round_up(tls->memory_size, tls_alignment()) +
			2 * tls_alignment();
	return size;
}

/* Variables of the initial image; the rest of them is zero already. */
static void
copy_tls(char *to)
{
	const char *from = (const char *)tls->address;
	size_t i;

	for (i = 0; i < tls->file_size; i++)
		to[i] = from[i];
}

struct mach_tcb *
mach_tcb_init(void *memory)
{
	uintptr_t at = round_up((uintptr_t)memory, tls_alignment());
	struct mach_tcb *tcb;
	size_t size;
	size_t gap;

	if (TCB_TLS_BEFORE) {
		size = tls != NULL ? tls->memory_size : 0;
		at += round_up(size, tls_alignment());
		tcb = (struct mach_tcb *)at;
		if (tls != NULL)
			copy_tls((char *)at - round_up(size, tls->align));
	} else {
		/* The variables start at an aligned place behind the base. */
		at = round_up(at + sizeof(*tcb), tls_alignment());
		tcb = (struct mach_tcb *)(at - sizeof(*tcb));
		if (tls != NULL) {
			gap = round_up(TCB_TLS_GAP, tls->align);
			copy_tls((char *)at + gap);
		}
	}
	tcb->self = tcb;
	return tcb;
}

void
mach_init(void)
{
	void *memory = first;
	vm_address_t pages;
	struct mach_tcb *tcb;

	mach_task_self_ = mach_task_self_trap();
	find_tls();
	if (mach_tcb_size() > sizeof(first)) {
		if (syscall_vm_allocate(mach_task_self_, &pages,
			VM_ROUND_PAGE(mach_tcb_size()), TRUE) != KERN_SUCCESS)
			__builtin_trap();
		memory = (void *)pages;
	}
	tcb = mach_tcb_init(memory);
	mach_tcb_set_base(mach_tcb_base(tcb, sizeof(*tcb)));
}

void
mach_init_forked(void)
{
	mach_task_self_ = mach_task_self_trap();
	mach_tcb_self()->reply_port = MACH_PORT_NULL;
}
