/* SPDX-License-Identifier: BSD-2-Clause */
/* The texts of the error numbers. */
#include <errno.h>
#include <stdio.h>
#include <string.h>

#include "word.h"

static const char *const texts[] = {
    [0] = "Success",
    [EPERM] = "Operation not permitted",
    [ENOENT] = "No such file or directory",
    [ESRCH] = "No such process",
    [EINTR] = "Interrupted system call",
    [EIO] = "Input/output error",
    [ENXIO] = "No such device or address",
    [E2BIG] = "Argument list too long",
    [ENOEXEC] = "Exec format error",
    [EBADF] = "Bad file descriptor",
    [ECHILD] = "No child processes",
    [EAGAIN] = "Resource temporarily unavailable",
    [ENOMEM] = "Out of memory",
    [EACCES] = "Permission denied",
    [EFAULT] = "Bad address",
    [ENOTBLK] = "Block device required",
    [EBUSY] = "Device or resource busy",
    [EEXIST] = "File exists",
    [EXDEV] = "Link across file systems",
    [ENODEV] = "No such device",
    [ENOTDIR] = "Not a directory",
    [EISDIR] = "Is a directory",
    [EINVAL] = "Invalid argument",
    [ENFILE] = "Too many open files in the system",
    [EMFILE] = "Too many open files",
    [ENOTTY] = "Not a terminal",
    [ETXTBSY] = "Text file busy",
    [EFBIG] = "File too large",
    [ENOSPC] = "No space left on device",
    [ESPIPE] = "Not seekable",
    [EROFS] = "Read-only file system",
    [EMLINK] = "Too many links",
    [EPIPE] = "Broken pipe",
    [EDOM] = "Argument out of domain",
    [ERANGE] = "Result out of range",
    [EDEADLK] = "Deadlock avoided",
    [ENAMETOOLONG] = "File name too long",
    [ENOLCK] = "No locks available",
    [ENOSYS] = "Function not implemented",
    [ENOTEMPTY] = "Directory not empty",
    [ELOOP] = "Too many symbolic links",
    [ENOMSG] = "No message of the wanted type",
    [EIDRM] = "Identifier removed",
    [ENOSTR] = "Not a stream device",
    [ENODATA] = "No data available",
    [ETIME] = "Timer expired",
    [ENOSR] = "Out of stream resources",
    [EREMOTE] = "Object is remote",
    [ENOLINK] = "Link severed",
    [EPROTO] = "Protocol error",
    [EMULTIHOP] = "Multihop attempted",
    [EBADMSG] = "Bad message",
    [EOVERFLOW] = "Value too large for its type",
    [EILSEQ] = "Invalid multibyte character",
    [EUSERS] = "Too many users",
    [ENOTSOCK] = "Not a socket",
    [EDESTADDRREQ] = "Destination address required",
    [EMSGSIZE] = "Message too long",
    [EPROTOTYPE] = "Wrong protocol type for socket",
    [ENOPROTOOPT] = "Protocol option not available",
    [EPROTONOSUPPORT] = "Protocol not supported",
    [ESOCKTNOSUPPORT] = "Socket type not supported",
    [EOPNOTSUPP] = "Operation not supported",
    [EPFNOSUPPORT] = "Protocol family not supported",
    [EAFNOSUPPORT] = "Address family not supported",
    [EADDRINUSE] = "Address in use",
    [EADDRNOTAVAIL] = "Address not available",
    [ENETDOWN] = "Network is down",
    [ENETUNREACH] = "Network unreachable",
    [ENETRESET] = "Connection reset by network",
    [ECONNABORTED] = "Connection aborted",
    [ECONNRESET] = "Connection reset by peer",
    [ENOBUFS] = "No buffer space available",
    [EISCONN] = "Socket is connected",
    [ENOTCONN] = "Socket is not connected",
    [ESHUTDOWN] = "Socket was shut down",
    [ETOOMANYREFS] = "Too many references",
    [ETIMEDOUT] = "Operation timed out",
    [ECONNREFUSED] = "Connection refused",
    [EHOSTDOWN] = "Host is down",
    [EHOSTUNREACH] = "Host unreachable",
    [EALREADY] = "Operation already in progress",
    [EINPROGRESS] = "Operation in progress",
    [ESTALE] = "Stale file handle",
    [EDQUOT] = "Disk quota exceeded",
    [ECANCELED] = "Operation canceled",
    [EOWNERDEAD] = "Owner died",
    [ENOTRECOVERABLE] = "State not recoverable",
};

static const char *
find(int error)
{
	if (error < 0 || (size_t)error >= sizeof(texts) / sizeof(texts[0]))
		return NULL;
	return texts[error];
}

char *
strerror(int error)
{
	static char unknown[40];
	const char *text = find(error);

	if (text != NULL)
		return UNCONST(char *, text);
	errno = EINVAL;
	snprintf(unknown, sizeof(unknown), "Unknown error %d", error);
	return unknown;
}

char *
strerror_l(int error, locale_t locale)
{
	(void)locale;
	return strerror(error);
}

int
strerror_r(int error, char *to, size_t size)
{
	const char *text = find(error);
	int length;

	if (text != NULL)
		length = snprintf(to, size, "%s", text);
	else
		length = snprintf(to, size, "Unknown error %d", error);
	if ((size_t)length >= size)
		return ERANGE;
	return text != NULL ? 0 : EINVAL;
}
