/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * TAP from a C program, for host unit tests and programs on the system.
 * A test calls ok()/is_int()/is_str() any number of times and returns
 * test_done(), which prints the plan line and yields the exit status.
 */
#ifndef LIBTEST_TEST_H
#define LIBTEST_TEST_H

#include <stdbool.h>
#include <stdio.h>
#include <string.h>

static int test_run_count;
static int test_fail_count;

/* Record one result; prints the place on failure. Returns `pass`. */
static inline bool
test_report(bool pass, const char *what, const char *file, int line)
{
	test_run_count++;
	printf("%sok %d - %s\n", pass ? "" : "not ", test_run_count, what);
	if (!pass) {
		test_fail_count++;
		printf("# failed at %s:%d\n", file, line);
	}
	fflush(stdout);
	return pass;
}

/* As test_report, printing both numbers when they differ. */
static inline bool
test_int(
    long long got, long long want, const char *what, const char *file, int line)
{
	bool pass = test_report(got == want, what, file, line);

	if (!pass)
		printf("# expected %lld (0x%llx), got %lld (0x%llx)\n", want,
		    want, got, got);
	return pass;
}

/* As test_report, printing both strings when they differ. */
static inline bool
test_str(const char *got, const char *want, const char *what, const char *file,
    int line)
{
	bool pass = got != NULL && strcmp(got, want) == 0;

	test_report(pass, what, file, line);
	if (!pass)
		printf("# expected \"%s\", got \"%s\"\n", want,
		    got != NULL ? got : "(null)");
	return pass;
}

/* Print the plan; the value main() returns. */
static inline int
test_done(void)
{
	printf("1..%d\n", test_run_count);
	fflush(stdout);
	return test_fail_count == 0 ? 0 : 1;
}

#define ok(condition, what) test_report((condition), (what), __FILE__, __LINE__)
#define is_int(got, want, what) \
	test_int(               \
	    (long long)(got), (long long)(want), (what), __FILE__, __LINE__)
#define is_str(got, want, what) \
	test_str((got), (want), (what), __FILE__, __LINE__)

#endif
