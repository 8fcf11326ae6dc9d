# SPDX-License-Identifier: BSD-2-Clause
# ext2 on images that mke2fs makes and e2fsck judges, below libfs's paths.
EXT2_TESTS := ext2_test ext2_damage_test
EXT2_TEST_SRCS := $(addprefix servers/ext2/,alloc.c bcache.c bmap.c chunk.c dir.c file.c \
	fsops.c inode.c super.c test/image.c) \
	$(addprefix lib/libfs/,node.c name_cache.c walk.c open.c perm.c names.c path.c attr.c \
	test/no_server.c)

HOST_TESTS += $(EXT2_TESTS)
$(foreach test,$(EXT2_TESTS),\
	$(eval $(test)_SRCS := servers/ext2/test/$(test).c $(EXT2_TEST_SRCS)) \
	$(eval $(test)_CPPFLAGS := -Iinclude -Iinclude/arch/x86_64 -Iservers/ext2 \
		-Ilib/libfs/test -Iservers/ext2/test -DO_SEARCH=010000000))
