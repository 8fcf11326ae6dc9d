/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Start-up of this directory, in the order of what needs what.
 */
#include <ipc/ipc_entry.h>
#include <ipc/ipc_kmsg.h>
#include <ipc/ipc_kobject.h>
#include <ipc/ipc_marequest.h>
#include <ipc/ipc_notify.h>
#include <ipc/ipc_port.h>
#include <ipc/ipc_pset.h>
#include <ipc/ipc_quota.h>
#include <ipc/ipc_right.h>
#include <ipc/ipc_space.h>

void
ipc_init(void)
{
	ipc_port_init();
	ipc_quota_init();
	ipc_marequest_init();
	ipc_pset_init();
	ipc_hash_init();
	ipc_space_init();
	ipc_right_init();
	ipc_kmsg_init();
	ipc_notify_init();
}
