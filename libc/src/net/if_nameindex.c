/* SPDX-License-Identifier: BSD-2-Clause */
/* Network interfaces, of which there are none. */
#include <errno.h>
#include <net/if.h>
#include <stdlib.h>

/* The list has its end only. */
struct if_nameindex *
if_nameindex(void)
{
	struct if_nameindex *list = calloc(1, sizeof(*list));

	if (list == NULL)
		errno = ENOBUFS;
	return list;
}

void
if_freenameindex(struct if_nameindex *list)
{
	free(list);
}

unsigned
if_nametoindex(const char *name)
{
	(void)name;
	errno = ENODEV;
	return 0;
}

char *
if_indextoname(unsigned number, char *name)
{
	(void)number;
	(void)name;
	errno = ENXIO;
	return NULL;
}
