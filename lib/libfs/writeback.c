/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Writing back some seconds after a change. The server has one thread, which
 * waits for messages without a time limit; a second one does nothing but sleep
 * and send it a message. While nothing has changed, that one waits for `dirty`.
 */
#include <mach/mach_port_user.h>

#include <errno.h>
#include <libmach/mach.h>
#include <libmach/thread.h>
#include <libports/ports.h>

#include "file.h"

#define FLUSH_AFTER   5000000000ULL /* ns */
#define ID_WRITE_BACK 20999

static uint32_t dirty; /* both threads' */
static mach_port_t tick_port;

void
fs_note_change(void)
{
	if (__atomic_load_n(&dirty, __ATOMIC_RELAXED) != 0)
		return;
	__atomic_store_n(&dirty, 1, __ATOMIC_RELEASE);
	(void)ulock_wake(&dirty, 1, 0);
}

static void
tick(void *argument)
{
	(void)argument;
	for (;;) {
		mach_msg_header_t message = {
		    .msgh_bits =
			MACH_MSGH_BITS(MACH_MSG_TYPE_MAKE_SEND_ONCE, 0),
		    .msgh_size = sizeof(message),
		    .msgh_remote_port = tick_port,
		    .msgh_id = ID_WRITE_BACK,
		};

		while (__atomic_load_n(&dirty, __ATOMIC_ACQUIRE) == 0)
			(void)ulock_wait(&dirty, 0, 0, 0);
		(void)clock_sleep(FLUSH_AFTER);
		(void)mach_msg(&message, MACH_SEND_MSG, sizeof(message), 0,
		    MACH_PORT_NULL, 0, MACH_PORT_NULL);
	}
}

static void
collect(struct fs_node *node, void *context)
{
	(void)context;
	fs_pager_collect(node, 0, UINT64_MAX);
}

int
fs_write_back(struct fs *fs)
{
	int error = 0;

	__atomic_store_n(&dirty, 0, __ATOMIC_RELAXED);
	if (fs->read_only)
		return 0;
	fs_node_each(collect, NULL);
	if (fs->ops->sync != NULL)
		error = fs->ops->sync(fs);
	if (error != 0 || fs_pager_active())
		fs_note_change();
	return error;
}

boolean_t
fs_write_back_demux(mach_msg_header_t *request, mach_msg_header_t *reply)
{
	mig_reply_error_t *answer = (mig_reply_error_t *)(void *)reply;

	if (request->msgh_local_port != tick_port)
		return FALSE;
	(void)fs_write_back(fs_served);
	answer->Head.msgh_bits = 0;
	answer->RetCode = MIG_NO_REPLY;
	return TRUE;
}

int
fs_write_back_start(void)
{
	struct mach_thread *thread;

	if (mach_port_allocate(mach_task_self(), MACH_PORT_RIGHT_RECEIVE,
		&tick_port) != KERN_SUCCESS ||
	    ports_add(tick_port) != KERN_SUCCESS ||
	    mach_thread_create(&thread, tick, NULL, MACH_THREAD_STACK) !=
		KERN_SUCCESS)
		return ENOMEM;
	return 0;
}
