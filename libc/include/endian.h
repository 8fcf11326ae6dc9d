/* SPDX-License-Identifier: BSD-2-Clause */
/* Byte order conversion. */
#ifndef ENDIAN_H
#define ENDIAN_H

#define LITTLE_ENDIAN __ORDER_LITTLE_ENDIAN__
#define BIG_ENDIAN    __ORDER_BIG_ENDIAN__
#define BYTE_ORDER    __BYTE_ORDER__

#define htobe16(x)    __builtin_bswap16(x)
#define htobe32(x)    __builtin_bswap32(x)
#define htobe64(x)    __builtin_bswap64(x)
#define be16toh(x)    __builtin_bswap16(x)
#define be32toh(x)    __builtin_bswap32(x)
#define be64toh(x)    __builtin_bswap64(x)
#define htole16(x)    ((unsigned short)(x))
#define htole32(x)    ((unsigned)(x))
#define htole64(x)    ((unsigned long)(x))
#define le16toh(x)    ((unsigned short)(x))
#define le32toh(x)    ((unsigned)(x))
#define le64toh(x)    ((unsigned long)(x))

#endif
