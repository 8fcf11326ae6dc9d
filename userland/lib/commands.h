/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Commands that are both utilities and builtins of msh: each takes main's
 * arguments, writes to stdout without flushing it, complains on stderr and
 * returns its exit status.
 */
#ifndef USERLAND_COMMANDS_H
#define USERLAND_COMMANDS_H

int echo_command(int argc, char **argv);
int printf_command(int argc, char **argv);
int test_command(int argc, char **argv);
/* Operands are process ids; a negative one is a group. */
int kill_command(int argc, char **argv);

#endif
