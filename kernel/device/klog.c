/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * The kernel's messages, the last KLOG_SIZE characters of them, readable as
 * the device "klog": record numbers count characters since boot.
 */
#include <device/console.h>
#include <device/device.h>

#define KLOG_SIZE 32768U /* a power of two */

static char ring[KLOG_SIZE];
static uint64_t written;

void
klog_putc(char c)
{
	ring[written++ % KLOG_SIZE] = c;
}

size_t
klog_read(uint64_t from, char *buffer, size_t size)
{
	uint64_t oldest = written > KLOG_SIZE ? written - KLOG_SIZE : 0;
	size_t n = 0;

	if (from < oldest)
		from = oldest;
	while (n < size && from < written)
		buffer[n++] = ring[from++ % KLOG_SIZE];
	return n;
}

static kern_return_t
klog_device_read(
    recnum_t recnum, dev_mode_t mode, char *data, size_t size, size_t *got)
{
	(void)mode;
	*got = klog_read(recnum, data, size);
	return KERN_SUCCESS;
}

static kern_return_t
klog_device_write(recnum_t recnum, const char *data, size_t size)
{
	(void)recnum;
	for (size_t i = 0; i < size; i++)
		console_putc(data[i]);
	return KERN_SUCCESS;
}

const struct device_ops klog_ops = {
    .read = klog_device_read,
    .write = klog_device_write,
};
