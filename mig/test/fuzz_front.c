/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * fuzz_front [-n runs] [-s seed] [-j jobs] [-o folder] [-p] [-a options]...
 * file...
 *
 * mig itself, linked in (its main is mig_main), reads mutated .defs text, one
 * input a child process, since nothing in mig is ever freed and fatal() exits.
 * The preprocessor and the writing of outputs are replaced: the text is in
 * memory, what is printed is thrown away. An input fails if the child dies, a
 * sanitizer reports, it runs too long, or it is refused without a
 * `file:line:column: error:`. Failing inputs and what was said about them are
 * saved as SEED.defs and SEED.log. Input i has seed + i, alone: `-n 1 -s` that
 * repeats it, -p prints it. -x makes every run fail, in a way its seed decides,
 * to see that failures are seen. Each -a is one more set of options of mig
 * (words separated by spaces) that an input may get.
 */
#include <errno.h>
#include <fcntl.h>
#include <regex.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/time.h>
#include <sys/wait.h>
#include <unistd.h>

#include "../mig.h"
#include "fuzz_mutate.h"

#define LOG_MAX   (1 << 20)
#define SETS_MAX  32
#define CPU_LIMIT 5 /* seconds of the processor for one input */

int mig_main(int argc, char **argv);
char *__wrap_cpp_run(
    const struct cpp_options *options, const char *file, size_t *len);
void __wrap_output_commit(struct output *outputs, int count);
const char *__asan_default_options(void);
const char *__ubsan_default_options(void);

static struct {
	uint64_t runs;
	uint64_t seed;
	unsigned jobs;
	bool print;
	bool fail;
	const char *folder;
	char *sets[SETS_MAX];
	uint32_t set_count;
} o = {.runs = 1000, .seed = 1, .jobs = 1, .folder = "/tmp"};

/* Of one worker: what its children did. */
static struct {
	uint64_t accepted;
	uint64_t refused;
	uint64_t failed;
} seen;

static struct fuzz_text input;
static int log_fd;
static regex_t placed;

/* A child's copies: it has no time to look for leaks, and keeps no blocks. */
const char *
__asan_default_options(void)
{
	return "detect_leaks=0:malloc_context_size=4:quarantine_size_mb=0:thread_local_quarantine_size_kb=0:"
	       "allocator_may_return_null=1:max_allocation_size_mb=256:"
	       "handle_abort=1:abort_on_error=0:exitcode=99";
}

const char *
__ubsan_default_options(void)
{
	return "print_stacktrace=1:exitcode=99";
}

/* Instead of the preprocessor: a block of exactly the text and a NUL. */
char *
__wrap_cpp_run(const struct cpp_options *options, const char *file, size_t *len)
{
	(void)options;
	(void)file;
	*len = input.length;
	return mem_text(input.bytes, input.length);
}

/* Instead of files: everything was printed, that is enough. */
void
__wrap_output_commit(struct output *outputs, int count)
{
	int i;

	for (i = 0; i < count; i++)
		if (outputs[i].stream != NULL)
			fclose(outputs[i].stream);
}

/* Go wrong as mig must not. */
static void
misbehave(void)
{
	struct itimerval soon = {.it_value = {.tv_usec = 10000}};
	volatile int zero = 0;

	switch (fuzz_random(3)) {
	case 0:
		setitimer(ITIMER_PROF, &soon, NULL);
		while (zero == 0)
			continue;
		break;
	case 1:
		input.bytes[FUZZ_TEXT_MAX + (size_t)zero] = 'x';
		break;
	default:
		_exit(1);
	}
}

/* In the child: the options of a seed, all outputs, and mig. */
static void __attribute__((noreturn)) run_mig(void)
{
	static char name[] = "mig", file[] = "fuzz.defs";
	static char all[] = "-header h.h -sheader s.h -user u.c -server s.c "
			    "-iheader i.h -dheader d.h -list l --json j "
			    "--doc d -MF m";
	struct itimerval limit = {.it_value = {.tv_sec = CPU_LIMIT}};
	char *argv[64] = {name, file};
	char *words[2] = {all, NULL};
	int argc = 2;
	int i;

	if (o.set_count > 0)
		words[1] = o.sets[fuzz_random(o.set_count)];
	for (i = 0; i < 2 && words[i] != NULL; i++) {
		char *save = NULL;
		char *word = strtok_r(words[i], " ", &save);

		for (; word != NULL && argc < 63;
		     word = strtok_r(NULL, " ", &save))
			argv[argc++] = word;
	}
	setitimer(ITIMER_PROF, &limit, NULL);
	alarm(60);
	if (o.fail)
		misbehave();
	_exit(mig_main(argc, argv));
}

static void
write_file(uint64_t seed, const char *kind, const char *bytes, size_t length)
{
	char path[512];
	FILE *f;

	snprintf(path, sizeof(path), "%s/mig-fuzz-%llu.%s", o.folder,
	    (unsigned long long)seed, kind);
	f = fopen(path, "w");
	if (f == NULL || fwrite(bytes, 1, length, f) != length)
		fprintf(stderr, "fuzz: %s: %s\n", path, strerror(errno));
	if (f != NULL)
		fclose(f);
}

static void
save(uint64_t seed, const char *why, const char *log, size_t length)
{
	seen.failed++;
	printf("error: input %llu: %s\n", (unsigned long long)seed, why);
	fflush(stdout);
	write_file(seed, "defs", input.bytes, input.length);
	write_file(seed, "log", log, length);
}

/* NULL, or what is wrong with how the child ended. */
static const char *
judge(int status, const char *log)
{
	if (WIFSIGNALED(status))
		return WTERMSIG(status) == SIGPROF ||
			       WTERMSIG(status) == SIGALRM
			   ? "takes too long"
			   : strsignal(WTERMSIG(status));
	if (WEXITSTATUS(status) > 1)
		return "a sanitizer's report";
	if (WEXITSTATUS(status) == 0) {
		seen.accepted++;
		return NULL;
	}
	seen.refused++;
	return regexec(&placed, log, 0, NULL, 0) == 0
		   ? NULL
		   : "refused, not said where";
}

static void
run_one(uint64_t seed)
{
	static char log[LOG_MAX];
	const char *wrong;
	ssize_t got;
	int status;
	pid_t child;

	fuzz_make(seed, &input);
	if (ftruncate(log_fd, 0) != 0 || lseek(log_fd, 0, SEEK_SET) != 0)
		exit(2);
	child = fork();
	if (child < 0) {
		perror("fuzz: fork");
		exit(2);
	}
	if (child == 0)
		run_mig();
	while (waitpid(child, &status, 0) < 0)
		if (errno != EINTR)
			exit(2);
	got = pread(log_fd, log, sizeof(log) - 1, 0);
	log[got > 0 ? got : 0] = '\0';
	wrong = judge(status, log);
	if (wrong != NULL)
		save(seed, wrong, log, got > 0 ? (size_t)got : 0);
}

/* One of several processes; takes every jobs'th input. */
static void
work(unsigned job, int result)
{
	uint64_t i;

	log_fd = memfd_create("log", 0);
	if (log_fd < 0 || dup2(log_fd, STDERR_FILENO) < 0)
		exit(2);
	for (i = job; i < o.runs; i += o.jobs)
		run_one(o.seed + i);
	if (write(result, &seen, sizeof(seen)) != sizeof(seen))
		exit(2);
}

static void
read_options(int argc, char **argv)
{
	int c;

	while ((c = getopt(argc, argv, "n:s:j:o:pxa:")) != -1) {
		if (c == 'n')
			o.runs = strtoull(optarg, NULL, 10);
		else if (c == 's')
			o.seed = strtoull(optarg, NULL, 10);
		else if (c == 'j')
			o.jobs = (unsigned)strtoul(optarg, NULL, 10);
		else if (c == 'o')
			o.folder = optarg;
		else if (c == 'p')
			o.print = true;
		else if (c == 'x')
			o.fail = true;
		else if (c == 'a' && o.set_count < SETS_MAX)
			o.sets[o.set_count++] = optarg;
		else
			exit(2);
	}
	for (; optind < argc; optind++)
		fuzz_add(argv[optind]);
}

/* Start the workers and add up what they say; false if one died. */
static bool
run_all(void)
{
	uint64_t total[3] = {0};
	unsigned i;
	int ends[2];

	if (pipe(ends) != 0)
		return false;
	for (i = 0; i < o.jobs; i++)
		if (fork() == 0) {
			work(i, ends[1]);
			exit(0);
		}
	close(ends[1]);
	for (i = 0; i < o.jobs; i++) {
		if (read(ends[0], &seen, sizeof(seen)) != sizeof(seen))
			return false;
		total[0] += seen.accepted;
		total[1] += seen.refused;
		total[2] += seen.failed;
	}
	while (wait(NULL) > 0)
		continue;
	printf("%llu accepted, %llu refused, %llu failed\n",
	    (unsigned long long)total[0], (unsigned long long)total[1],
	    (unsigned long long)total[2]);
	/* All refused: the corpus is wrong, and nothing was tried. */
	return total[2] == 0 && total[0] > 0;
}

int
main(int argc, char **argv)
{
	read_options(argc, argv);
	if (regcomp(&placed, "^[^\n]*:[0-9]+:[0-9]+: error: ",
		REG_EXTENDED | REG_NEWLINE | REG_NOSUB) != 0)
		return 2;
	if (o.print) {
		fuzz_make(o.seed, &input);
		fwrite(input.bytes, 1, input.length, stdout);
		return 0;
	}
	return run_all() ? 0 : 1;
}
