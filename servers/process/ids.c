/* SPDX-License-Identifier: BSD-2-Clause */
/* Who a process is: told in its signal page. The kernel stamps the effective
 * ids on its messages. */
#include <mach/task_user.h>

#include <errno.h>
#include <servers/process_server.h>

#include "process.h"

#define KEEP 0xffffffffU

static proc_ids_t
ids_of(const struct process *process)
{
	return (proc_ids_t){
	    .pid = process->pid,
	    .ppid = process->parent != NULL ? process->parent->pid : 0,
	    .pgid = process->pgid,
	    .sid = process->session->sid,
	    .uid = process->uid,
	    .euid = process->euid,
	    .gid = process->gid,
	    .egid = process->egid,
	};
}

void
ids_show(struct process *process)
{
	if (process->page != NULL)
		process->page->ids = ids_of(process);
}

void
ids_show_image(const struct process *process, const struct image_result *image)
{
	image->page->ids = ids_of(process);
	image->page->ids.euid = image->euid;
	image->page->ids.egid = image->egid;
	limit_show(process, image->page);
}

kern_return_t
S_proc_get_ids(proc_t proc, proc_ids_t *ids)
{
	const struct process *process = process_of(proc);

	if (process == NULL)
		return SERVER_ERROR(ESRCH);
	*ids = ids_of(process);
	return KERN_SUCCESS;
}

struct id_set {
	uint32_t *real, *effective, *saved;
};

static bool
may_become(const struct process *process, const struct id_set *set, uint32_t id)
{
	return id == KEEP || process->euid == 0 || id == *set->real ||
	       id == *set->effective || id == *set->saved;
}

/* As setreuid: the saved id follows when the real one is set or differs. */
static int
set_ids(struct process *process, const struct id_set *set, uint32_t real,
    uint32_t effective)
{
	uint32_t old_real = *set->real;

	if (!may_become(process, set, real) ||
	    !may_become(process, set, effective))
		return EPERM;
	if (real != KEEP)
		*set->real = real;
	if (effective != KEEP)
		*set->effective = effective;
	if (real != KEEP || (effective != KEEP && effective != old_real))
		*set->saved = *set->effective;
	return 0;
}

kern_return_t
S_proc_setid(proc_t proc, int which, uint32_t real, uint32_t effective)
{
	struct process *process = process_of(proc);
	security_token_t token;
	struct id_set set;
	uint32_t before;
	int error;

	if (process == NULL)
		return SERVER_ERROR(ESRCH);
	before = process->euid;
	if (which != PROC_ID_UID && which != PROC_ID_GID)
		return SERVER_ERROR(EINVAL);
	set = which == PROC_ID_UID ? (struct id_set){&process->uid,
					 &process->euid, &process->suid}
				   : (struct id_set){&process->gid,
					 &process->egid, &process->sgid};
	error = set_ids(process, &set, real, effective);
	if (error != 0)
		return SERVER_ERROR(error);
	ids_show(process);
	if ((before == 0) != (process->euid == 0))
		nice_apply(process, process->task, process->euid);
	token = (security_token_t){{process->euid, process->egid}};
	return task_set_security_token(process->task, token, host_priv) ==
		       KERN_SUCCESS
		   ? KERN_SUCCESS
		   : SERVER_ERROR(EIO);
}
