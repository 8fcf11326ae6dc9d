/* SPDX-License-Identifier: BSD-2-Clause */
/* Texts for the codes of the kernel and of mig. */
#include <libmach/mach.h>
#include <stddef.h>

static const char *const kernel_texts[] = {
    [KERN_SUCCESS] = "success",
    [KERN_INVALID_ADDRESS] = "invalid address",
    [KERN_PROTECTION_FAILURE] = "protection failure",
    [KERN_NO_SPACE] = "no space",
    [KERN_INVALID_ARGUMENT] = "invalid argument",
    [KERN_FAILURE] = "failure",
    [KERN_RESOURCE_SHORTAGE] = "resource shortage",
    [KERN_NOT_RECEIVER] = "not the receiver",
    [KERN_NO_ACCESS] = "no access",
    [KERN_MEMORY_FAILURE] = "memory object destroyed",
    [KERN_MEMORY_ERROR] = "memory object error",
    [KERN_ALREADY_IN_SET] = "already in the set",
    [KERN_NOT_IN_SET] = "not in a set",
    [KERN_NAME_EXISTS] = "name exists",
    [KERN_ABORTED] = "aborted",
    [KERN_INVALID_NAME] = "invalid name",
    [KERN_INVALID_TASK] = "invalid task",
    [KERN_INVALID_RIGHT] = "invalid right",
    [KERN_INVALID_VALUE] = "invalid value",
    [KERN_UREFS_OVERFLOW] = "too many references",
    [KERN_INVALID_CAPABILITY] = "invalid capability",
    [KERN_RIGHT_EXISTS] = "right exists",
    [KERN_INVALID_HOST] = "invalid host",
    [KERN_TERMINATED] = "terminated",
    [KERN_NOT_SUPPORTED] = "not supported",
    [KERN_OPERATION_TIMED_OUT] = "timed out",
};

static const char *const send_texts[] = {
    [2] = "send: invalid data",
    [3] = "send: invalid destination",
    [4] = "send: timed out",
    [7] = "send: interrupted",
    [8] = "send: message too small",
    [9] = "send: invalid reply port",
    [10] = "send: invalid right",
    [12] = "send: invalid memory",
    [13] = "send: no buffer",
    [15] = "send: invalid descriptor",
    [16] = "send: invalid header",
};

static const char *const receive_texts[] = {
    [2] = "receive: invalid name",
    [3] = "receive: timed out",
    [4] = "receive: too large",
    [5] = "receive: interrupted",
    [6] = "receive: port moved",
    [8] = "receive: invalid data",
    [9] = "receive: port died",
    [10] = "receive: port is in a set",
    [11] = "receive: header error",
    [12] = "receive: body error",
};

static const char *const mig_texts[] = {
    "mig: wrong type",
    "mig: wrong reply",
    "mig: remote error",
    "mig: no such routine",
    "mig: bad arguments",
    "mig: no reply",
    "mig: exception",
    "mig: array too large",
    "mig: server died",
    "mig: wrong trailer",
};

#define COUNT(array) ((kern_return_t)(sizeof(array) / sizeof((array)[0])))

static const char *
pick(const char *const texts[], kern_return_t count, kern_return_t index)
{
	if (index < 0 || index >= count || texts[index] == NULL)
		return "unknown error";
	return texts[index];
}

const char *
mach_error_string(kern_return_t code)
{
	if ((code & ~0xff) == 0x10000000)
		return pick(send_texts, COUNT(send_texts), code & 0xff);
	if ((code & ~0xff) == 0x10004000)
		return pick(receive_texts, COUNT(receive_texts), code & 0xff);
	if (code <= -300 && code > -400)
		return pick(mig_texts, COUNT(mig_texts), -300 - code);
	return pick(kernel_texts, COUNT(kernel_texts), code);
}
