/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Devices the kernel itself serves: a name and a table of operations. An open
 * device is the device's one port; it lives for ever.
 */
#ifndef DEVICE_DEVICE_H
#define DEVICE_DEVICE_H

#include <arch/types.h>

#include <device/device_types.h>

struct ipc_port;

struct device_ops {
	/*
	 * Read up to `size` bytes into `data`. May block unless mode has
	 * D_NODELAY. D_WOULD_BLOCK, KERN_ABORTED, D_INVALID_OPERATION.
	 */
	kern_return_t (*read)(recnum_t recnum, dev_mode_t mode, char *data,
	    size_t size, size_t *got);
	kern_return_t (*write)(recnum_t recnum, const char *data, size_t size);
};

struct device {
	const char *name;
	const struct device_ops *ops;
	struct ipc_port *port;
};

extern void device_init(void);

/* device/console.c, device/klog.c */
extern const struct device_ops console_ops;
extern const struct device_ops klog_ops;

#endif
