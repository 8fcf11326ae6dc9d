# SPDX-License-Identifier: BSD-2-Clause
# The shell; other shells' scripts ask for it as sh.
PROGRAMS += msh
msh_SUMMARY := the shell
msh_LIBS := libutil
msh_CPPFLAGS := -Iuserland
msh_LINKS := /bin/sh:msh
