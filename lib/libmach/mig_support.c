/* SPDX-License-Identifier: BSD-2-Clause */
/* What stubs made by mig call. */
#include <mach/mach_port_user.h>

#include <libmach/mach.h>
#include <libmach/tcb.h>

const NDR_record_t NDR_record = {
    .int_rep = 1, /* little endian */
};

mach_port_t
mig_get_reply_port(void)
{
	struct mach_tcb *tcb = mach_tcb_self();

	if (tcb->reply_port == MACH_PORT_NULL)
		tcb->reply_port = mach_reply_port();
	return tcb->reply_port;
}

/* The call inside gets a reply port of its own. */
void
mig_dealloc_reply_port(mach_port_t reply_port)
{
	struct mach_tcb *tcb = mach_tcb_self();

	if (tcb->reply_port != reply_port || reply_port == MACH_PORT_NULL)
		return;
	tcb->reply_port = MACH_PORT_NULL;
	mach_port_mod_refs(
	    mach_task_self(), reply_port, MACH_PORT_RIGHT_RECEIVE, -1);
}

void
mig_put_reply_port(mach_port_t reply_port)
{
	(void)reply_port;
}

typedef uint64_t __attribute__((__may_alias__)) word_t;

/* Bits at the zero bytes; the lowest is right, those above may not be. */
static uint64_t
zero_bytes(uint64_t word)
{
	return (word - 0x0101010101010101UL) & ~word & 0x8080808080808080UL;
}

static mach_msg_size_t
copy_bytes(char *dest, const char *src, mach_msg_size_t len)
{
	mach_msg_size_t i;

	if (len == 0)
		return 0;
	for (i = 0; i < len - 1 && src[i] != '\0'; i++)
		dest[i] = src[i];
	dest[i] = '\0';
	return i + 1;
}

/* By aligned words of the source, none of which is behind its end. */
mach_msg_size_t
mig_strncpy(char *dest, const char *src, mach_msg_size_t len)
{
	unsigned before = (uintptr_t)src % sizeof(word_t);
	const word_t *from = (const void *)(src - before);
	uint64_t word = *from >> 8 * before;
	uint64_t ends = zero_bytes(word | ~(~0UL >> 8 * before));
	mach_msg_size_t done = 0;

	while (done + sizeof(word) <= len) {
		if (ends != 0) {
			word &= (ends ^ (ends - 1)) >> 8;
			__builtin_memcpy(dest + done, &word, sizeof(word));
			return done + (unsigned)__builtin_ctzl(ends) / 8 + 1;
		}
		__builtin_memcpy(dest + done, &word, sizeof(word));
		done += (mach_msg_size_t)sizeof(word) - before;
		before = 0;
		word = *++from;
		ends = zero_bytes(word);
	}
	return done + copy_bytes(dest + done, src + done, len - done);
}

void
mig_allocate(vm_address_t *address, vm_size_t size)
{
	if (syscall_vm_allocate(mach_task_self(), address, size, TRUE) !=
	    KERN_SUCCESS)
		*address = 0;
}

char *
mig_user_allocate(vm_size_t size)
{
	vm_address_t address;

	mig_allocate(&address, size);
	return (char *)address;
}

void
mig_user_deallocate(char *data, vm_size_t size)
{
	mig_deallocate((vm_address_t)data, size);
}

void
mig_deallocate(vm_address_t address, vm_size_t size)
{
	if (size > 0)
		syscall_vm_deallocate(mach_task_self(), address, size);
}
