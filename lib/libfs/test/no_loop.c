/* SPDX-License-Identifier: BSD-2-Clause */
/* What the server's test does without: mapped files, and the second thread. */
#include <errno.h>
#include <libfs/file.h>

boolean_t
fs_pager_demux(mach_msg_header_t *request, mach_msg_header_t *reply)
{
	(void)request;
	(void)reply;
	return FALSE;
}

int
fs_pager_object(struct fs_node *node, bool writable, mach_port_t *right)
{
	(void)node;
	(void)writable;
	(void)right;
	return EOPNOTSUPP;
}

void
fs_pager_collect(struct fs_node *node, uint64_t offset, uint64_t size)
{
	(void)node;
	(void)offset;
	(void)size;
}

int
fs_write_back(struct fs *fs)
{
	return fs->ops->sync(fs);
}

boolean_t
fs_write_back_demux(mach_msg_header_t *request, mach_msg_header_t *reply)
{
	(void)request;
	(void)reply;
	return FALSE;
}

int
fs_write_back_start(void)
{
	return 0;
}
