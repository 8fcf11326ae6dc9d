/* SPDX-License-Identifier: BSD-2-Clause */
/* Internet addresses as text. */
#ifndef ARPA_INET_H
#define ARPA_INET_H

#include <netinet/in.h>

__BEGIN_DECLS
in_addr_t inet_addr(const char *);
char *inet_ntoa(struct in_addr);
const char *inet_ntop(
    int, const void *__restrict_arg, char *__restrict_arg, socklen_t);
int inet_pton(int, const char *__restrict_arg, void *__restrict_arg);
#if __MACHR_VISIBLE
int inet_aton(const char *, struct in_addr *);
#endif
__END_DECLS

#endif
