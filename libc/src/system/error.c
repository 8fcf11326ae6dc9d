/* SPDX-License-Identifier: BSD-2-Clause */
/* From the codes of servers, kernel and mig to errno. */
#include <mach/mach_port_user.h>

#include <errno.h>
#include <libmach/mach.h>

#include "process.h"

int
__error_number(kern_return_t code)
{
	if (SERVER_IS_ERROR(code))
		return SERVER_ERRNO(code);
	switch (code) {
	case MACH_SEND_INTERRUPTED:
	case MACH_RCV_INTERRUPTED:
	case KERN_ABORTED:
		return EINTR;
	case KERN_INVALID_ADDRESS:
	case MACH_SEND_INVALID_MEMORY:
		return EFAULT;
	case KERN_PROTECTION_FAILURE:
	case KERN_NO_ACCESS:
		return EACCES;
	case KERN_NO_SPACE:
	case KERN_RESOURCE_SHORTAGE:
	case MACH_SEND_NO_BUFFER:
		return ENOMEM;
	case KERN_INVALID_ARGUMENT:
	case KERN_INVALID_VALUE:
	case MIG_BAD_ARGUMENTS:
		return EINVAL;
	case KERN_NOT_SUPPORTED:
	case MIG_BAD_ID:
		return EOPNOTSUPP;
	case MIG_ARRAY_TOO_LARGE:
		return ENAMETOOLONG;
	default:
		return EIO;
	}
}

int
__result(kern_return_t code)
{
	if (code == KERN_SUCCESS)
		return 0;
	/* A program that bootstrap started has no process server. */
	if (code == MACH_SEND_INVALID_DEST && __process.proc == MACH_PORT_NULL)
		errno = ENOSYS;
	else
		errno = __error_number(code);
	return -1;
}

bool
__restart(kern_return_t code, unsigned interrupts)
{
	return (code == MACH_RCV_INTERRUPTED ||
		   code == MACH_SEND_INTERRUPTED) &&
	       interrupts == __signal_interrupts;
}

void
__port_release(mach_port_t port)
{
	if (MACH_PORT_VALID(port))
		syscall_mach_port_deallocate(mach_task_self(), port);
}
