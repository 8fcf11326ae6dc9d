# SPDX-License-Identifier: BSD-2-Clause
# The process server without a kernel: who is whose child, who is told what, and
# what becomes of a signal.
PROCESS_GEN := $(O)/host-test/process.gen
HOST_TESTS += process_test
process_test_SRCS := $(addprefix servers/process/,table.c group.c wait.c \
	exit.c signal.c deliver.c timer.c ids.c pending.c \
	sigwait.c posix_timer.c owner.c limit.c usage.c nice.c groups.c test/process_test.c \
	test/fake_kernel.c)
process_test_CPPFLAGS := -Iinclude -Iinclude/arch/x86_64 -Ilib \
	-Iservers/process -I$(PROCESS_GEN)

PROCESS_MIG = mkdir -p $(@D) && $(O)/host-test/libfs.gen/mig -cc gcc -Iinclude \
	-Iinclude/arch/x86_64
$(PROCESS_GEN)/mach/%_user.h: include/mach/defs/%.defs \
		$(O)/host-test/libfs.gen/mig
	$(Q)$(PROCESS_MIG) -user /dev/null -header $@ -server /dev/null $<
$(PROCESS_GEN)/servers/%_user.h: include/servers/%.defs \
		$(O)/host-test/libfs.gen/mig
	$(Q)$(PROCESS_MIG) -user /dev/null -header $@ -server /dev/null $<
$(PROCESS_GEN)/servers/%_server.h: include/servers/%.defs \
		$(O)/host-test/libfs.gen/mig
	$(Q)$(PROCESS_MIG) -user /dev/null -header /dev/null \
	    -server /dev/null -sheader $@ $<
$(PROCESS_GEN)/mach/traps.h: include/mach/traps.tbl scripts/mktraps
	$(Q)mkdir -p $(@D) && scripts/mktraps user < $< > $@
$(patsubst %.c,$(O)/host-test/process_test.o/%.o,$(process_test_SRCS)): \
	$(addprefix $(PROCESS_GEN)/,mach/traps.h mach/mach_host_user.h mach/mach_port_user.h \
	mach/task_user.h mach/thread_act_user.h mach/vm_map_user.h \
	servers/bootstrap_user.h \
	servers/process_server.h servers/process_reply_user.h)
