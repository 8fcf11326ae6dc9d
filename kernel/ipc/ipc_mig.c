/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * What the kernel's stubs call: the kernel as a client of users' servers.
 */
#include <mach/mig_support.h>

#include <ipc/ipc_kmsg.h>
#include <ipc/ipc_mqueue.h>
#include <ipc/ipc_port.h>
#include <ipc/ipc_right.h>
#include <ipc/ipc_space.h>
#include <ipc/mach_msg.h>
#include <kern/slab.h>
#include <kern/string.h>
#include <kern/thread.h>

const NDR_record_t NDR_record = {.int_rep = 1};

mach_msg_size_t
mig_strncpy(char *dest, const char *src, mach_msg_size_t len)
{
	mach_msg_size_t i;

	if (len == 0)
		return 0;
	for (i = 0; i < len - 1 && src[i] != '\0'; i++)
		dest[i] = src[i];
	dest[i] = '\0';
	return i + 1;
}

char *
mig_user_allocate(vm_size_t size)
{
	return kalloc(size);
}

void
mig_user_deallocate(char *data, vm_size_t size)
{
	kfree(data, size);
}

void
mig_release_right(mach_port_t name, mach_msg_type_name_t disposition)
{
	ipc_right_release(name, disposition);
}

/*
 * A message made by a stub, as a buffer with rights. Without memory the rights
 * are released: a stub gives them away in any case.
 */
static struct ipc_kmsg *
get_kernel_message(mach_msg_header_t *msg, mach_msg_size_t size)
{
	struct ipc_kmsg *kmsg = ipc_kmsg_alloc(size);

	ipc_copyin_from_kernel(msg);
	if (kmsg == NULL) {
		mach_msg_destroy(msg);
		return NULL;
	}
	memcpy(&kmsg->header, msg, size);
	kmsg->header.msgh_size = size;
	return kmsg;
}

mach_msg_return_t
mach_msg_send_from_kernel(mach_msg_header_t *msg, mach_msg_size_t send_size)
{
	struct ipc_kmsg *kmsg = get_kernel_message(msg, send_size);
	mach_msg_return_t mr;

	if (kmsg == NULL)
		return MACH_SEND_NO_BUFFER;
	mr = mach_msg_send_kmsg(kmsg, MACH_SEND_ALWAYS, 0);
	if (mr != MACH_MSG_SUCCESS)
		ipc_kmsg_destroy(kmsg);
	return mr;
}

/* The current thread's reply port, made on first use. */
static struct ipc_port *
reply_port(struct thread *self)
{
	struct ipc_port *port = ipc_port_from_handle(self->ipc.reply_port);

	if (port == NULL) {
		port = ipc_port_create(&ipc_space_kernel, MACH_PORT_NULL);
		self->ipc.reply_port = ipc_port_to_handle(port);
	}
	return port;
}

/* The reply will not be waited for: should it come, it must not be taken. */
static void
drop_reply_port(struct thread *self)
{
	struct ipc_port *port = ipc_port_from_handle(self->ipc.reply_port);

	self->ipc.reply_port = MACH_PORT_NULL;
	ipc_port_destroy(port);
}

/* Wait for a message on the reply port, of at most rcv_size. Blocks. */
static mach_msg_return_t
receive(struct thread *self, mach_msg_size_t rcv_size, struct ipc_kmsg **kmsg)
{
	struct ipc_object *object =
	    &ipc_port_from_handle(self->ipc.reply_port)->object;
	mach_msg_return_t mr;

	self->ipc.room = rcv_size;
	self->ipc.short_room = 0;
	mr = ipc_mqueue_dequeue(object, rcv_size, false, kmsg);
	if (mr != MACH_MSG_SUCCESS || *kmsg != NULL)
		return mr;
	ipc_mqueue_wait(object, WAIT_FOREVER);
	/* The server has seen the request. */
	self->wait_flags |= WAIT_UNSAFE;
	(void)thread_block(NULL);
	return ipc_mqueue_wait_done(kmsg);
}

mach_msg_return_t
mach_msg_rpc_from_kernel(
    mach_msg_header_t *msg, mach_msg_size_t send_size, mach_msg_size_t rcv_size)
{
	struct thread *self = current_thread();
	struct ipc_port *reply = reply_port(self);
	struct ipc_kmsg *kmsg;
	mach_msg_return_t mr;

	msg->msgh_local_port = ipc_port_to_handle(reply);
	kmsg = get_kernel_message(msg, send_size);
	if (reply == NULL || kmsg == NULL) {
		if (kmsg != NULL)
			ipc_kmsg_destroy(kmsg);
		return MACH_SEND_NO_BUFFER;
	}
	mr = mach_msg_send_kmsg(kmsg, MACH_MSG_OPTION_NONE, 0);
	if (mr != MACH_MSG_SUCCESS) {
		ipc_kmsg_destroy(kmsg);
		drop_reply_port(self);
		return mr;
	}
	mr = receive(self, rcv_size, &kmsg);
	if (mr != MACH_MSG_SUCCESS) {
		drop_reply_port(self);
		return mr;
	}
	ipc_kmsg_accept(kmsg);
	memcpy(msg, &kmsg->header, kmsg->header.msgh_size);
	ipc_kmsg_free(kmsg);
	return MACH_MSG_SUCCESS;
}
