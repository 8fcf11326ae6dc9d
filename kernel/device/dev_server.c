/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * device.defs for the devices the kernel serves.
 */
#include <device/console.h>
#include <device/device.h>
#include <device/irq_port.h>
#include <device_server.h>
#include <ipc/ipc_kobject.h>
#include <kern/convert.h>
#include <kern/panic.h>
#include <kern/slab.h>
#include <kern/string.h>
#include <vm/vm_kernel.h>

IPC_KOBJECT_SUBSYSTEM(device);

#define INBAND_MAX 1024
#define OOL_MAX    (64UL * 1024)

static struct device devices[] = {
    {.name = "console", .ops = &console_ops},
    {.name = "klog", .ops = &klog_ops},
};

#define DEVICE_COUNT (sizeof(devices) / sizeof(devices[0]))

void
device_init(void)
{
	irq_port_init();
	for (unsigned i = 0; i < DEVICE_COUNT; i++) {
		devices[i].port = ipc_kobject_alloc(IKOT_DEVICE, &devices[i]);
		if (devices[i].port == NULL)
			panic("no memory for device %s", devices[i].name);
	}
	console_init();
}

struct device *
convert_port_to_device(mach_port_t handle)
{
	struct ipc_port *port = ipc_port_from_handle(handle);

	return port != NULL ? ipc_kobject_get(port, IKOT_DEVICE) : NULL;
}

kern_return_t
device_open(
    mach_port_t master, dev_mode_t mode, const char *name, mach_port_t *device)
{
	(void)mode;
	if (convert_port_to_device_master(master) == NULL)
		return KERN_INVALID_CAPABILITY;
	for (unsigned i = 0; i < DEVICE_COUNT; i++) {
		if (strcmp(devices[i].name, name) == 0) {
			*device = ipc_port_to_handle(
			    ipc_port_make_send(devices[i].port));
			return KERN_SUCCESS;
		}
	}
	return D_NO_SUCH_DEVICE;
}

kern_return_t
device_close(struct device *device)
{
	return device != NULL ? KERN_SUCCESS : D_NO_SUCH_DEVICE;
}

kern_return_t
device_read_inband(struct device *device, dev_mode_t mode, recnum_t recnum,
    int bytes_wanted, char *data, mach_msg_type_number_t *count)
{
	kern_return_t kr;
	size_t size = INBAND_MAX;
	size_t got = 0;

	if (device == NULL)
		return D_NO_SUCH_DEVICE;
	if (bytes_wanted < 0)
		return D_INVALID_SIZE;
	if ((size_t)bytes_wanted < size)
		size = (size_t)bytes_wanted;
	kr = device->ops->read(recnum, mode, data, size, &got);
	*count = (mach_msg_type_number_t)got;
	return kr;
}

kern_return_t
device_read(struct device *device, dev_mode_t mode, recnum_t recnum,
    int bytes_wanted, io_buf_ptr_t *data, mach_msg_type_number_t *count)
{
	struct vm_map_copy *copy = NULL;
	size_t size = OOL_MAX;
	size_t got = 0;
	kern_return_t kr;
	char *buffer;

	if (device == NULL)
		return D_NO_SUCH_DEVICE;
	if (bytes_wanted <= 0)
		return D_INVALID_SIZE;
	if ((size_t)bytes_wanted < size)
		size = (size_t)bytes_wanted;
	buffer = kalloc(size);
	if (buffer == NULL)
		return D_NO_MEMORY;
	kr = device->ops->read(recnum, mode, buffer, size, &got);
	if (kr == KERN_SUCCESS && got > 0)
		kr = vm_map_copyin_kernel(buffer, got, &copy);
	kfree(buffer, size);
	*data = (io_buf_ptr_t)copy;
	*count = (mach_msg_type_number_t)got;
	return kr;
}

kern_return_t
device_write_inband(struct device *device, dev_mode_t mode, recnum_t recnum,
    const char *data, mach_msg_type_number_t count, int *bytes_written)
{
	(void)mode;
	if (device == NULL)
		return D_NO_SUCH_DEVICE;
	*bytes_written = (int)count;
	return device->ops->write(recnum, data, count);
}

kern_return_t
device_write(struct device *device, dev_mode_t mode, recnum_t recnum,
    io_buf_ptr_t data, mach_msg_type_number_t count, int *bytes_written)
{
	struct vm_map_copy *copy = (struct vm_map_copy *)data;
	kern_return_t kr;
	char *buffer;

	(void)mode;
	if (device == NULL)
		return D_NO_SUCH_DEVICE;
	if (count == 0 || count > OOL_MAX)
		return D_INVALID_SIZE;
	buffer = kalloc(count);
	if (buffer == NULL)
		return D_NO_MEMORY;
	kr = vm_map_copy_read(copy, buffer, count);
	if (kr == KERN_SUCCESS)
		kr = device->ops->write(recnum, buffer, count);
	kfree(buffer, count);
	if (kr != KERN_SUCCESS)
		return kr;
	vm_map_copy_discard(copy);
	*bytes_written = (int)count;
	return KERN_SUCCESS;
}

kern_return_t
device_get_status(struct device *device, dev_flavor_t flavor, natural_t *status,
    mach_msg_type_number_t *count)
{
	if (device == NULL)
		return D_NO_SUCH_DEVICE;
	if (flavor != DEV_GET_SIZE || *count < DEV_GET_SIZE_COUNT)
		return D_INVALID_OPERATION;
	memset(status, 0, DEV_GET_SIZE_COUNT * sizeof(*status));
	status[DEV_GET_SIZE_RECORD_SIZE] = 1;
	*count = DEV_GET_SIZE_COUNT;
	return KERN_SUCCESS;
}

kern_return_t
device_sync(struct device *device)
{
	return device != NULL ? KERN_SUCCESS : D_NO_SUCH_DEVICE;
}
