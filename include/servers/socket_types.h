/* SPDX-License-Identifier: BSD-2-Clause */
/* Types of socket.defs. */
#ifndef SERVERS_SOCKET_TYPES_H
#define SERVERS_SOCKET_TYPES_H

#include <servers/io_types.h>

#define SOCKET_RIGHTS_MAX 253 /* in one message */

/* socket_receive's how */
#define SOCKET_PEEK      1
#define SOCKET_NO_RIGHTS 2

enum socket_state {
	SOCKET_IDLE,
	SOCKET_LISTENS,
	SOCKET_CONNECTED, /* also when the other end is gone */
};

/* What socket_info returns; the peer is who connected or listened. */
struct socket_info {
	uint64_t state;
	uint64_t peer_uid;
	uint64_t peer_gid;
};
typedef struct socket_info socket_info_t;
typedef int *socket_flags_t;

#endif
