/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * The calls of copy.S, see <arch/copy.h>.
 */
#ifndef MACHINE_COPY_H
#define MACHINE_COPY_H

#define MACHINE_COPY(function, from, to, size)                               \
	({                                                                   \
		register uint64_t x0 __asm__("x0") = (uint64_t)(from);       \
		register uint64_t x1 __asm__("x1") = (uint64_t)(to);         \
		register uint64_t x2 __asm__("x2") = (size);                 \
		__asm__ volatile("bl " #function                             \
				 : "+r"(x0), "+r"(x1), "+r"(x2)              \
				 :                                           \
				 : "x3", "x4", "x5", "x6", "x7", "x8", "x9", \
				 "x10", "x11", "x30", "cc", "memory");       \
		(x0 & 1) != 0;                                               \
	})

/* As in <machine/asm.h>: a place for PAN; and accesses with a way out. */
#define COPY_PAN(value)                      \
	"9000: nop\n\t"                      \
	".pushsection .pan_sites, \"a\"\n\t" \
	".balign 8\n\t"                      \
	".word 9000b - .\n\t"                \
	".word " #value "\n\t"               \
	".popsection\n\t"
#define COPY_USER(access)                          \
	"9001: " access "\n\t"                     \
	".pushsection .exception_table, \"a\"\n\t" \
	".balign 8\n\t"                            \
	".quad 9001b, %l[failed]\n\t"              \
	".popsection\n\t"
#define COPY_ON  COPY_PAN(0)
#define COPY_OFF COPY_PAN(1)

/* From so many words on the general copy is faster. */
#define COPY_INLINE 24U

static inline __attribute__((always_inline)) bool
copyin_message(
    vm_address_t user, struct message_sent *head, void *body, uint32_t rest)
{
	uint64_t names, first, second;
	uint32_t bits, id;
	bool far = rest >= COPY_INLINE;
	uint32_t near = far ? 0 : rest;

	if (far && !MACHINE_COPY(user_copyin, user + 24, body, rest * 4UL))
		return false;
	/* clang-format off */
	__asm__ volatile goto(COPY_ON
		     COPY_USER("ldr %[names], [%[user], #8]")
		     COPY_USER("ldr %w[id], [%[user], #20]")
		     COPY_USER("ldr %w[bits], [%[user]], #24")
		     "tbz %w[rest], #0, 1f\n\t"
		     COPY_USER("ldr %w[first], [%[user]], #4")
		     "str %w[first], [%[body]], #4\n"
		     "1: tbz %w[rest], #1, 2f\n\t"
		     COPY_USER("ldr %[first], [%[user]], #8")
		     "str %[first], [%[body]], #8\n"
		     "2: lsr %w[rest], %w[rest], #2\n\t"
		     "cbz %w[rest], 4f\n"
		     "3:" COPY_USER("ldp %[first], %[second], [%[user]], #16")
		     "subs %w[rest], %w[rest], #1\n\t"
		     "stp %[first], %[second], [%[body]], #16\n\t"
		     "b.ne 3b\n"
		     "4:" COPY_OFF
		     : [bits] "=&r"(bits), [names] "=&r"(names),
		       [id] "=&r"(id), [first] "=&r"(first),
		       [second] "=&r"(second), [user] "+&r"(user),
		       [body] "+&r"(body), [rest] "+&r"(near)
		     :
		     : "cc", "memory"
		     : failed);
	/* clang-format on */
	*head = (struct message_sent){bits, id, names};
	return true;
failed:
	__asm__ volatile(COPY_OFF);
	return false;
}

static inline __attribute__((always_inline)) bool
copyout_message(const struct message_got *head, const void *body,
    vm_address_t user, uint32_t rest)
{
	uint64_t first, second;
	bool far = rest >= COPY_INLINE;
	uint32_t near = far ? 0 : rest;

	if (far && !MACHINE_COPY(user_copyout, body, user + 24, rest * 4UL))
		return false;
	/* clang-format off */
	__asm__ volatile goto(COPY_ON
		     COPY_USER("stp %w[bits], %w[size], [%[user]], #24")
		     COPY_USER("stp %w[remote], %w[local], [%[user], #-16]")
		     COPY_USER("stp wzr, %w[id], [%[user], #-8]")
		     "tbz %w[rest], #0, 1f\n\t"
		     "ldr %w[first], [%[body]], #4\n\t"
		     COPY_USER("str %w[first], [%[user]], #4")
		     "1: tbz %w[rest], #1, 2f\n\t"
		     "ldr %[first], [%[body]], #8\n\t"
		     COPY_USER("str %[first], [%[user]], #8")
		     "2: lsr %w[rest], %w[rest], #2\n\t"
		     "cbz %w[rest], 4f\n"
		     "3: ldp %[first], %[second], [%[body]], #16\n\t"
		     "subs %w[rest], %w[rest], #1\n\t"
		     COPY_USER("stp %[first], %[second], [%[user]], #16")
		     "b.ne 3b\n"
		     "4:" COPY_OFF
		     : [first] "=&r"(first), [second] "=&r"(second),
		       [user] "+&r"(user), [body] "+&r"(body),
		       [rest] "+&r"(near)
		     : [bits] "r"(head->bits), [size] "r"(head->size),
		       [remote] "rZ"(head->remote), [local] "r"(head->local),
		       [id] "r"(head->id)
		     : "cc", "memory"
		     : failed);
	/* clang-format on */
	return true;
failed:
	__asm__ volatile(COPY_OFF);
	return false;
}

#endif
