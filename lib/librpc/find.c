/* SPDX-License-Identifier: BSD-2-Clause */
/* Looking routines and traps up. */
#include <librpc/rpc.h>
#include <stdlib.h>

static int
compare_id(const void *key, const void *entry)
{
	const struct rpc_routine *routine = entry;
	int32_t id = *(const int32_t *)key;

	return (id > routine->id) - (id < routine->id);
}

const struct rpc_routine *
rpc_routine_find(int32_t id)
{
	return bsearch(&id, rpc_routines, rpc_routine_count,
	    sizeof(rpc_routines[0]), compare_id);
}

const struct rpc_trap *
rpc_trap_find(int number)
{
	for (unsigned i = 0; i < rpc_trap_count; i++)
		if (rpc_traps[i].number == number)
			return &rpc_traps[i];
	return NULL;
}
