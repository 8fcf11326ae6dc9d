/* SPDX-License-Identifier: BSD-2-Clause */
/* Programs of this machine: EM_* of its ELF supplement. */
#include "../../elf_image.h"

const uint16_t elf_image_machine = 62;
