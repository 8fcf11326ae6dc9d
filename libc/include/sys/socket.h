/* SPDX-License-Identifier: BSD-2-Clause */
/* Sockets. */
#ifndef SYS_SOCKET_H
#define SYS_SOCKET_H

#include <bits/types.h>
#include <sys/uio.h>

typedef unsigned socklen_t;
typedef unsigned short sa_family_t;

struct sockaddr {
	sa_family_t sa_family;
	char sa_data[14];
};

struct sockaddr_storage {
	sa_family_t ss_family;
	char __data[126];
} __attribute__((__aligned__(8)));

struct msghdr {
	void *msg_name;
	socklen_t msg_namelen;
	struct iovec *msg_iov;
	int msg_iovlen;
	void *msg_control;
	socklen_t msg_controllen;
	int msg_flags;
};

struct cmsghdr {
	socklen_t cmsg_len;
	int cmsg_level;
	int cmsg_type;
};

#define __CMSG_ALIGN(size) \
	(((size) + sizeof(size_t) - 1) & ~(sizeof(size_t) - 1))
#define CMSG_DATA(message) \
	((unsigned char *)(message) + __CMSG_ALIGN(sizeof(struct cmsghdr)))
#define CMSG_FIRSTHDR(header)                               \
	((header)->msg_controllen >= sizeof(struct cmsghdr) \
		? (struct cmsghdr *)(header)->msg_control   \
		: (struct cmsghdr *)0)
#define CMSG_NXTHDR(header, message)                                         \
	((char *)(message) + __CMSG_ALIGN((message)->cmsg_len) +             \
			sizeof(struct cmsghdr) >                             \
		    (char *)(header)->msg_control + (header)->msg_controllen \
		? (struct cmsghdr *)0                                        \
		: (struct cmsghdr *)((char *)(message) +                     \
				     __CMSG_ALIGN((message)->cmsg_len)))
#define CMSG_SPACE(size) \
	(__CMSG_ALIGN(size) + __CMSG_ALIGN(sizeof(struct cmsghdr)))
#define CMSG_LEN(size) (__CMSG_ALIGN(sizeof(struct cmsghdr)) + (size))

struct linger {
	int l_onoff;
	int l_linger;
};

#if __MACHR_VISIBLE
struct ucred {
	int pid; /* 0: not known */
	unsigned uid;
	unsigned gid;
};
#endif

#define AF_UNSPEC      0
#define AF_UNIX        1
#define AF_INET        2
#define AF_INET6       10
#define AF_LOCAL       AF_UNIX
#define PF_UNSPEC      AF_UNSPEC
#define PF_UNIX        AF_UNIX
#define PF_LOCAL       AF_UNIX
#define PF_INET        AF_INET
#define PF_INET6       AF_INET6

#define SOCK_STREAM    1
#define SOCK_DGRAM     2
#define SOCK_RAW       3
#define SOCK_SEQPACKET 5
#define SOCK_NONBLOCK  04000
#define SOCK_CLOEXEC   02000000

#define SOL_SOCKET     1
#define SO_DEBUG       1
#define SO_REUSEADDR   2
#define SO_TYPE        3
#define SO_ERROR       4
#define SO_DONTROUTE   5
#define SO_BROADCAST   6
#define SO_SNDBUF      7
#define SO_RCVBUF      8
#define SO_KEEPALIVE   9
#define SO_OOBINLINE   10
#define SO_LINGER      13
#define SO_PEERCRED    17
#define SO_RCVLOWAT    18
#define SO_SNDLOWAT    19
#define SO_RCVTIMEO    20
#define SO_SNDTIMEO    21
#define SO_ACCEPTCONN  30
#define SO_DOMAIN      39
#define SOMAXCONN      128

#define SCM_RIGHTS     1

#define MSG_OOB        0x01
#define MSG_PEEK       0x02
#define MSG_DONTROUTE  0x04
#define MSG_CTRUNC     0x08
#define MSG_TRUNC      0x20
#define MSG_DONTWAIT   0x40
#define MSG_EOR        0x80
#define MSG_WAITALL    0x100
#define MSG_NOSIGNAL   0x4000
#if __MACHR_VISIBLE
#define MSG_CMSG_CLOEXEC 0x40000000
#endif

#define SHUT_RD   0
#define SHUT_WR   1
#define SHUT_RDWR 2

__BEGIN_DECLS
int socket(int, int, int);
int socketpair(int, int, int, int[2]);
int bind(int, const struct sockaddr *, socklen_t);
int listen(int, int);
int connect(int, const struct sockaddr *, socklen_t);
int accept(int, struct sockaddr *__restrict, socklen_t *__restrict);
#if __MACHR_VISIBLE
int accept4(int, struct sockaddr *__restrict, socklen_t *__restrict, int);
#endif
int shutdown(int, int);
int getsockname(int, struct sockaddr *__restrict, socklen_t *__restrict);
int getpeername(int, struct sockaddr *__restrict, socklen_t *__restrict);
int getsockopt(int, int, int, void *__restrict, socklen_t *__restrict);
int setsockopt(int, int, int, const void *, socklen_t);
int sockatmark(int);
ssize_t send(int, const void *, size_t, int);
ssize_t sendto(
    int, const void *, size_t, int, const struct sockaddr *, socklen_t);
ssize_t sendmsg(int, const struct msghdr *, int);
ssize_t recv(int, void *, size_t, int);
ssize_t recvfrom(int, void *__restrict, size_t, int,
    struct sockaddr *__restrict, socklen_t *__restrict);
ssize_t recvmsg(int, struct msghdr *, int);
__END_DECLS

#endif
