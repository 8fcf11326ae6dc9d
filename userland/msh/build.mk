PROGRAMS += msh
msh_SUMMARY := the shell
msh_LIBS := libutil
msh_CPPFLAGS := -Iuserland
msh_LINKS := /bin/sh:msh
