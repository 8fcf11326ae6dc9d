# SPDX-License-Identifier: BSD-2-Clause
# What tests/system/looking.exp looks at.
PROGRAMS += looked_at
looked_at_SUMMARY := a program that does known things
looked_at_INSTALL := /debug/looked_at
looked_at_LIBS := libmach
