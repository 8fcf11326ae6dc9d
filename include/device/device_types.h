/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Types of the device interfaces (device.defs, device_master.defs).
 */
#ifndef DEVICE_DEVICE_TYPES_H
#define DEVICE_DEVICE_TYPES_H

#include <mach/mach_types.h>

/* Ports by what they stand for. */
typedef mach_port_t device_open_master_t;
typedef mach_port_t irq_t;

typedef natural_t dev_mode_t;
typedef natural_t dev_flavor_t;
typedef uint64_t recnum_t;
typedef natural_t *dev_status_t;
typedef vm_offset_t io_buf_ptr_t;
typedef char *io_buf_inband_t;
typedef mach_port_t device_open_master_t; /* of either kind of server */

#define D_READ              0x1U
#define D_WRITE             0x2U
#define D_NODELAY           0x4U /* read what is there, do not wait */

#define D_SUCCESS           0
#define D_IO_ERROR          2500
#define D_WOULD_BLOCK       2501
#define D_NO_SUCH_DEVICE    2502
#define D_ALREADY_OPEN      2503
#define D_DEVICE_DOWN       2504
#define D_INVALID_OPERATION 2505
#define D_INVALID_RECNUM    2506
#define D_INVALID_SIZE      2507
#define D_NO_MEMORY         2508
#define D_READ_ONLY         2509

/* device_get_status: two words each, low first: bytes, record size. */
#define DEV_GET_SIZE             0U
#define DEV_GET_SIZE_DEVICE_SIZE 0
#define DEV_GET_SIZE_RECORD_SIZE 2
#define DEV_GET_SIZE_COUNT       4

/* What device_master_find can find. */
#define DEVICE_KIND_VIRTIO_MMIO 1 /* registers, size, interrupt line */
#define DEVICE_KIND_PCI_ECAM    2 /* config space; irq: first bus << 8 | last */

#define DEVICE_IRQ_MSG_ID       2990 /* simple message to the attached port */

#endif
