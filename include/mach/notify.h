/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Notification message ids (interface in defs/notify.defs).
 */
#ifndef MACH_NOTIFY_H
#define MACH_NOTIFY_H

#include <mach/message.h>

#define MACH_NOTIFY_FIRST          64
#define MACH_NOTIFY_PORT_DELETED   65
#define MACH_NOTIFY_MSG_ACCEPTED   66
#define MACH_NOTIFY_PORT_DESTROYED 69
#define MACH_NOTIFY_NO_SENDERS     70
#define MACH_NOTIFY_SEND_ONCE      71
#define MACH_NOTIFY_DEAD_NAME      72
#define MACH_NOTIFY_SEND_POSSIBLE  73 /* XNU: 66, which is taken here */
#define MACH_NOTIFY_LAST           80

#endif
