# SPDX-License-Identifier: BSD-2-Clause
# Terminals and pipes of this system.
UTILITIES += $(wildcard $(d)/*_test.c)
opener_test_CPPFLAGS := -Ilibc/internal
