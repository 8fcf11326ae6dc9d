/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * The floating-point environment: exceptions and rounding, a thread's own.
 * The functions are in the libm package.
 */
#ifndef FENV_H
#define FENV_H

#include <bits/features.h>
#include <bits/fenv.h>

#define FE_DFL_ENV ((const fenv_t *)-1)

__BEGIN_DECLS
int feclearexcept(int);
int fegetexceptflag(fexcept_t *, int);
int feraiseexcept(int);
int fesetexceptflag(const fexcept_t *, int);
int fetestexcept(int);
int fegetround(void);
int fesetround(int);
int fegetenv(fenv_t *);
int feholdexcept(fenv_t *);
int fesetenv(const fenv_t *);
int feupdateenv(const fenv_t *);
__END_DECLS

#endif
