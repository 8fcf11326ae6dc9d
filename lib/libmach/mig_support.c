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

mach_msg_size_t
mig_strncpy(char *dest, const char *src, mach_msg_size_t len)
{
	mach_msg_size_t i;

	if (len == 0)
		return 0;
	for (i = 0; i < len - 1 && src[i] != '\0'; i++)
		dest[i] = src[i];
	dest[i] = '\0';
	return i + 1;
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
