# SPDX-License-Identifier: BSD-2-Clause
# The parts of libfs that send no messages, on a file system in memory.
LIBFS_TESTS := libfs_walk_test libfs_names_test libfs_attr_test
LIBFS_TEST_SRCS := $(addprefix lib/libfs/,node.c walk.c open.c perm.c names.c \
	path.c attr.c test/memfs.c test/no_server.c)

HOST_TESTS += $(LIBFS_TESTS)
$(foreach test,$(LIBFS_TESTS),\
	$(eval $(test)_SRCS := lib/libfs/test/$(test).c $(LIBFS_TEST_SRCS)) \
	$(eval $(test)_CPPFLAGS := -Iinclude -Iinclude/arch/x86_64 \
	-Ilib/libfs/test -DO_SEARCH=010000000))
