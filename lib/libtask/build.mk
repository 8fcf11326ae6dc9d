# SPDX-License-Identifier: BSD-2-Clause
# Tasks by pid and by name, for what looks into the system.
LIBRARIES += libtask
libtask_SUMMARY := tasks by their names
libtask_LIBS := libutil libmach
libtask_CPPFLAGS := -Iuserland
