# SPDX-License-Identifier: BSD-2-Clause
# The process server, from inside: signals, job control, limits, hostile calls.
UTILITIES += $(wildcard $(d)/*.c)
hostile_test_CPPFLAGS := -Ilibc/internal
stuck_test_CPPFLAGS := -Ilibc/internal
