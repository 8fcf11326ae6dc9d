/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Tests inside of the kernel, on the real machine's memory, page tables, clock
 * and scheduler: in kernels built with KERNEL_TEST, run by the word "ktest" on
 * the command line instead of the first task. TAP on the console; then the
 * machine is switched off.
 *
 * A test runs in the first thread of an empty task, so that it has user memory
 * and a name space of its own.
 */
#ifndef KERN_KTEST_H
#define KERN_KTEST_H

#include <stdbool.h>

struct ktest {
	const char *name;
	void (*function)(void);
};

/* Define a test: KTEST(slab) { ... } */
#define KTEST(name_)                                                  \
	static void ktest_##name_(void);                              \
	static const struct ktest ktest_entry_##name_ __attribute__(( \
	    section("ktests"), used)) = {#name_, ktest_##name_};      \
	static void ktest_##name_(void)

/* One result. Returns `good`. */
extern bool ktest_ok(bool good, const char *what);

/*
 * Run them all; does not return. Absent (null) from kernels without tests:
 * look before calling.
 */
extern void ktest_start(void) __attribute__((weak));

#endif
