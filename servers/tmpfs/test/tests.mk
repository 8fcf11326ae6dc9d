# SPDX-License-Identifier: BSD-2-Clause
# tmpfs below libfs's paths, with memory that fails on request.
HOST_TESTS += tmpfs_test
tmpfs_test_SRCS := $(addprefix servers/tmpfs/,store.c tree.c inode.c entry.c \
	file.c fsops.c options.c test/tmpfs_test.c test/short_memory.c) \
	$(addprefix lib/libfs/,node.c name_cache.c walk.c open.c perm.c names.c path.c attr.c \
	test/no_server.c)
tmpfs_test_CPPFLAGS := -Iinclude -Iinclude/arch/x86_64 -Iservers/tmpfs \
	-Ilib/libfs/test -Iservers/tmpfs/test -DO_SEARCH=010000000
tmpfs_test_LDFLAGS := -Wl,--wrap=malloc -Wl,--wrap=calloc \
	-Wl,--wrap=realloc -Wl,--wrap=strdup
