/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * The system's scalar types under reserved names, so that each header can
 * declare just the ones POSIX says it declares. LP64 on every architecture.
 */
#ifndef BITS_TYPES_H
#define BITS_TYPES_H

#include <bits/features.h>

typedef __SIZE_TYPE__ __size_type;
typedef long __ssize_t;
typedef long __off_t;
typedef long __time_t;
typedef long __suseconds_t;
typedef long __clock_t;
typedef int __clockid_t;
typedef void *__timer_t;
typedef unsigned long __dev_t;
typedef unsigned long __ino_t;
typedef unsigned int __mode_t;
typedef unsigned int __nlink_t;
typedef unsigned int __uid_t;
typedef unsigned int __gid_t;
typedef unsigned int __id_t;
typedef int __pid_t;
typedef long __blksize_t;
typedef long __blkcnt_t;
typedef unsigned long __fsblkcnt_t;
typedef unsigned long __fsfilcnt_t;
typedef int __key_t;
typedef unsigned int __socklen_t;
typedef unsigned long __sigset_t;
typedef unsigned int __tcflag_t;
typedef unsigned long __pthread_t;
typedef struct __file __FILE;
typedef struct __locale *__locale_t;

#endif
