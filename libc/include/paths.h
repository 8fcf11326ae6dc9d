/* SPDX-License-Identifier: BSD-2-Clause */
/* Where things are. */
#ifndef PATHS_H
#define PATHS_H

#define _PATH_BSHELL  "/bin/sh"
#define _PATH_CONSOLE "/dev/console"
#define _PATH_DEVNULL "/dev/null"
#define _PATH_TTY     "/dev/tty"
#define _PATH_TMP     "/tmp/"
#define _PATH_DEFPATH "/bin:/sbin:/usr/bin:/usr/sbin"
#define _PATH_STDPATH _PATH_DEFPATH

#endif
