# SPDX-License-Identifier: BSD-2-Clause
HOST_TESTS += tty_ldisc_test
tty_ldisc_test_SRCS := servers/tty/test/ldisc_test.c servers/tty/ldisc.c
tty_ldisc_test_CPPFLAGS := -Iservers/tty -Iinclude -Ilib -D_GNU_SOURCE
