# SPDX-License-Identifier: BSD-2-Clause
# Files of this system: what POSIX leaves open, and what it has besides.
UTILITIES += $(wildcard $(d)/*_test.c)
