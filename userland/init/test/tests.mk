# SPDX-License-Identifier: BSD-2-Clause
HOST_TESTS += init_parse_test
init_parse_test_SRCS := userland/init/test/parse_test.c userland/init/parse.c
init_parse_test_CPPFLAGS := -Iuserland/init -Ilib -D_GNU_SOURCE
