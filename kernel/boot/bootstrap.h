/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * The first task.
 */
#ifndef BOOT_BOOTSTRAP_H
#define BOOT_BOOTSTRAP_H

/*
 * Create the first task from the program "bootstrap" in the cpio archive that
 * the loader brought as a module. Panics, saying what is missing.
 */
extern void bootstrap_start(void);

#endif
