# SPDX-License-Identifier: BSD-2-Clause
# The microkernel: every .c and .S of its folders; what a configuration leaves
# out is left out here, by folder or file, never by #if.

KERNELS += kernel
kernel_ALWAYS := y
kernel_FOLDERS := boot ipc vm kern device lib arch/$(ARCH) \
	$(if $(CONFIG_KERNEL_DDB),ddb)
kernel_SRCS := $(sort $(wildcard $(foreach folder,$(kernel_FOLDERS),\
	$(d)/$(folder)/*.c $(d)/$(folder)/*.S))) \
	$(if $(CONFIG_KERNEL_TEST),$(sort $(wildcard $(d)/*/test/ktest_*.c)))
kernel_EXCLUDE := $(d)/arch/$(ARCH)/kernel.lds.S $(d)/arch/$(ARCH)/offsets.c \
	$(if $(CONFIG_KERNEL_TEST),,$(d)/kern/ktest.c)
kernel_LDS := $(d)/arch/$(ARCH)/kernel.lds.S
kernel_CONFIG := KERNEL_%

# KERNEL_ARCH_CFLAGS, KERNEL_ARCH_LDFLAGS
-include $(d)/arch/$(ARCH)/arch.mk
