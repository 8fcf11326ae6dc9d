# SPDX-License-Identifier: BSD-2-Clause
# Programs that mean harm, and what they must not achieve.
UTILITIES += $(d)/nonsense_test.c
nonsense_test_LIBS := libmach
