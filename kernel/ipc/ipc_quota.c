/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Who pays for messages in queues. The account outlives its space while
 * messages that were paid from it wait.
 */
#include <ipc/ipc_kmsg.h>
#include <ipc/ipc_quota.h>
#include <ipc/ipc_space.h>
#include <kern/panic.h>
#include <kern/slab.h>
#include <kern/task.h>
#include <kern/thread.h>

static struct slab_cache cache;

void
ipc_quota_init(void)
{
	slab_cache_init(&cache, "ipc_quota", sizeof(struct ipc_quota),
	    _Alignof(struct ipc_quota));
}

struct ipc_quota *
ipc_quota_create(void)
{
	struct ipc_quota *quota = slab_alloc_zero(&cache);

	if (quota == NULL)
		return NULL;
	quota->references = 1;
	quota->most = UINT64_MAX;
	return quota;
}

void
ipc_quota_release(struct ipc_quota *quota)
{
	assert(quota->references > 0);
	if (--quota->references == 0)
		slab_free(&cache, quota);
}

bool
ipc_quota_charge(struct ipc_quota *quota, struct ipc_kmsg *kmsg)
{
	assert(kmsg->payer == NULL);
	if (quota->used + kmsg->capacity > quota->most)
		return false;
	quota->used += kmsg->capacity;
	quota->references++;
	kmsg->payer = quota;
	return true;
}

bool
ipc_quota_pay(struct ipc_kmsg *kmsg)
{
	const struct ipc_space *space = current_task()->space;

	return space == NULL || ipc_quota_charge(space->quota, kmsg);
}

void
ipc_quota_discharge(struct ipc_kmsg *kmsg)
{
	struct ipc_quota *quota = kmsg->payer;

	if (quota == NULL)
		return;
	kmsg->payer = NULL;
	quota->used -= kmsg->capacity;
	ipc_quota_release(quota);
}
