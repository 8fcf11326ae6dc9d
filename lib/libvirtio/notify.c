/* SPDX-License-Identifier: BSD-2-Clause */
/* Interrupts of a queue: messages to a port of its own. */
#include <mach/mach_port_user.h>
#include <mach/traps.h>

#include "virtio.h"

kern_return_t
virtio_notify_start(struct virtio_queue *queue)
{
	kern_return_t kr;

	kr = mach_port_allocate(
	    mach_task_self(), MACH_PORT_RIGHT_RECEIVE, &queue->notify);
	if (kr != KERN_SUCCESS)
		return kr;
	kr = mach_port_insert_right(mach_task_self(), queue->notify,
	    queue->notify, MACH_MSG_TYPE_MAKE_SEND);
	if (kr != KERN_SUCCESS)
		return kr;
	return queue->device->transport->interrupts(
	    queue->device, queue->notify);
}

bool
virtio_queue_wait(struct virtio_queue *queue, unsigned ms)
{
	struct {
		mach_msg_header_t header;
		char trailer[64];
	} message;

	if (mach_msg(&message.header, MACH_RCV_MSG | MACH_RCV_TIMEOUT, 0,
		sizeof(message), queue->notify, ms,
		MACH_PORT_NULL) != MACH_MSG_SUCCESS)
		return false;
	queue->device->transport->interrupt_done(queue->device);
	return true;
}
