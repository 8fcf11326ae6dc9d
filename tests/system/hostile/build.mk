# SPDX-License-Identifier: BSD-2-Clause
# Programs that mean harm, and what they must not achieve.
UTILITIES += $(d)/hostile_test.c
hostile_test_LIBS := libmach
