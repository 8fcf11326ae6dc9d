/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Stubs in Rust, made by mig, against the real kernel and servers: rights,
 * memory out of line, strings, and a notification served in Rust. The program
 * is main.rs; needs rustc. Here is only what rustc's library refers to.
 */

/* Named by tables for unwinding, which a program that aborts never does. */
void rust_eh_personality(void);

void
rust_eh_personality(void)
{
}
