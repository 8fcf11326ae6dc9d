/* SPDX-License-Identifier: BSD-2-Clause */
/* Objects loaded while running: programs here are whole, so none can be. */
#ifndef DLFCN_H
#define DLFCN_H

#include <bits/features.h>

#define RTLD_LAZY   1
#define RTLD_NOW    2
#define RTLD_GLOBAL 0x100
#define RTLD_LOCAL  0

__BEGIN_DECLS
int dlclose(void *);
char *dlerror(void);
void *dlopen(const char *, int);
void *dlsym(void *__restrict_arg, const char *__restrict_arg);
__END_DECLS

#endif
