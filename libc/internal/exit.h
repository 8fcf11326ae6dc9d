/* SPDX-License-Identifier: BSD-2-Clause */
/* What exit() calls if it is linked into the program. */
#ifndef INTERNAL_EXIT_H
#define INTERNAL_EXIT_H

/* Functions of .fini_array, last first. */
void __run_destructors(void) __attribute__((__weak__));

/* Flush every stream and put input streams back where they were read to. */
void __stdio_exit(void) __attribute__((__weak__));

int __cxa_atexit(void (*function)(void *), void *cookie, void *object);

#endif
