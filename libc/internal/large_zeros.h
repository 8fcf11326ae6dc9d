/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Where a program's large variables without initial values go: behind the small
 * ones (the linker sorts sections by name), so that those, which every program
 * touches at its start, share a page or two, and pages of the large ones that
 * it has no use for are never touched.
 */
#ifndef INTERNAL_LARGE_ZEROS_H
#define INTERNAL_LARGE_ZEROS_H

#define LARGE_ZEROS __attribute__((__section__(".bss.large")))

#endif
