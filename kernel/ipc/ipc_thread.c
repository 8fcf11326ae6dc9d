/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * What mach_msg keeps in a thread: its beginning and its end.
 */
#include <ipc/ipc_kmsg.h>
#include <ipc/ipc_port.h>
#include <ipc/ipc_space.h>
#include <kern/task.h>
#include <kern/thread.h>
#include <kern/thread_init.h>

/* The entry of a thread that has none: it never is what anybody looks for. */
static struct ipc_entry nothing;

void
ipc_thread_init(struct thread *thread)
{
	struct ipc_thread *ipc = &thread->ipc;

	ipc->reply_entry = &nothing;
	ipc->receives.entry = &nothing;
	ipc->receives.bits = MACH_PORT_TYPE_RECEIVE;
}

void
ipc_thread_destroy(struct thread *thread)
{
	struct ipc_thread *ipc = &thread->ipc;
	struct ipc_port *reply = ipc_port_from_handle(ipc->reply_port);

	if (ipc->kmsg != NULL)
		ipc_kmsg_destroy(ipc->kmsg);
	ipc->kmsg = NULL;
	ipc->reply_port = MACH_PORT_NULL;
	if (reply != NULL)
		ipc_port_destroy(reply);
	if (ipc->reply_entry->bits == ipc_entry_reserved(ipc->reply_name))
		ipc_entry_unreserve(thread->task->space, ipc->reply_entry);
	ipc_thread_init(thread);
}
