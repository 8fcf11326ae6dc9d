/* SPDX-License-Identifier: BSD-2-Clause */
/* The system types. */
#ifndef SYS_TYPES_H
#define SYS_TYPES_H

#include <bits/types.h>

typedef __size_type size_t;
typedef __ssize_t ssize_t;
typedef __off_t off_t;
typedef __time_t time_t;
typedef __suseconds_t suseconds_t;
typedef __clock_t clock_t;
typedef __clockid_t clockid_t;
typedef __timer_t timer_t;
typedef __dev_t dev_t;
typedef __ino_t ino_t;
typedef __mode_t mode_t;
typedef __nlink_t nlink_t;
typedef __uid_t uid_t;
typedef __gid_t gid_t;
typedef __id_t id_t;
typedef __pid_t pid_t;
typedef __blksize_t blksize_t;
typedef __blkcnt_t blkcnt_t;
typedef __fsblkcnt_t fsblkcnt_t;
typedef __fsfilcnt_t fsfilcnt_t;
typedef __key_t key_t;
typedef unsigned int useconds_t;
#include <bits/pthread_types.h>

#if __MACHR_VISIBLE
#include <sys/select.h>
typedef unsigned char u_char;
typedef unsigned short u_short;
typedef unsigned int u_int;
typedef unsigned long u_long;
typedef unsigned int uint;
typedef unsigned short ushort;
typedef unsigned long ulong;
typedef char *caddr_t;
#include <stdint.h>
typedef uint8_t u_int8_t;
typedef uint16_t u_int16_t;
typedef uint32_t u_int32_t;
typedef uint64_t u_int64_t;
#endif

#endif
