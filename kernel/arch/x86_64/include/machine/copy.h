/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * The calls of copy.S, see <arch/copy.h>.
 */
#ifndef MACHINE_COPY_H
#define MACHINE_COPY_H

#define MACHINE_COPY(function, from, to, size)                      \
	({                                                          \
		uint64_t rdi = (uint64_t)(from);                    \
		uint64_t rsi = (uint64_t)(to);                      \
		uint64_t rdx = (size);                              \
		bool copied;                                        \
                                                                    \
		__asm__ volatile(                                   \
		    "call " #function                               \
		    : "=a"(copied), "+D"(rdi), "+S"(rsi), "+d"(rdx) \
		    :                                               \
		    : "rcx", "cc", "memory");                       \
		copied;                                             \
	})

/* As in <machine/asm.h>: places for STAC and CLAC, accesses with a way out. */
#define COPY_SMAP(instruction)                \
	"771: .byte 0x0f, 0x1f, 0x00\n\t"     \
	".pushsection .smap_sites, \"a\"\n\t" \
	".quad 771b, " #instruction "\n\t"    \
	".popsection\n\t"
#define COPY_USER(access)                          \
	"772: " access "\n\t"                      \
	".pushsection .exception_table, \"a\"\n\t" \
	".quad 772b, %l[failed]\n\t"               \
	".popsection\n\t"
#define COPY_ON  COPY_SMAP(0xcb010f)
#define COPY_OFF COPY_SMAP(0xca010f)

static inline __attribute__((always_inline)) bool
copyin_message(
    vm_address_t user, struct message_sent *head, void *body, uint32_t rest)
{
	uint64_t words = rest >> 1;
	uint64_t names;
	uint32_t bits, id;

	/* clang-format off */
	__asm__ volatile goto(COPY_ON
		     COPY_USER("movl (%%rsi), %[bits]")
		     COPY_USER("movq 8(%%rsi), %[names]")
		     COPY_USER("movl 20(%%rsi), %[id]")
		     "addq $24, %%rsi\n\t"
		     COPY_USER("rep movsq")
		     "testl $1, %[rest]\n\t"
		     "jz 1f\n\t"
		     COPY_USER("movsl")
		     "1:" COPY_OFF
		     : [bits] "=&r"(bits), [names] "=&r"(names),
		       [id] "=&r"(id), "+S"(user), "+D"(body),
		       "+c"(words)
		     : [rest] "r"(rest)
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
	uint64_t words = rest >> 1;

	/* clang-format off */
	__asm__ volatile goto(COPY_ON
		     COPY_USER("movl %[bits], (%%rdi)")
		     COPY_USER("movl %[size], 4(%%rdi)")
		     COPY_USER("movl %[remote], 8(%%rdi)")
		     COPY_USER("movl %[local], 12(%%rdi)")
		     COPY_USER("movl $0, 16(%%rdi)")
		     COPY_USER("movl %[id], 20(%%rdi)")
		     "addq $24, %%rdi\n\t"
		     COPY_USER("rep movsq")
		     "testl $1, %[rest]\n\t"
		     "jz 1f\n\t"
		     COPY_USER("movsl")
		     "1:" COPY_OFF
		     : "+S"(body), "+D"(user), "+c"(words)
		     : [bits] "ri"(head->bits), [size] "r"(head->size),
		       [remote] "ri"(head->remote), [local] "r"(head->local),
		       [id] "r"(head->id), [rest] "r"(rest)
		     : "cc", "memory"
		     : failed);
	/* clang-format on */
	return true;
failed:
	__asm__ volatile(COPY_OFF);
	return false;
}

#endif
