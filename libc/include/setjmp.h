/* SPDX-License-Identifier: BSD-2-Clause */
/* Non-local jumps. setjmp() leaves the signal mask alone. */
#ifndef SETJMP_H
#define SETJMP_H

#include <bits/setjmp.h>
#include <bits/types.h>

typedef struct {
	unsigned long __registers[__SETJMP_REGISTERS];
	__sigset_t __mask;
	unsigned long __mask_saved;
} jmp_buf[1];

__BEGIN_DECLS
int setjmp(jmp_buf) __attribute__((__returns_twice__));
#define setjmp(env) setjmp(env)
__noreturn void longjmp(jmp_buf, int);

#if __POSIX_VISIBLE
typedef jmp_buf sigjmp_buf;
int sigsetjmp(sigjmp_buf, int) __attribute__((__returns_twice__));
#define sigsetjmp(env, save) sigsetjmp(env, save)
__noreturn void siglongjmp(sigjmp_buf, int);
#endif
#if __XSI_VISIBLE
int _setjmp(jmp_buf) __attribute__((__returns_twice__));
__noreturn void _longjmp(jmp_buf, int);
#endif
__END_DECLS

#endif
