# SPDX-License-Identifier: BSD-2-Clause
# What the shell and the utilities share.
LIBRARIES += libutil
libutil_EXPORT_CPPFLAGS := -Iuserland
