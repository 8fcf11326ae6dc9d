# SPDX-License-Identifier: BSD-2-Clause
# How C is compiled and linked: warnings, and the flags of each kind of part.

WARNINGS := -Wall -Wextra -Werror -Wshadow -Wundef -Wvla -Wstrict-prototypes \
	-Wmissing-prototypes -Wmissing-declarations -Wold-style-definition \
	-Wredundant-decls -Wpointer-arith -Wcast-qual -Wwrite-strings \
	-Wimplicit-fallthrough -Wformat=2 -Wswitch-enum -Wnull-dereference
OPTIMISE := $(or $(patsubst "%",%,$(CONFIG_OPTIMISE)),-O2)

# No path of the builder's machine may reach a file of the image.
COMMON_FLAGS := -std=gnu17 -g -fno-common $(WARNINGS) \
	-ffile-prefix-map=$(OUT)/=output/ -ffile-prefix-map=$(O)/=output/ \
	-ffile-prefix-map=$(CURDIR)=.

NOT_LINUX := -U__linux__ -U__linux -Ulinux -U__gnu_linux__ -U__unix__ \
	-U__unix -Uunix -D__machr__=1
TARGET_FLAGS := $(COMMON_FLAGS) $(OPTIMISE) $(NOT_LINUX) -nostdinc -fno-pie \
	-fno-asynchronous-unwind-tables -fno-stack-protector
TARGET_FLAGS_x86_64 := -fcf-protection=none
TARGET_FLAGS_aarch64 := -mno-outline-atomics
TARGET_FLAGS += $(TARGET_FLAGS_$(ARCH))
ABI_INCLUDES := -Iinclude -Iinclude/arch/$(ARCH)

USER_FLAGS := $(TARGET_FLAGS) $(ABI_INCLUDES) -Ilib \
	-isystem libc/include -isystem libc/arch/$(ARCH)/include
USER_FLAGS_END := -isystem $(CC_INCLUDE)
USER_LDFLAGS := -nostdlib -static -no-pie -Wl,--build-id=none \
	-Wl,-z,noexecstack -Wl,-z,max-page-size=4096 -Wl,-z,norelro \
	-Wl,-z,noseparate-code -Wl,--fatal-warnings -Wl,--gc-sections \
	-Wl,--sort-section=name

KERNEL_FLAGS := $(TARGET_FLAGS) -ffreestanding -fno-omit-frame-pointer \
	-mgeneral-regs-only -Ikernel -Ikernel/arch/include \
	-Ikernel/arch/$(ARCH) -Ikernel/arch/$(ARCH)/include $(ABI_INCLUDES) \
	-DKERNEL=1
KERNEL_LDFLAGS := -nostdlib -static -no-pie -Wl,--build-id=none \
	-Wl,-z,noexecstack -Wl,--fatal-warnings

HOST_FLAGS := $(COMMON_FLAGS) -O2 -D_GNU_SOURCE
