# SPDX-License-Identifier: BSD-2-Clause
# libfs on a file system in memory: the parts that send no messages, and the
# server with the stubs that mig makes for its clients and for itself.
LIBFS_TESTS := libfs_walk_test libfs_names_test libfs_attr_test
LIBFS_TEST_SRCS := $(addprefix lib/libfs/,node.c name_cache.c walk.c open.c perm.c \
	names.c path.c attr.c test/memfs.c test/no_server.c)
LIBFS_TEST_CPPFLAGS := -Iinclude -Iinclude/arch/x86_64 -Ilib/libfs/test \
	-DO_SEARCH=010000000

HOST_TESTS += $(LIBFS_TESTS) libfs_server_test
$(foreach test,$(LIBFS_TESTS),\
	$(eval $(test)_SRCS := lib/libfs/test/$(test).c $(LIBFS_TEST_SRCS)) \
	$(eval $(test)_CPPFLAGS := $(LIBFS_TEST_CPPFLAGS)))

HOST_TESTS += libfs_lock_test
libfs_lock_test_SRCS := lib/libfs/lock.c lib/libfs/test/libfs_lock_test.c

LIBFS_GEN := $(O)/host-test/libfs.gen
libfs_server_test_SRCS := $(addprefix lib/libfs/,server.c server_io.c \
	server_dir.c server_fs.c server_socket.c server_fifo.c server_lock.c lock.c test/libfs_server_test.c test/fake_ports.c \
	test/no_loop.c) $(LIBFS_TEST_SRCS) mig/test/fake_mach.c \
	$(foreach side,user server,$(LIBFS_GEN)/servers/io_$(side).c \
	$(LIBFS_GEN)/servers/fs_$(side).c)
libfs_server_test_CPPFLAGS := $(LIBFS_TEST_CPPFLAGS) -I$(LIBFS_GEN)
libfs_server_test_CFLAGS := -Wno-missing-prototypes

LIBFS_GEN_HEADERS := $(addprefix $(LIBFS_GEN)/,mach/traps.h \
	mach/mach_port_user.h mach/task_user.h servers/io_user.h \
	servers/fs_user.h servers/fs_reply_user.h servers/pipe_user.h \
	servers/bootstrap_user.h)
$(patsubst %.c,$(O)/host-test/libfs_server_test.o/%.o,\
	$(libfs_server_test_SRCS)): $(LIBFS_GEN_HEADERS)

$(LIBFS_GEN)/mig: $(wildcard mig/*.c mig/*.h)
	$(Q)mkdir -p $(@D) && gcc -O1 -D_GNU_SOURCE -o $@ $(filter %.c,$^)

LIBFS_MIG = mkdir -p $(@D) && $(LIBFS_GEN)/mig -cc gcc -Iinclude \
	-Iinclude/arch/x86_64
$(LIBFS_GEN)/servers/%_user.c $(LIBFS_GEN)/servers/%_user.h \
$(LIBFS_GEN)/servers/%_server.c $(LIBFS_GEN)/servers/%_server.h &: \
		include/servers/%.defs include/servers/io_types.defs $(LIBFS_GEN)/mig
	$(Q)$(LIBFS_MIG) -user $(@D)/$*_user.c -header $(@D)/$*_user.h \
	    -server $(@D)/$*_server.c -sheader $(@D)/$*_server.h $<
$(LIBFS_GEN)/servers/fs_reply_user.h: include/servers/fs_reply.defs \
		$(LIBFS_GEN)/mig
	$(Q)$(LIBFS_MIG) -user /dev/null -header $@ -server /dev/null $<
$(LIBFS_GEN)/mach/%_user.h: include/mach/defs/%.defs $(LIBFS_GEN)/mig
	$(Q)$(LIBFS_MIG) -user /dev/null -header $@ -server /dev/null $<
$(LIBFS_GEN)/mach/traps.h: include/mach/traps.tbl scripts/mktraps
	$(Q)mkdir -p $(@D) && scripts/mktraps user < $< > $@
