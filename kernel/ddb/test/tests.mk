# SPDX-License-Identifier: BSD-2-Clause
HOST_TESTS += ddb_parse_test
ddb_parse_test_SRCS := kernel/ddb/test/ddb_parse_test.c \
	kernel/ddb/ddb_parse.c
ddb_parse_test_CPPFLAGS := -Ikernel -Ikernel/arch/include \
	-Ikernel/arch/host/include -Iinclude -Ilib
