/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * The builtins, by file. Each is called as main is.
 */
#ifndef MSH_BUILTIN_H
#define MSH_BUILTIN_H

#include "msh.h"

/* builtin_flow.c */
int builtin_break(int argc, char **argv);
int builtin_dot(int argc, char **argv);
int builtin_eval(int argc, char **argv);
int builtin_exec(int argc, char **argv);
int builtin_exit(int argc, char **argv);
int builtin_return(int argc, char **argv);
int builtin_trap(int argc, char **argv);

/* builtin_var.c */
int builtin_export(int argc, char **argv);
int builtin_local(int argc, char **argv);
int builtin_set(int argc, char **argv);
int builtin_shift(int argc, char **argv);
int builtin_unset(int argc, char **argv);

/* builtin_read.c */
int builtin_getopts(int argc, char **argv);
int builtin_read(int argc, char **argv);

/* builtin_job.c */
int builtin_fg(int argc, char **argv);
int builtin_jobs(int argc, char **argv);
int builtin_kill(int argc, char **argv);
int builtin_wait(int argc, char **argv);

/* builtin_name.c */
int builtin_alias(int argc, char **argv);
int builtin_command(int argc, char **argv);
int builtin_hash(int argc, char **argv);
int builtin_type(int argc, char **argv);
int builtin_unalias(int argc, char **argv);

/* builtin_dir.c */
int builtin_cd(int argc, char **argv);
int builtin_pwd(int argc, char **argv);
void pwd_init(void); /* PWD from the environment, when it is true */

/* builtin_history.c */
int builtin_fc(int argc, char **argv);
int builtin_history(int argc, char **argv);

/* builtin_limit.c */
int builtin_ulimit(int argc, char **argv);

/* builtin_misc.c */
int builtin_times(int argc, char **argv);
int builtin_umask(int argc, char **argv);

/* help.c */
int builtin_help(int argc, char **argv);

#endif
