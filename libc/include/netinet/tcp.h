/* SPDX-License-Identifier: BSD-2-Clause */
/* Options of TCP sockets. */
#ifndef NETINET_TCP_H
#define NETINET_TCP_H

#include <bits/features.h>

#define TCP_NODELAY 1
#if __MACHR_VISIBLE
#define TCP_MAXSEG    2
#define TCP_KEEPIDLE  4
#define TCP_KEEPINTVL 5
#define TCP_KEEPCNT   6
#endif

#endif
