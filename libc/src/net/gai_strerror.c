/* SPDX-License-Identifier: BSD-2-Clause */
/* What getaddrinfo() and getnameinfo() say went wrong. */
#include <netdb.h>

const char *
gai_strerror(int code)
{
	switch (code) {
	case 0:
		return "No error";
	case EAI_BADFLAGS:
		return "Invalid flags";
	case EAI_NONAME:
		return "Name or service not known";
	case EAI_AGAIN:
		return "Name not found for now";
	case EAI_FAIL:
		return "Names cannot be looked up";
	case EAI_FAMILY:
		return "Address family not supported";
	case EAI_SOCKTYPE:
		return "Type of socket not supported";
	case EAI_SERVICE:
		return "Service not known for this type of socket";
	case EAI_MEMORY:
		return "Out of memory";
	case EAI_SYSTEM:
		return "System error";
	case EAI_OVERFLOW:
		return "Name too long for its buffer";
	default:
		return "Unknown error";
	}
}
