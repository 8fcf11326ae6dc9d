/* SPDX-License-Identifier: BSD-2-Clause */
/* The POSIX system calls. */
#ifndef UNISTD_H
#define UNISTD_H

#include <bits/getopt.h>
#include <bits/types.h>
#define __need_NULL
#include <stddef.h>

typedef __size_type size_t;
typedef __ssize_t ssize_t;
typedef __uid_t uid_t;
typedef __gid_t gid_t;
typedef __off_t off_t;
typedef __pid_t pid_t;
typedef __INTPTR_TYPE__ intptr_t;

#define _POSIX_VERSION                    200809L
#define _POSIX2_VERSION                   200809L
#define _POSIX_ADVISORY_INFO              200809L
#define _POSIX_CHOWN_RESTRICTED           1
#define _POSIX_CLOCK_SELECTION            200809L
#define _POSIX_FSYNC                      200809L
#define _POSIX_JOB_CONTROL                1
#define _POSIX_MONOTONIC_CLOCK            200809L
#define _POSIX_NO_TRUNC                   1
#define _POSIX_SAVED_IDS                  1
#define _POSIX_SHELL                      1
#define _POSIX_SPAWN                      200809L
#define _POSIX_THREAD_SAFE_FUNCTIONS      200809L
#define _POSIX_ASYNCHRONOUS_IO            200809L
#define _POSIX_BARRIERS                   200809L
#define _POSIX_MAPPED_FILES               200809L
#define _POSIX_MEMLOCK                    200809L
#define _POSIX_MEMLOCK_RANGE              200809L
#define _POSIX_MEMORY_PROTECTION          200809L
#define _POSIX_MESSAGE_PASSING            200809L
#define _POSIX_PRIORITY_SCHEDULING        200809L
#define _POSIX_READER_WRITER_LOCKS        200809L
#define _POSIX_REALTIME_SIGNALS           200809L
#define _POSIX_REGEXP                     1
#define _POSIX_SEMAPHORES                 200809L
#define _POSIX_SHARED_MEMORY_OBJECTS      200809L
#define _POSIX_SPIN_LOCKS                 200809L
#define _POSIX_SYNCHRONIZED_IO            200809L
#define _POSIX_THREADS                    200809L
#define _POSIX_THREAD_ATTR_STACKADDR      200809L
#define _POSIX_THREAD_ATTR_STACKSIZE      200809L
#define _POSIX_THREAD_PRIORITY_SCHEDULING 200809L
#define _POSIX_THREAD_PROCESS_SHARED      200809L
#define _POSIX_THREAD_ROBUST_PRIO_INHERIT (-1)
#define _POSIX_THREAD_ROBUST_PRIO_PROTECT (-1)
#define _POSIX_THREAD_PRIO_INHERIT        200809L
#define _POSIX_THREAD_PRIO_PROTECT        200809L
#define _POSIX_THREAD_CPUTIME             (-1)
#define _POSIX_CPUTIME                    200809L
#define _POSIX_THREAD_SPORADIC_SERVER     (-1)
#define _POSIX_SPORADIC_SERVER            (-1)
#define _POSIX_TYPED_MEMORY_OBJECTS       (-1)
#define _POSIX_TRACE                      (-1)
#define _POSIX_PRIORITIZED_IO             (-1)
#define _POSIX_IPV6                       (-1)
#define _POSIX_RAW_SOCKETS                (-1)
#define _POSIX_TIMEOUTS                   200809L
#define _POSIX_TIMERS                     200809L
#if __XSI_VISIBLE
#define _XOPEN_VERSION          700
#define _XOPEN_UNIX             1
#define _XOPEN_CRYPT            (-1)
#define _XOPEN_ENH_I18N         1
#define _XOPEN_REALTIME         (-1)
#define _XOPEN_REALTIME_THREADS (-1)
#define _XOPEN_SHM              1
#define _XOPEN_STREAMS          (-1)
#define _XOPEN_UUCP             (-1)
#endif
#define _POSIX_VDISABLE        0
#define _POSIX2_C_BIND         200809L
#define _POSIX_V7_ILP32_OFF32  (-1)
#define _POSIX_V7_ILP32_OFFBIG (-1)
#define _POSIX_V7_LP64_OFF64   1
#define _POSIX_V7_LPBIG_OFFBIG 1
#define _POSIX_V6_ILP32_OFF32  (-1)
#define _POSIX_V6_ILP32_OFFBIG (-1)
#define _POSIX_V6_LP64_OFF64   1
#define _POSIX_V6_LPBIG_OFFBIG 1
#define _POSIX2_CHAR_TERM      1
#define _POSIX2_C_DEV          (-1)
#define _POSIX2_FORT_DEV       (-1)
#define _POSIX2_FORT_RUN       (-1)
#define _POSIX2_LOCALEDEF      (-1)
#define _POSIX2_PBS            (-1)
#define _POSIX2_SW_DEV         (-1)
#define _POSIX2_UPE            (-1)

#define STDIN_FILENO           0
#define STDOUT_FILENO          1
#define STDERR_FILENO          2

#define F_OK                   0
#define X_OK                   1
#define W_OK                   2
#define R_OK                   4

#ifndef SEEK_SET
#define SEEK_SET 0
#define SEEK_CUR 1
#define SEEK_END 2
#endif
#if __MACHR_VISIBLE
#define SEEK_DATA 3
#define SEEK_HOLE 4
#endif

#define F_ULOCK                            0
#define F_LOCK                             1
#define F_TLOCK                            2
#define F_TEST                             3

#define _CS_PATH                           0
#define _CS_POSIX_V7_LP64_OFF64_CFLAGS     1
#define _CS_POSIX_V7_LP64_OFF64_LDFLAGS    2
#define _CS_POSIX_V7_LP64_OFF64_LIBS       3
#define _CS_V7_ENV                         4
#define _CS_POSIX_V7_ILP32_OFF32_CFLAGS    5
#define _CS_POSIX_V7_ILP32_OFF32_LDFLAGS   6
#define _CS_POSIX_V7_ILP32_OFF32_LIBS      7
#define _CS_POSIX_V7_ILP32_OFFBIG_CFLAGS   8
#define _CS_POSIX_V7_ILP32_OFFBIG_LDFLAGS  9
#define _CS_POSIX_V7_ILP32_OFFBIG_LIBS     10
#define _CS_POSIX_V7_LPBIG_OFFBIG_CFLAGS   11
#define _CS_POSIX_V7_LPBIG_OFFBIG_LDFLAGS  12
#define _CS_POSIX_V7_LPBIG_OFFBIG_LIBS     13
#define _CS_POSIX_V7_THREADS_CFLAGS        14
#define _CS_POSIX_V7_THREADS_LDFLAGS       15
#define _CS_POSIX_V7_WIDTH_RESTRICTED_ENVS 16
#define _CS_POSIX_V6_ILP32_OFF32_CFLAGS    _CS_POSIX_V7_ILP32_OFF32_CFLAGS
#define _CS_POSIX_V6_ILP32_OFF32_LDFLAGS   _CS_POSIX_V7_ILP32_OFF32_LDFLAGS
#define _CS_POSIX_V6_ILP32_OFF32_LIBS      _CS_POSIX_V7_ILP32_OFF32_LIBS
#define _CS_POSIX_V6_ILP32_OFFBIG_CFLAGS   _CS_POSIX_V7_ILP32_OFFBIG_CFLAGS
#define _CS_POSIX_V6_ILP32_OFFBIG_LDFLAGS  _CS_POSIX_V7_ILP32_OFFBIG_LDFLAGS
#define _CS_POSIX_V6_ILP32_OFFBIG_LIBS     _CS_POSIX_V7_ILP32_OFFBIG_LIBS
#define _CS_POSIX_V6_LP64_OFF64_CFLAGS     _CS_POSIX_V7_LP64_OFF64_CFLAGS
#define _CS_POSIX_V6_LP64_OFF64_LDFLAGS    _CS_POSIX_V7_LP64_OFF64_LDFLAGS
#define _CS_POSIX_V6_LP64_OFF64_LIBS       _CS_POSIX_V7_LP64_OFF64_LIBS
#define _CS_POSIX_V6_LPBIG_OFFBIG_CFLAGS   _CS_POSIX_V7_LPBIG_OFFBIG_CFLAGS
#define _CS_POSIX_V6_LPBIG_OFFBIG_LDFLAGS  _CS_POSIX_V7_LPBIG_OFFBIG_LDFLAGS
#define _CS_POSIX_V6_LPBIG_OFFBIG_LIBS     _CS_POSIX_V7_LPBIG_OFFBIG_LIBS
#define _CS_POSIX_V6_WIDTH_RESTRICTED_ENVS _CS_POSIX_V7_WIDTH_RESTRICTED_ENVS
#define _CS_V6_ENV                         _CS_V7_ENV

#define _PC_2_SYMLINKS                     0
#define _PC_ALLOC_SIZE_MIN                 1
#define _PC_ASYNC_IO                       2
#define _PC_CHOWN_RESTRICTED               3
#define _PC_FILESIZEBITS                   4
#define _PC_LINK_MAX                       5
#define _PC_MAX_CANON                      6
#define _PC_MAX_INPUT                      7
#define _PC_NAME_MAX                       8
#define _PC_NO_TRUNC                       9
#define _PC_PATH_MAX                       10
#define _PC_PIPE_BUF                       11
#define _PC_PRIO_IO                        12
#define _PC_REC_INCR_XFER_SIZE             13
#define _PC_REC_MAX_XFER_SIZE              14
#define _PC_REC_MIN_XFER_SIZE              15
#define _PC_REC_XFER_ALIGN                 16
#define _PC_SYMLINK_MAX                    17
#define _PC_SYNC_IO                        18
#define _PC_TIMESTAMP_RESOLUTION           19
#define _PC_VDISABLE                       20

#define _SC_ARG_MAX                        0
#define _SC_CHILD_MAX                      1
#define _SC_CLK_TCK                        2
#define _SC_NGROUPS_MAX                    3
#define _SC_OPEN_MAX                       4
#define _SC_JOB_CONTROL                    5
#define _SC_SAVED_IDS                      6
#define _SC_VERSION                        7
#define _SC_PAGESIZE                       8
#define _SC_NPROCESSORS_CONF               9
#define _SC_NPROCESSORS_ONLN               10
#define _SC_PHYS_PAGES                     11
#define _SC_AVPHYS_PAGES                   12
#define _SC_STREAM_MAX                     13
#define _SC_TZNAME_MAX                     14
#define _SC_LINE_MAX                       15
#define _SC_HOST_NAME_MAX                  16
#define _SC_LOGIN_NAME_MAX                 17
#define _SC_TTY_NAME_MAX                   18
#define _SC_IOV_MAX                        19
#define _SC_RE_DUP_MAX                     20
#define _SC_BC_BASE_MAX                    21
#define _SC_BC_DIM_MAX                     22
#define _SC_BC_SCALE_MAX                   23
#define _SC_BC_STRING_MAX                  24
#define _SC_COLL_WEIGHTS_MAX               25
#define _SC_EXPR_NEST_MAX                  26
#define _SC_ATEXIT_MAX                     27
#define _SC_SYMLOOP_MAX                    28
#define _SC_GETPW_R_SIZE_MAX               29
#define _SC_GETGR_R_SIZE_MAX               30
#define _SC_RTSIG_MAX                      31
#define _SC_SIGQUEUE_MAX                   32
#define _SC_TIMER_MAX                      33
#define _SC_DELAYTIMER_MAX                 34
#define _SC_SEM_NSEMS_MAX                  35
#define _SC_SEM_VALUE_MAX                  36
#define _SC_MQ_OPEN_MAX                    37
#define _SC_MQ_PRIO_MAX                    38
#define _SC_AIO_LISTIO_MAX                 39
#define _SC_AIO_MAX                        40
#define _SC_AIO_PRIO_DELTA_MAX             41
#define _SC_THREAD_DESTRUCTOR_ITERATIONS   42
#define _SC_THREAD_KEYS_MAX                43
#define _SC_THREAD_STACK_MIN               44
#define _SC_THREAD_THREADS_MAX             45
#define _SC_2_VERSION                      46
#define _SC_2_C_BIND                       47
#define _SC_2_C_DEV                        48
#define _SC_2_CHAR_TERM                    49
#define _SC_2_FORT_DEV                     50
#define _SC_2_FORT_RUN                     51
#define _SC_2_LOCALEDEF                    52
#define _SC_2_PBS                          53
#define _SC_2_SW_DEV                       54
#define _SC_2_UPE                          55
#define _SC_ADVISORY_INFO                  56
#define _SC_ASYNCHRONOUS_IO                57
#define _SC_BARRIERS                       58
#define _SC_CLOCK_SELECTION                59
#define _SC_CPUTIME                        60
#define _SC_FSYNC                          61
#define _SC_IPV6                           62
#define _SC_MAPPED_FILES                   63
#define _SC_MEMLOCK                        64
#define _SC_MEMLOCK_RANGE                  65
#define _SC_MEMORY_PROTECTION              66
#define _SC_MESSAGE_PASSING                67
#define _SC_MONOTONIC_CLOCK                68
#define _SC_PRIORITIZED_IO                 69
#define _SC_PRIORITY_SCHEDULING            70
#define _SC_RAW_SOCKETS                    71
#define _SC_READER_WRITER_LOCKS            72
#define _SC_REALTIME_SIGNALS               73
#define _SC_REGEXP                         74
#define _SC_SEMAPHORES                     75
#define _SC_SHARED_MEMORY_OBJECTS          76
#define _SC_SHELL                          77
#define _SC_SPAWN                          78
#define _SC_SPIN_LOCKS                     79
#define _SC_SYNCHRONIZED_IO                80
#define _SC_THREADS                        81
#define _SC_THREAD_ATTR_STACKADDR          82
#define _SC_THREAD_ATTR_STACKSIZE          83
#define _SC_THREAD_CPUTIME                 84
#define _SC_THREAD_PRIORITY_SCHEDULING     85
#define _SC_THREAD_PROCESS_SHARED          86
#define _SC_THREAD_SAFE_FUNCTIONS          87
#define _SC_TIMEOUTS                       88
#define _SC_TIMERS                         89
#define _SC_V7_LP64_OFF64                  90
#define _SC_V7_ILP32_OFF32                 91
#define _SC_V7_ILP32_OFFBIG                92
#define _SC_V7_LPBIG_OFFBIG                93
#define _SC_XOPEN_CRYPT                    94
#define _SC_XOPEN_ENH_I18N                 95
#define _SC_XOPEN_REALTIME                 96
#define _SC_XOPEN_SHM                      97
#define _SC_XOPEN_UNIX                     98
#define _SC_XOPEN_VERSION                  99
#define _SC_PAGE_SIZE                      _SC_PAGESIZE
#define _SC_THREAD_PRIO_INHERIT            100
#define _SC_THREAD_PRIO_PROTECT            101
#define _SC_THREAD_ROBUST_PRIO_INHERIT     102
#define _SC_THREAD_ROBUST_PRIO_PROTECT     103
#define _SC_SPORADIC_SERVER                104
#define _SC_SS_REPL_MAX                    105
#define _SC_THREAD_SPORADIC_SERVER         106
#define _SC_TRACE                          107
#define _SC_TRACE_EVENT_FILTER             108
#define _SC_TRACE_EVENT_NAME_MAX           109
#define _SC_TRACE_INHERIT                  110
#define _SC_TRACE_LOG                      111
#define _SC_TRACE_NAME_MAX                 112
#define _SC_TRACE_SYS_MAX                  113
#define _SC_TRACE_USER_EVENT_MAX           114
#define _SC_TYPED_MEMORY_OBJECTS           115
#define _SC_2_PBS_ACCOUNTING               116
#define _SC_2_PBS_CHECKPOINT               117
#define _SC_2_PBS_LOCATE                   118
#define _SC_2_PBS_MESSAGE                  119
#define _SC_2_PBS_TRACK                    120
#define _SC_XOPEN_REALTIME_THREADS         121
#define _SC_XOPEN_STREAMS                  122
#define _SC_XOPEN_UUCP                     123
#define _SC_V6_LP64_OFF64                  _SC_V7_LP64_OFF64
#define _SC_V6_ILP32_OFF32                 _SC_V7_ILP32_OFF32
#define _SC_V6_ILP32_OFFBIG                _SC_V7_ILP32_OFFBIG
#define _SC_V6_LPBIG_OFFBIG                _SC_V7_LPBIG_OFFBIG

__BEGIN_DECLS
int access(const char *, int);
unsigned alarm(unsigned);
int chdir(const char *);
int chown(const char *, uid_t, gid_t);
int close(int);
size_t confstr(int, char *, size_t);
int dup(int);
int dup2(int, int);
__noreturn void _exit(int);
int execl(const char *, const char *, ...);
int execle(const char *, const char *, ...);
int execlp(const char *, const char *, ...);
int execv(const char *, char *const[]);
int execve(const char *, char *const[], char *const[]);
int execvp(const char *, char *const[]);
int faccessat(int, const char *, int, int);
int fchdir(int);
int fchown(int, uid_t, gid_t);
int fchownat(int, const char *, uid_t, gid_t, int);
int fdatasync(int);
int fexecve(int, char *const[], char *const[]);
pid_t fork(void);
long fpathconf(int, int);
int fsync(int);
int ftruncate(int, off_t);
char *getcwd(char *, size_t);
gid_t getegid(void);
uid_t geteuid(void);
gid_t getgid(void);
int getgroups(int, gid_t[]);
int gethostname(char *, size_t);
char *getlogin(void);
int getlogin_r(char *, size_t);
pid_t getpgid(pid_t);
pid_t getpgrp(void);
pid_t getpid(void);
pid_t getppid(void);
pid_t getsid(pid_t);
uid_t getuid(void);
int isatty(int);
int lchown(const char *, uid_t, gid_t);
int link(const char *, const char *);
int linkat(int, const char *, int, const char *, int);
off_t lseek(int, off_t, int);
long pathconf(const char *, int);
int pause(void);
int pipe(int[2]);
ssize_t pread(int, void *, size_t, off_t);
ssize_t pwrite(int, const void *, size_t, off_t);
ssize_t read(int, void *, size_t);
ssize_t readlink(const char *__restrict_arg, char *__restrict_arg, size_t);
ssize_t readlinkat(
    int, const char *__restrict_arg, char *__restrict_arg, size_t);
int rmdir(const char *);
int setegid(gid_t);
int seteuid(uid_t);
int setgid(gid_t);
int setpgid(pid_t, pid_t);
pid_t setsid(void);
int setuid(uid_t);
unsigned sleep(unsigned);
int symlink(const char *, const char *);
int symlinkat(const char *, int, const char *);
long sysconf(int);
pid_t tcgetpgrp(int);
int tcsetpgrp(int, pid_t);
int truncate(const char *, off_t);
char *ttyname(int);
int ttyname_r(int, char *, size_t);
int unlink(const char *);
int unlinkat(int, const char *, int);
ssize_t write(int, const void *, size_t);

#if __XSI_VISIBLE
long gethostid(void);
int lockf(int, int, off_t);
int nice(int);
int setpgrp(void);
int setregid(gid_t, gid_t);
int setreuid(uid_t, uid_t);
void swab(const void *__restrict_arg, void *__restrict_arg, ssize_t);
void sync(void);
#endif

#if __MACHR_VISIBLE
extern char **environ;
int dup3(int, int, int);
int pipe2(int[2], int);
int syncfs(int);
int execvpe(const char *, char *const[], char *const[]);
void closefrom(int);
int chroot(const char *);
int getpagesize(void);
int getdtablesize(void);
char *getpass(const char *);
int getentropy(void *, size_t);
int sethostname(const char *, size_t);
int setresuid(uid_t, uid_t, uid_t);
int setresgid(gid_t, gid_t, gid_t);
int usleep(unsigned);
unsigned ualarm(unsigned, unsigned);
pid_t vfork(void) __attribute__((__returns_twice__));
#endif
__END_DECLS

#endif
