/* SPDX-License-Identifier: BSD-2-Clause */
/* Output to the console device: gathered, so that it goes in few messages. */
#include <device/device_user.h>
#include <libmach/mach.h>
#include <string.h>

#include "tty.h"

#define BUFFER_SIZE 1024 /* what one message takes inline */

mach_port_t console_device;

static char buffer[BUFFER_SIZE];
static size_t used;

bool
screen_open(mach_port_t device_master)
{
	return device_open(device_master, D_READ | D_WRITE, "console",
		   &console_device) == KERN_SUCCESS;
}

void
screen_flush(void)
{
	int written;

	if (used > 0)
		(void)device_write_inband(console_device, 0, 0, buffer,
		    (mach_msg_type_number_t)used, &written);
	used = 0;
}

void
screen_put(const char *data, size_t size)
{
	while (size > 0) {
		size_t part = BUFFER_SIZE - used;

		if (part > size)
			part = size;
		memcpy(buffer + used, data, part);
		used += part;
		data += part;
		size -= part;
		if (used == BUFFER_SIZE)
			screen_flush();
	}
}
