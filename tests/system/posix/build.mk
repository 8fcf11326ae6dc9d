# SPDX-License-Identifier: BSD-2-Clause
# POSIX on the system: plain POSIX programs, so each runs on other systems too,
# where what it expects can be checked.
UTILITIES += $(wildcard $(d)/*_test.c)
