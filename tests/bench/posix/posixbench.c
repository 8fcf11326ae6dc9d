/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * posixbench.c - micro-benchmarks of POSIX primitives.
 *
 * Usage: posixbench [-l] [-n ITER] [-r REPEAT] [-d DIR] [-e PROG] [-c FILE]
 *                   [case ...]
 *   -l       list the cases with their default iterations, run nothing
 *   -n ITER  iterations of every case (default: per case)
 *   -r N     measure each case N times and print the median (default 3)
 *   -d DIR   directory for the scratch files (default ".")
 *   -e PROG  program for the exec cases, must exit 0 at once
 *            (default: this program itself with the argument -x)
 *   -c FILE  file for seqread_cold that nothing has read since boot; implies
 *            one measurement (default: a scratch file after
 *            POSIX_FADV_DONTNEED)
 *   case     names of the cases to run, or prefixes ending in '*'
 *
 * Each case prints one line "name<TAB>ns_per_op", time being CLOCK_MONOTONIC;
 * "name<TAB>fail" if it could not run (reason on stderr).  An op is one round
 * trip, one call, one page (names ending in _page) or one MiB (..._mib).
 *
 * Nothing outside POSIX is used but MAP_ANONYMOUS (POSIX since 2024).
 * Define NO_MQ, NO_SPAWN, NO_TCP or NO_SEM where a system lacks these.
 */
#define _POSIX_C_SOURCE 200809L
#define _DEFAULT_SOURCE 1 /* MAP_ANONYMOUS with older headers */

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <sched.h>
#include <signal.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/select.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>
#ifndef NO_MQ
#include <mqueue.h>
#endif
#ifndef NO_SPAWN
#include <spawn.h>
#endif
#ifndef NO_TCP
#include <arpa/inet.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#endif
#ifndef NO_SEM
#include <semaphore.h>
#endif

#define MIB      (1024L * 1024L)
#define FILE_MIB 16
#define CHUNK    65536
#define NFDS     10
#define REGION   256 /* pages per mapping in zerofill_page */
#define TRY(e)                     \
	do {                       \
		if ((e) == -1)     \
			return -1; \
	} while (0)

static const char *dir = ".", *coldfile;
static char *self, *prog;
static char chunk[CHUNK];
static char path_dat[512], path_new[512];
static long pagesize;

static double
now(void)
{
	struct timespec t;

	clock_gettime(CLOCK_MONOTONIC, &t);
	return t.tv_sec * 1e9 + t.tv_nsec;
}

/* Wait for a child; 0 if it exited with status 0. */
static int
reap(pid_t pid)
{
	int st;

	while (waitpid(pid, &st, 0) == -1)
		if (errno != EINTR)
			return -1;
	if (WIFEXITED(st) && WEXITSTATUS(st) == 0)
		return 0;
	errno = ECHILD;
	return -1;
}

/* ---- calls -------------------------------------------------------- */

static double
c_getppid(long n, int arg)
{
	double t = now();

	(void)arg;
	for (long i = 0; i < n; i++)
		getppid();
	return (now() - t) / n;
}

static double
c_clock(long n, int arg)
{
	struct timespec ts;
	double t = now();

	(void)arg;
	for (long i = 0; i < n; i++)
		clock_gettime(CLOCK_MONOTONIC, &ts);
	return (now() - t) / n;
}

/* ---- round trips of one byte between two processes ----------------- */

/* The parent sends on pout and receives on pin, the child echoes cin to cout.
 */
static double
pingpong(long n, int pin, int pout, int cin, int cout)
{
	char b = 'x';
	double t = 0;
	pid_t pid = fork();

	TRY(pid);
	if (pid == 0) {
		close(pin);
		close(pout);
		while (read(cin, &b, 1) == 1 && write(cout, &b, 1) == 1)
			;
		_exit(0);
	}
	close(cin);
	close(cout);
	for (long i = -8; i < n; i++) { /* 8 rounds to warm up */
		if (i == 0)
			t = now();
		if (write(pout, &b, 1) != 1 || read(pin, &b, 1) != 1) {
			t = -1;
			break;
		}
	}
	if (t >= 0)
		t = (now() - t) / n;
	close(pout);
	close(pin);
	TRY(reap(pid));
	return t;
}

static double
c_pipe(long n, int arg)
{
	int a[2], b[2];

	(void)arg;
	TRY(pipe(a));
	TRY(pipe(b));
	return pingpong(n, b[0], a[1], a[0], b[1]);
}

static double
c_sockpair(long n, int arg)
{
	int s[2];

	(void)arg;
	TRY(socketpair(AF_UNIX, SOCK_STREAM, 0, s));
	return pingpong(n, s[0], s[0], s[1], s[1]);
}

#ifndef NO_TCP
/* A connected pair of TCP sockets over the loopback interface. */
static int
tcp_pair(int s[2])
{
	struct sockaddr_in a;
	socklen_t len = sizeof(a);
	int l, one = 1;

	TRY(l = socket(AF_INET, SOCK_STREAM, 0));
	memset(&a, 0, sizeof(a));
	a.sin_family = AF_INET;
	a.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
	TRY(bind(l, (struct sockaddr *)&a, sizeof(a)));
	TRY(listen(l, 1));
	TRY(getsockname(l, (struct sockaddr *)&a, &len));
	TRY(s[0] = socket(AF_INET, SOCK_STREAM, 0));
	TRY(connect(s[0], (struct sockaddr *)&a, sizeof(a)));
	TRY(s[1] = accept(l, NULL, NULL));
	setsockopt(s[0], IPPROTO_TCP, TCP_NODELAY, &one, sizeof(one));
	setsockopt(s[1], IPPROTO_TCP, TCP_NODELAY, &one, sizeof(one));
	return close(l);
}

static double
c_tcp(long n, int arg)
{
	int s[2];

	(void)arg;
	TRY(tcp_pair(s));
	return pingpong(n, s[0], s[0], s[1], s[1]);
}
#endif

/* A child sends n MiB in chunks on the given kind of channel. */
static double
c_stream(long n, int kind)
{
	int s[2], go[2];
	ssize_t k = 0;
	long left = n * MIB;
	double t;
	pid_t pid;

#ifndef NO_TCP
	if (kind == 't')
		TRY(tcp_pair(s));
	else
#endif
	    if (kind == 'u')
		TRY(socketpair(AF_UNIX, SOCK_STREAM, 0, s));
	else
		TRY(pipe(s));
	TRY(pipe(go));
	TRY(pid = fork());
	if (pid == 0) {
		close(s[0]);
		if (read(go[0], chunk, 1) != 1)
			_exit(1);
		for (; left > 0; left -= k)
			if ((k = write(s[1], chunk, CHUNK)) <= 0)
				_exit(1);
		_exit(0);
	}
	close(s[1]);
	t = now();
	if (write(go[1], chunk, 1) == 1)
		while (left > 0 && (k = read(s[0], chunk, CHUNK)) > 0)
			left -= k;
	t = left > 0 ? -1 : (now() - t) / n;
	close(s[0]);
	close(go[0]);
	close(go[1]);
	TRY(reap(pid));
	return t;
}

static void *
shared_page(void)
{
	void *p = mmap(NULL, pagesize, PROT_READ | PROT_WRITE,
	    MAP_SHARED | MAP_ANONYMOUS, -1, 0);

	return p == MAP_FAILED ? NULL : p;
}

#ifndef NO_SEM
static double
c_sem(long n, int arg)
{
	sem_t *s = shared_page();
	double t = 0;
	pid_t pid;

	(void)arg;
	if (s == NULL)
		return -1;
	TRY(sem_init(&s[0], 1, 0));
	TRY(sem_init(&s[1], 1, 0));
	TRY(pid = fork());
	if (pid == 0) {
		for (long i = -8; i < n; i++) {
			sem_wait(&s[0]);
			sem_post(&s[1]);
		}
		_exit(0);
	}
	for (long i = -8; i < n; i++) {
		if (i == 0)
			t = now();
		sem_post(&s[0]);
		sem_wait(&s[1]);
	}
	t = (now() - t) / n;
	TRY(reap(pid));
	munmap(s, pagesize);
	return t;
}
#endif

#ifndef NO_MQ
static double
c_mq(long n, int arg)
{
	struct mq_attr at = {.mq_maxmsg = 4, .mq_msgsize = 8};
	mqd_t q[2];
	char b[8] = "x";
	double t = 0;
	pid_t pid;

	(void)arg;
	TRY(q[0] = mq_open("/posixbench0", O_RDWR | O_CREAT, 0600, &at));
	TRY(q[1] = mq_open("/posixbench1", O_RDWR | O_CREAT, 0600, &at));
	mq_unlink("/posixbench0");
	mq_unlink("/posixbench1");
	TRY(pid = fork());
	if (pid == 0) {
		for (long i = -8; i < n; i++)
			if (mq_receive(q[0], b, sizeof(b), NULL) != 1 ||
			    mq_send(q[1], b, 1, 0) == -1)
				_exit(1);
		_exit(0);
	}
	for (long i = -8; i < n; i++) {
		if (i == 0)
			t = now();
		TRY(mq_send(q[0], b, 1, 0));
		TRY(mq_receive(q[1], b, sizeof(b), NULL));
	}
	t = (now() - t) / n;
	mq_close(q[0]);
	mq_close(q[1]);
	TRY(reap(pid));
	return t;
}
#endif

/* Two processes call sched_yield() in turn.  arg 0: time per call (of both);
 * arg 1: time per change of the running process that they saw. */
static double
c_yield(long n, int arg)
{
	volatile struct {
		long last, switches, calls, up, stop;
	} *s = shared_page();
	double t, calls;
	pid_t pid;

	if (s == NULL)
		return -1;
	TRY(pid = fork());
	if (pid == 0) {
		for (s->up = 1; !s->stop; s->calls++) {
			if (s->last != 2) {
				s->last = 2;
				s->switches++;
			}
			sched_yield();
		}
		_exit(0);
	}
	while (!s->up)
		sched_yield();
	s->calls = s->switches = 0;
	t = now();
	for (long i = 0; i < n; i++) {
		if (s->last != 1) {
			s->last = 1;
			s->switches++;
		}
		sched_yield();
	}
	t = now() - t;
	calls = arg ? s->switches : n + s->calls;
	s->stop = 1;
	TRY(reap(pid));
	munmap((void *)(uintptr_t)s, pagesize);
	errno = EAGAIN; /* if there was no switch at all */
	return calls > 0 ? t / calls : -1;
}

/* ---- processes ----------------------------------------------------- */

/* kind: 'f' only fork, 'e' fork and exec prog, 's' posix_spawn prog,
 * 'c' fork and exec sh -c true */
static double
c_proc(long n, int kind)
{
	static char option[] = "-x";
	char *av[] = {prog, option, NULL};
	char *ev[] = {NULL};
	double t = 0;
	pid_t pid;

	for (long i = -1; i < n; i++) {
		if (i == 0)
			t = now();
#ifndef NO_SPAWN
		if (kind == 's') {
			errno = posix_spawn(&pid, prog, NULL, NULL, av, ev);
			if (errno)
				return -1;
			TRY(reap(pid));
			continue;
		}
#endif
		TRY(pid = fork());
		if (pid == 0) {
			if (kind == 'e')
				execve(prog, av, ev);
			else if (kind == 'c')
				execl("/bin/sh", "sh", "-c", "true", (char *)0);
			_exit(kind != 'f');
		}
		TRY(reap(pid));
	}
	return (now() - t) / n;
}

/* ---- memory -------------------------------------------------------- */

/* mmap, touch and munmap of regions of `pages' pages; time per page.  If
 * only_touch, the time of the first writes alone. */
static double
memory(long n, int pages, int only_touch)
{
	double t = 0, t0 = now();

	for (long i = 0; i < n; i += pages) {
		char *p = mmap(NULL, pages * pagesize, PROT_READ | PROT_WRITE,
		    MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
		double t1 = only_touch ? now() : 0;

		if (p == MAP_FAILED)
			return -1;
		for (int k = 0; k < pages; k++)
			*(volatile char *)(p + k * pagesize) = 1;
		if (only_touch)
			t += now() - t1;
		TRY(munmap(p, pages * pagesize));
	}
	n = (n + pages - 1) / pages * pages;
	return (only_touch ? t : now() - t0) / n;
}

static double
c_mmap(long n, int pages)
{
	return memory(n, pages, 0);
}
static double
c_zerofill(long n, int pages)
{
	return memory(n, pages, 1);
}

/* ---- files ----------------------------------------------------------- */

static int
have_file(void)
{
	struct stat st;
	int fd;

	if (stat(path_dat, &st) == 0 && st.st_size == FILE_MIB * MIB)
		return 0;
	TRY(fd = open(path_dat, O_RDWR | O_CREAT | O_TRUNC, 0600));
	for (long i = 0; i < FILE_MIB * MIB / CHUNK; i++)
		if (write(fd, chunk, CHUNK) != CHUNK)
			return -1;
	TRY(fsync(fd));
	return close(fd);
}

/* kind: 'o' open and close, 's' stat, 'c' create and unlink, 'r' read of 4 KiB
 */
static double
c_file(long n, int kind)
{
	struct stat st;
	int fd = -1;
	double t = 0;

	TRY(have_file());
	TRY(fd = open(path_dat, O_RDONLY));
	for (long i = -1; i < n; i++) {
		if (i == 0)
			t = now();
		if (kind == 's') {
			TRY(stat(path_dat, &st));
		} else if (kind == 'r') {
			if (pread(fd, chunk, 4096, 8192) != 4096)
				return -1;
		} else if (kind == 'o') {
			int f = open(path_dat, O_RDONLY);

			TRY(f);
			close(f);
		} else {
			int f =
			    open(path_new, O_WRONLY | O_CREAT | O_EXCL, 0600);

			TRY(f);
			close(f);
			TRY(unlink(path_new));
		}
	}
	t = (now() - t) / n;
	close(fd);
	return t;
}

/* Sequential read of a whole file, n times; time per MiB. */
static double
c_seqread(long n, int cold)
{
	double t0, t = 0;
	long bytes = 0;

	if (cold && coldfile)
		n = 1;
	else
		TRY(have_file());
	for (long i = cold ? 0 : -1; i < n; i++) {
		int fd = open(cold && coldfile ? coldfile : path_dat, O_RDONLY);
		ssize_t k;

		TRY(fd);
		if (cold && !coldfile)
			posix_fadvise(fd, 0, 0, POSIX_FADV_DONTNEED);
		t0 = now();
		while ((k = read(fd, chunk, CHUNK)) > 0)
			if (i >= 0)
				bytes += k;
		if (i >= 0)
			t += now() - t0;
		close(fd);
		if (k < 0)
			return -1;
	}
	return t / ((double)bytes / MIB);
}

/* n times: write a new file of 16 MiB and fsync it; time per MiB. */
static double
c_write(long n, int arg)
{
	double t0, t = 0;

	(void)arg;
	for (long i = 0; i < n; i++) {
		int fd;

		t0 = now();
		TRY(fd = open(path_new, O_WRONLY | O_CREAT | O_EXCL, 0600));
		for (long k = 0; k < FILE_MIB * MIB / CHUNK; k++)
			if (write(fd, chunk, CHUNK) != CHUNK)
				return -1;
		TRY(fsync(fd));
		t += now() - t0;
		close(fd);
		TRY(unlink(path_new));
	}
	return t / n / FILE_MIB;
}

/* ---- signals, select and poll ------------------------------------------ */

static volatile sig_atomic_t got;

static void
handler(int sig)
{
	(void)sig;
	got++;
}

static double
c_signal(long n, int send)
{
	struct sigaction sa;
	pid_t me = getpid();
	double t;

	memset(&sa, 0, sizeof(sa));
	sa.sa_handler = handler;
	sigemptyset(&sa.sa_mask);
	TRY(sigaction(SIGUSR1, &sa, NULL));
	got = 0;
	t = now();
	for (long i = 0; i < n; i++)
		TRY(send ? kill(me, SIGUSR1) : sigaction(SIGUSR1, &sa, NULL));
	t = (now() - t) / n;
	errno = EIO;
	return send && got != n ? -1 : t;
}

/* Ten pipes of which one is readable, no waiting. */
static double
c_wait_fds(long n, int use_poll)
{
	struct pollfd pf[NFDS];
	struct timeval tv = {0, 0};
	fd_set all, rd;
	int w[NFDS], p[2], max = 0;
	double t = 0;

	FD_ZERO(&all);
	for (int i = 0; i < NFDS; i++) {
		TRY(pipe(p));
		pf[i].fd = p[0];
		pf[i].events = POLLIN;
		w[i] = p[1];
		FD_SET(p[0], &all);
		if (p[0] > max)
			max = p[0];
	}
	if (write(w[NFDS / 2], chunk, 1) != 1)
		return -1;
	for (long i = -1; i < n && t >= 0; i++) {
		if (i == 0)
			t = now();
		rd = all;
		if ((use_poll ? poll(pf, NFDS, 0)
			      : select(max + 1, &rd, NULL, NULL, &tv)) != 1)
			t = -1;
	}
	if (t >= 0)
		t = (now() - t) / n;
	for (int i = 0; i < NFDS; i++) {
		close(pf[i].fd);
		close(w[i]);
	}
	return t;
}

/* ---- main ---------------------------------------------------------------- */

static const struct {
	const char *name;
	double (*fn)(long n, int arg);
	int arg;
	long n;
} cases[] = {
    {"clock_gettime", c_clock, 0, 20000},
    {"getppid", c_getppid, 0, 50000},
    {"pipe_rt", c_pipe, 0, 5000},
    {"sockpair_rt", c_sockpair, 0, 5000},
#ifndef NO_SEM
    {"sem_rt", c_sem, 0, 5000},
#endif
#ifndef NO_MQ
    {"mq_rt", c_mq, 0, 5000},
#endif
    {"sched_yield", c_yield, 0, 10000},
    {"yield_switch", c_yield, 1, 10000},
    {"fork_wait", c_proc, 'f', 200},
    {"fork_exec_wait", c_proc, 'e', 200},
#ifndef NO_SPAWN
    {"spawn_wait", c_proc, 's', 200},
#endif
    {"sh_c_true", c_proc, 'c', 100},
    {"mmap1_page", c_mmap, 1, 5000},
    {"mmap64_page", c_mmap, 64, 16384},
    {"zerofill_page", c_zerofill, REGION, 16384},
    {"open_close", c_file, 'o', 5000},
    {"stat", c_file, 's', 10000},
    {"create_unlink", c_file, 'c', 1000},
    {"read4k", c_file, 'r', 20000},
    {"seqread_cached_mib", c_seqread, 0, 4},
    {"seqread_cold_mib", c_seqread, 1, 2},
    {"write_fsync_mib", c_write, 0, 2},
    {"sigaction", c_signal, 0, 20000},
    {"kill_self", c_signal, 1, 10000},
    {"select10", c_wait_fds, 0, 10000},
    {"poll10", c_wait_fds, 1, 10000},
    {"pipe_mib", c_stream, 'p', 8},
    {"sockpair_mib", c_stream, 'u', 8},
#ifndef NO_TCP
    {"tcp_rt", c_tcp, 0, 2000},
    {"tcp_mib", c_stream, 't', 8},
#endif
};
#define NCASES (sizeof(cases) / sizeof(cases[0]))

static int
wanted(const char *name, char **list)
{
	if (*list == NULL)
		return 1;
	for (; *list; list++) {
		size_t k = strlen(*list);

		if (strcmp(*list, name) == 0 ||
		    (k > 0 && (*list)[k - 1] == '*' &&
			strncmp(*list, name, k - 1) == 0))
			return 1;
	}
	return 0;
}

static int
by_value(const void *a, const void *b)
{
	double x = *(const double *)a, y = *(const double *)b;

	return (x > y) - (x < y);
}

int
main(int argc, char **argv)
{
	long iter = 0;
	int opt, repeat = 3, list = 0, bad = 0;
	double v[99];

	self = argv[0];
	while ((opt = getopt(argc, argv, "xln:r:d:e:c:")) != -1)
		switch (opt) {
		case 'x':
			return 0;
		case 'l':
			list = 1;
			break;
		case 'n':
			iter = atol(optarg);
			break;
		case 'r':
			repeat = atoi(optarg);
			break;
		case 'd':
			dir = optarg;
			break;
		case 'e':
			prog = optarg;
			break;
		case 'c':
			coldfile = optarg;
			break;
		default:
			return 2;
		}
	if (prog == NULL)
		prog = self;
	if (repeat < 1 || repeat > 99)
		repeat = 1;
	pagesize = sysconf(_SC_PAGESIZE);
	snprintf(path_dat, sizeof(path_dat), "%s/posixbench.dat", dir);
	snprintf(path_new, sizeof(path_new), "%s/posixbench.new", dir);
	memset(chunk, 'a', sizeof(chunk));
	signal(SIGPIPE, SIG_IGN);

	for (size_t i = 0; i < NCASES; i++) {
		int r = cases[i].fn == c_seqread && cases[i].arg && coldfile
			    ? 1
			    : repeat;
		long n = iter > 0 ? iter : cases[i].n;

		if (!wanted(cases[i].name, argv + optind))
			continue;
		if (list) {
			printf("%s\t%ld\n", cases[i].name, cases[i].n);
			continue;
		}
		for (int k = 0; k < r; k++) {
			if ((v[k] = cases[i].fn(n, cases[i].arg)) < 0) {
				fprintf(stderr, "%s: %s\n", cases[i].name,
				    strerror(errno));
				v[0] = -1;
				r = 1;
			}
		}
		if (v[0] < 0) {
			printf("%s\tfail\n", cases[i].name);
			bad = 1;
		} else {
			qsort(v, r, sizeof(v[0]), by_value);
			printf("%s\t%.1f\n", cases[i].name, v[r / 2]);
		}
		fflush(stdout);
	}
	unlink(path_dat);
	return bad;
}
