/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * User memory, with fault recovery. Addresses outside user space and pages that
 * cannot be had fail; nothing else does. May block (page faults). True: copied
 * all. False: not all of it could be reached.
 *
 * MACHINE_COPY(function, from, to, size) calls one of the two functions below,
 * in assembly, in a way that tells the compiler how few registers they use.
 *
 * copyin_message() and copyout_message() are for the short way of messages: in
 * line, the header in registers, `rest` the words of four bytes that follow it.
 * The caller has asked copy_in_reach() about the user's address.
 */
#ifndef ARCH_COPY_H
#define ARCH_COPY_H

#include <arch/types.h>

/* What is of interest in the 24 bytes that a message begins with. */
struct message_sent {
	uint32_t bits;
	uint32_t id;
	uint64_t names; /* remote and, above it, local */
};

/* What they are to be; reserved is 0. */
struct message_got {
	uint32_t bits;
	uint32_t size;
	uint32_t remote;
	uint32_t local;
	uint32_t id;
};

extern bool user_copyin(vm_address_t user, void *kernel, size_t size);
extern bool user_copyout(const void *kernel, vm_address_t user, size_t size);

/* The analyser does not see what assembly writes, but believes in externs. */
#ifdef __clang_analyzer__
#define MACHINE_COPY(function, from, to, size) function(from, to, size)
extern bool copyin_message(
    vm_address_t user, struct message_sent *head, void *body, uint32_t rest);
extern bool copyout_message(const struct message_got *head, const void *body,
    vm_address_t user, uint32_t rest);
#else
#include <machine/copy.h>
#endif

/* An address of which a page or two may be asked for: not the kernel's. */
static inline bool
copy_in_reach(vm_address_t user)
{
	return user >> 47 == 0;
}

static inline __attribute__((always_inline)) bool
copyin(vm_address_t user, void *kernel, size_t size)
{
	return MACHINE_COPY(user_copyin, user, kernel, size);
}

static inline __attribute__((always_inline)) bool
copyout(const void *kernel, vm_address_t user, size_t size)
{
	return MACHINE_COPY(user_copyout, kernel, user, size);
}

/* Copies up to and with the NUL; false also when max bytes hold none. */
extern bool copyinstr(vm_address_t user, char *kernel, size_t max);

#endif
