/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * The copies of host tests, host/copy.c, are plain calls.
 */
#ifndef MACHINE_COPY_H
#define MACHINE_COPY_H

#define MACHINE_COPY(function, from, to, size) function(from, to, size)

static inline bool
copyin_message(
    vm_address_t user, struct message_head *head, void *body, uint32_t rest)
{
	return user_copyin(user, head, sizeof(*head)) &&
	       user_copyin(user + sizeof(*head), body, rest * 4UL);
}

static inline bool
copyout_message(const struct message_head *head, const void *body,
    vm_address_t user, uint32_t rest)
{
	return user_copyout(head, user, sizeof(*head)) &&
	       user_copyout(body, user + sizeof(*head), rest * 4UL);
}

#endif
