/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * lib/string.c under names that do not collide with the host's library.
 */
#define memcpy  kernel_memcpy
#define memmove kernel_memmove
#define memset  kernel_memset
#define memcmp  kernel_memcmp
#define strlen  kernel_strlen
#define strnlen kernel_strnlen
#define strcmp  kernel_strcmp
#define strncmp kernel_strncmp
#define strchr  kernel_strchr
#define strstr  kernel_strstr
#define strlcpy kernel_strlcpy

#include "../string.c"
