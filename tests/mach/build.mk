# SPDX-License-Identifier: BSD-2-Clause
# Conformance to the Mach 3 kernel interface, one program a routine group.
UTILITIES += $(d)/mach_names_test.c
mach_names_test_LIBS := libmach
UTILITIES += $(d)/mach_members_test.c
mach_members_test_LIBS := libmach
UTILITIES += $(d)/mach_msg_test.c
mach_msg_test_LIBS := libmach
UTILITIES += $(d)/mach_rights_test.c
mach_rights_test_LIBS := libmach
UTILITIES += $(d)/mach_ports_test.c
mach_ports_test_LIBS := libmach
UTILITIES += $(d)/mach_descriptors_test.c
mach_descriptors_test_LIBS := libmach
UTILITIES += $(d)/mach_ool_test.c
mach_ool_test_LIBS := libmach
UTILITIES += $(d)/mach_accept_test.c
mach_accept_test_LIBS := libmach
