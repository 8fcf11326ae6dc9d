# SPDX-License-Identifier: BSD-2-Clause
# A program in Rust: rustc's static library is linked as any other. It is for
# the machine that rustc is for.
PROGRAMS += rust_test
rust_test_LIBS := libmach
rust_test_DEPENDS := ARCH_X86_64
rust_test_DEFAULT := n

rust_test_GEN := $(O)/build/rust_test/gen
rust_test_SHARED := $(rust_test_GEN)/task.rs
rust_test_USING := $(patsubst %,$(rust_test_GEN)/%.rs,host mach_port notify \
	thread_act vm_map bootstrap fs io)

$(rust_test_SHARED): $(O)/host/bin/mig
	$(Q)mkdir -p $(@D)
	$(call step,rust_test,MIG,$@) $(MIG) -cc $(lastword $(CC)) -n --rust $@ \
	    -MF $@.d $(MIG_CPPFLAGS) include/mach/defs/task.defs

$(rust_test_USING): $(O)/host/bin/mig
	$(Q)mkdir -p $(@D)
	$(call step,rust_test,MIG,$@) $(MIG) -cc $(lastword $(CC)) -n --rust $@ \
	    --rust-use crate::task::mig -MF $@.d $(MIG_CPPFLAGS) \
	    $(wildcard include/mach/defs/$(@F:.rs=.defs) \
		include/servers/$(@F:.rs=.defs))

-include $(wildcard $(rust_test_GEN)/*.rs.d)

$(rust_test_GEN)/librust_test.a: $(d)/main.rs $(d)/kernel.rs \
		$(rust_test_SHARED) $(rust_test_USING)
	$(call step,rust_test,RUSTC,$@) env -u MAKEFLAGS -u MFLAGS RUST_STUBS=$(@D) rustc \
	    --edition 2021 -D warnings --crate-type staticlib \
	    --crate-name rust_test -C panic=abort -C opt-level=2 \
	    -C relocation-model=static -C codegen-units=1 -o $@ $<

$(O)/build/rust_test/rust_test: $(rust_test_GEN)/librust_test.a
