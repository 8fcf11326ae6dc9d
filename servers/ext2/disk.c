/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Reading and writing the device: directly (dma.h), or where that is not to be
 * had with device.defs. Data move out of line then: what was read arrives as
 * memory of ours, and is copied once, into a buffer.
 *
 * The device's port outlives its driver. What the driver had not begun with
 * when it died waits there for the next one; what it had is repeated: each
 * request has the same effect when it is done twice. One during which that has
 * happened DISK_REPEATS times may be why, and fails.
 */
#include "disk.h"

#include <mach/task_user.h>

#include <device/device_types.h>
#include <device/device_user.h>
#include <errno.h>
#include <libmach/mach.h>
#include <servers/bootstrap_user.h>
#include <stdio.h>
#include <string.h>

#include "dma.h"

#define REQUEST_MAX (512 * 1024UL)
/* Less is not worth contiguous memory of its own. */
#define DIRECT_LEAST (2 * VM_PAGE_SIZE)

static mach_port_t device;
static bool is_direct; /* dma.h */
static char device_name[IO_NAME_MAX];

/* Say when requests begin to fail for good, and when they work again. */
static kern_return_t
tell(kern_return_t code, const char *what)
{
	static bool failing;

	if ((code != D_SUCCESS) == failing)
		return code;
	failing = !failing;
	if (!failing)
		fprintf(
		    stderr, "ext2: %s: the disk works again\n", device_name);
	else
		fprintf(stderr,
		    "ext2: %s: the disk cannot be %s: %s; what is not on it "
		    "yet is kept and tried again, until then sync and fsync "
		    "fail\n",
		    device_name, what,
		    code == MACH_SEND_INVALID_DEST || code == MIG_SERVER_DIED
			? "its driver has died"
			: "it reports an error");
	return code;
}

static kern_return_t
read_device(uint64_t offset, size_t size, io_buf_ptr_t *data,
    mach_msg_type_number_t *got)
{
	unsigned repeats = 0;
	kern_return_t code;

	do
		code = device_read(
		    device, 0, offset / DISK_SECTOR, (int)size, data, got);
	while (disk_again(code, &repeats));
	return tell(code, "read");
}

static int
error_of(kern_return_t code)
{
	switch (code) {
	case D_SUCCESS:
		return 0;
	case D_NO_MEMORY:
		return ENOMEM;
	case D_READ_ONLY:
		return EROFS;
	default:
		return EIO;
	}
}

static int
read_part(uint64_t offset, char *data, size_t size)
{
	mach_msg_type_number_t got = 0;
	io_buf_ptr_t buffer = 0;
	kern_return_t code;

	if (is_direct)
		return error_of(
		    tell(dma_read(offset / DISK_SECTOR, data, size), "read"));
	code = read_device(offset, size, &buffer, &got);
	if (code != D_SUCCESS)
		return error_of(code);
	if (got == size)
		memcpy(data, (const void *)buffer, size);
	(void)syscall_vm_deallocate(mach_task_self(), buffer, got);
	return got == size ? 0 : EIO;
}

/* As it comes. */
static int
disk_read_memory(void *context, uint64_t offset, size_t size, uintptr_t *memory)
{
	mach_msg_type_number_t got = 0;
	io_buf_ptr_t buffer = 0;
	kern_return_t code;

	(void)context;
	if (size > REQUEST_MAX)
		return ENOTSUP;
	if (is_direct && size >= DIRECT_LEAST) {
		code = dma_read_memory(offset / DISK_SECTOR, size, memory);
		if (code != D_NO_MEMORY)
			return error_of(tell(code, "read"));
	}
	code = read_device(offset, size, &buffer, &got);
	if (code != D_SUCCESS)
		return error_of(code);
	if (got != size || buffer % VM_PAGE_SIZE != 0) {
		(void)syscall_vm_deallocate(mach_task_self(), buffer, got);
		return got != size ? EIO : ENOTSUP;
	}
	*memory = buffer;
	return 0;
}

static int
write_part(uint64_t offset, const char *data, size_t size)
{
	int written = 0;
	unsigned repeats = 0;
	kern_return_t code;

	if (is_direct)
		return error_of(tell(
		    dma_write(offset / DISK_SECTOR, data, size), "written"));
	do
		code = device_write(device, 0, offset / DISK_SECTOR,
		    (io_buf_ptr_t)data, (mach_msg_type_number_t)size, &written);
	while (disk_again(code, &repeats));
	if (tell(code, "written") != D_SUCCESS)
		return error_of(code);
	return (size_t)written == size ? 0 : EIO;
}

/* Of size bytes, of which so many are done, what one request moves. */
static size_t
part_of(size_t size, size_t done)
{
	return size - done < REQUEST_MAX ? size - done : REQUEST_MAX;
}

static int
disk_read(void *context, uint64_t offset, void *data, size_t size)
{
	int error = 0;

	(void)context;
	for (size_t done = 0; done < size && error == 0; done += REQUEST_MAX)
		error = read_part(
		    offset + done, (char *)data + done, part_of(size, done));
	return error;
}

static int
disk_write(void *context, uint64_t offset, const void *data, size_t size)
{
	int error = 0;

	(void)context;
	for (size_t done = 0; done < size && error == 0; done += REQUEST_MAX)
		error = write_part(offset + done, (const char *)data + done,
		    part_of(size, done));
	return error;
}

static void *
disk_memory(void *context, size_t size)
{
	(void)context;
	return dma_allocate(size);
}

static bool
disk_memory_free(void *context, void *memory, size_t size)
{
	(void)context;
	return dma_free(memory, size);
}

static int
disk_sync(void *context)
{
	unsigned repeats = 0;
	kern_return_t code;

	(void)context;
	do
		code = device_sync(device);
	while (disk_again(code, &repeats));
	return error_of(tell(code, "written"));
}

const char *
disk_open(const char *name, struct ext2_disk *disk, bool *read_only)
{
	natural_t status[DEV_GET_SIZE_COUNT];
	mach_msg_type_number_t count = DEV_GET_SIZE_COUNT;
	mach_port_t bootstrap, master;
	kern_return_t code;

	if (task_get_special_port(mach_task_self(), TASK_BOOTSTRAP_PORT,
		&bootstrap) != KERN_SUCCESS)
		return "there is no name service";
	strlcpy(device_name, name, sizeof(device_name));
	if (bootstrap_look_up(bootstrap, name, &master) != KERN_SUCCESS)
		return "there is no such device";
	*read_only = false;
	code = device_open(master, D_READ | D_WRITE, "", &device);
	if (code == D_READ_ONLY) {
		*read_only = true;
		code = device_open(master, D_READ, "", &device);
	}
	if (code != D_SUCCESS)
		return "the device cannot be opened";
	if (device_get_status(device, DEV_GET_SIZE, status, &count) !=
		D_SUCCESS ||
	    count != DEV_GET_SIZE_COUNT)
		return "the device does not tell its size";
	is_direct = dma_start(bootstrap, device);
	*disk = (struct ext2_disk){
	    .size = status[DEV_GET_SIZE_DEVICE_SIZE] |
		    (uint64_t)status[DEV_GET_SIZE_DEVICE_SIZE + 1] << 32,
	    .read = disk_read,
	    .read_memory = disk_read_memory,
	    .write = disk_write,
	    .sync = disk_sync,
	    .memory = is_direct ? disk_memory : NULL,
	    .memory_free = is_direct ? disk_memory_free : NULL,
	};
	return NULL;
}
