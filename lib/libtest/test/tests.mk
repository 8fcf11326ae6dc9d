# SPDX-License-Identifier: BSD-2-Clause
HOST_TESTS += libtest_test
libtest_test_SRCS := lib/libtest/test/libtest_test.c
