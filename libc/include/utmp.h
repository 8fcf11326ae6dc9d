/* SPDX-License-Identifier: BSD-2-Clause */
/* Logging in: nobody keeps a list of who has. */
#ifndef UTMP_H
#define UTMP_H

#include <bits/features.h>

__BEGIN_DECLS
/* A session of its own, with this terminal and it as standard files. */
int login_tty(int);
__END_DECLS

#endif
