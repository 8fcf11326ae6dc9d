# SPDX-License-Identifier: BSD-2-Clause
MSH_TEST_SRCS := $(wildcard userland/msh/*.c userland/lib/*.c)
MSH_TEST_CPPFLAGS := -Iuserland -Iuserland/msh

HOST_TESTS += msh_corpus_test
msh_corpus_test_SRCS := userland/msh/test/msh_corpus_test.c $(MSH_TEST_SRCS)
msh_corpus_test_CPPFLAGS := $(MSH_TEST_CPPFLAGS) -Dmain=msh_main

HOST_TESTS += msh_unit_test
msh_unit_test_SRCS := userland/msh/test/msh_unit_test.c $(MSH_TEST_SRCS)
msh_unit_test_CPPFLAGS := $(MSH_TEST_CPPFLAGS) -Dmain=msh_main

HOST_TESTS += msh_edit_test
msh_edit_test_SRCS := userland/msh/test/msh_edit_test.c $(MSH_TEST_SRCS)
msh_edit_test_CPPFLAGS := $(MSH_TEST_CPPFLAGS) -Dmain=msh_main
