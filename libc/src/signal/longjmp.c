/* SPDX-License-Identifier: BSD-2-Clause */
/* The parts of setjmp() and longjmp() that need no assembly. */
#include <setjmp.h>
#include <signal.h>
#include <stddef.h>

#include "jump.h"

int
__save_mask(sigjmp_buf env, int save)
{
	env[0].__mask_saved = save != 0;
	if (save)
		sigprocmask(SIG_SETMASK, NULL, &env[0].__mask);
	return 0;
}

void
longjmp(jmp_buf env, int value)
{
	if (env[0].__mask_saved)
		sigprocmask(SIG_SETMASK, &env[0].__mask, NULL);
	__restore_registers(env, value != 0 ? value : 1);
}

void
_longjmp(jmp_buf env, int value)
{
	__restore_registers(env, value != 0 ? value : 1);
}

void
siglongjmp(sigjmp_buf env, int value)
{
	longjmp(env, value);
}
