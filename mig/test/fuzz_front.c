/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * fuzz_front [-n runs] [-s seed] [-j jobs] [-o folder] [-p] [-a options]...
 * file...
 *
 * mig itself, linked in (its main is mig_main), reads mutated .defs text, many
 * inputs a child process: mig's variables are in sections of their own
 * (mig_data, mig_bss), which are put back after each input as they were before
 * the first; what it allocated is freed then. Where mig exits by fatal(), or
 * dies, another child goes on. The preprocessor and the writing of outputs are
 * replaced: the text is in memory, what is printed is thrown away.
 *
 * An input fails if the child dies, a sanitizer reports, it runs too long, or
 * it is refused without a `file:line:column: error:`. Failing inputs and what
 * was said about them are saved as SEED.defs and SEED.log. Input i has seed + i
 * alone: `-n 1 -s` that repeats it, -p prints it. -x makes every run fail, in a
 * way its seed decides, to see that failures are seen. Each -a is one more set
 * of options of mig (words separated by spaces) that an input may get.
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
#define CPU_LIMIT 5   /* seconds of the processor for one input */
#define BATCH     500 /* inputs of a child */
#define GO_ON     77  /* how a child ends that has done them */

int mig_main(int argc, char **argv);
char *__wrap_cpp_run(
    const struct cpp_options *options, const char *file, size_t *len);
void __wrap_output_commit(struct output *outputs, int count);
void *__real_calloc(size_t count, size_t size);
void *__wrap_calloc(size_t count, size_t size);
extern char __start_mig_data[], __stop_mig_data[];
extern char __start_mig_bss[], __stop_mig_bss[];
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

/* Of one worker, shared with its children. */
struct progress {
	uint64_t next; /* the input under way */
	uint64_t accepted;
	uint64_t refused;
	uint64_t failed;
};
static struct progress *seen;

static struct fuzz_text input;
static int log_fd;
static regex_t placed;
static void **blocks; /* what mig allocated for this input */
static size_t block_count, block_room;
static char *data_before, *bss_before;

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

	for (i = 0; i < count; i++) {
		if (outputs[i].stream == NULL)
			continue;
		fclose(outputs[i].stream);
		free(outputs[i].text);
	}
}

void *
__wrap_calloc(size_t count, size_t size)
{
	void *block = __real_calloc(count, size);

	if (block_count == block_room) {
		block_room = block_room * 2 + 1024;
		blocks = realloc(blocks, block_room * sizeof(*blocks));
		if (blocks == NULL)
			exit(2);
	}
	blocks[block_count++] = block;
	return block;
}

/*
 * Not memcpy: there is poison between variables, which is copied too. Both are
 * aligned for anything.
 */
static void __attribute__((no_sanitize("address")))
copy(char *to, const char *from, size_t length)
{
	volatile uint64_t *words = (void *)to;
	size_t i;

	for (i = 0; i < length / sizeof(*words); i++)
		words[i] = ((const uint64_t *)(const void *)from)[i];
	for (i *= sizeof(*words); i < length; i++)
		((volatile char *)to)[i] = from[i];
}

/* Remember the variables of mig, which has not run yet. */
static void
remember(void)
{
	size_t data = (size_t)(__stop_mig_data - __start_mig_data);
	size_t bss = (size_t)(__stop_mig_bss - __start_mig_bss);

	data_before = malloc(data);
	bss_before = malloc(bss);
	if (data_before == NULL || bss_before == NULL)
		exit(2);
	copy(data_before, __start_mig_data, data);
	copy(bss_before, __start_mig_bss, bss);
}

/* As if mig had not run. */
static void
forget(void)
{
	copy(__start_mig_data, data_before,
	    (size_t)(__stop_mig_data - __start_mig_data));
	copy(__start_mig_bss, bss_before,
	    (size_t)(__stop_mig_bss - __start_mig_bss));
	while (block_count > 0)
		free(blocks[--block_count]);
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

/* The options of a seed, all outputs, and mig; what it returns. */
static int
run_mig(void)
{
	static char name[] = "mig", file[] = "fuzz.defs";
	static char words[1024];
	struct itimerval limit = {.it_value = {.tv_sec = CPU_LIMIT}};
	char *argv[64] = {name, file};
	char *save = NULL;
	char *word;
	int argc = 2;

	snprintf(words, sizeof(words),
	    "-header h.h -sheader s.h -user u.c -server s.c -iheader i.h "
	    "-dheader d.h -list l --json j --doc d -MF m %s",
	    o.set_count > 0 ? o.sets[fuzz_random(o.set_count)] : "");
	for (word = strtok_r(words, " ", &save); word != NULL && argc < 63;
	     word = strtok_r(NULL, " ", &save))
		argv[argc++] = word;
	setitimer(ITIMER_PROF, &limit, NULL);
	alarm(60);
	if (o.fail)
		misbehave();
	return mig_main(argc, argv);
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
	seen->failed++;
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
		seen->accepted++;
		return NULL;
	}
	seen->refused++;
	return regexec(&placed, log, 0, NULL, 0) == 0
		   ? NULL
		   : "refused, not said where";
}

/* The input under way has ended so. */
static void
finish(int status)
{
	static char log[LOG_MAX];
	ssize_t got = pread(log_fd, log, sizeof(log) - 1, 0);
	const char *wrong;

	log[got > 0 ? got : 0] = '\0';
	wrong = judge(status, log);
	if (wrong != NULL)
		save(
		    o.seed + seen->next, wrong, log, got > 0 ? (size_t)got : 0);
	seen->next += o.jobs;
}

/* In a child: inputs, until one ends it. */
static void __attribute__((noreturn)) run_batch(void)
{
	int i;

	for (i = 0; i < BATCH && seen->next < o.runs; i++) {
		int status;

		if (ftruncate(log_fd, 0) != 0 ||
		    lseek(log_fd, 0, SEEK_SET) != 0)
			exit(2);
		fuzz_make(o.seed + seen->next, &input);
		status = run_mig();
		finish(status << 8); /* as waitpid has it */
		forget();
	}
	_exit(GO_ON);
}

/* One of several processes; takes every jobs'th input. */
static void
work(unsigned job, int result)
{
	int status;
	pid_t child;

	log_fd = memfd_create("log", 0);
	seen = mmap(NULL, sizeof(*seen), PROT_READ | PROT_WRITE,
	    MAP_SHARED | MAP_ANONYMOUS, -1, 0);
	if (log_fd < 0 || dup2(log_fd, STDERR_FILENO) < 0 || seen == MAP_FAILED)
		exit(2);
	remember();
	for (seen->next = job; seen->next < o.runs;) {
		child = fork();
		if (child < 0)
			exit(2);
		if (child == 0)
			run_batch();
		while (waitpid(child, &status, 0) < 0)
			if (errno != EINTR)
				exit(2);
		if (WIFEXITED(status) && WEXITSTATUS(status) == GO_ON)
			continue;
		fuzz_make(o.seed + seen->next, &input);
		finish(status);
	}
	if (write(result, seen, sizeof(*seen)) != sizeof(*seen))
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
		struct progress done;

		if (read(ends[0], &done, sizeof(done)) != sizeof(done))
			return false;
		total[0] += done.accepted;
		total[1] += done.refused;
		total[2] += done.failed;
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
