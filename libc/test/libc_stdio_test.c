/* SPDX-License-Identifier: BSD-2-Clause */
/* Streams over the host's files. */
#include <errno.h>
#include <fcntl.h>
#include <libtest/test.h>
#include <mntent.h>
#include <stdint.h>
#include <stdio_ext.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static char path[] = "/tmp/libc_stdio_test.XXXXXX";

/* Not ours: the host makes the file. */
int host_mkstemp(char *) __asm__("mkstemp");

static void
test_buffers(void)
{
	FILE *file = fopen(path, "w+");
	size_t size;

	is_int((int)__fpending(file), 0, "nothing waits");
	ok(__freadable(file) && __fwritable(file), "for both");
	fputs("hello world", file);
	is_int((int)__fpending(file), 11, "what was put waits");
	ok(__fwriting(file) && !__freading(file), "it is being written");
	ok(__fbufsize(file) >= 11 && !__flbf(file), "into a buffer");
	rewind(file);
	is_int(fgetc(file), 'h', "read again");
	is_int((int)__freadahead(file), 10, "the rest was read, too");
	ok(__freading(file) && !__fwriting(file), "it is being read");
	ok(*__freadptr(file, &size) == 'e' && size == 10, "and can be seen");
	__freadptrinc(file, 5);
	is_int(fgetc(file), 'w', "and passed over");
	__fpurge(file);
	is_int((int)__freadahead(file), 0, "and forgotten");
	is_int(fgetc(file), EOF, "so that the end comes");
	__fseterr(file);
	ok(ferror(file), "an error from outside");
	fclose(file);
	file = fopen(path, "w");
	fputs("gone", file);
	__fpurge(file);
	fputs("kept", file);
	fclose(file);
	file = fopen(path, "r");
	ok(!__fwritable(file) && __freading(file), "for reading only");
	is_int(fgetc(file), 'k', "what was forgotten is not written");
	is_int(__fsetlocking(file, FSETLOCKING_BYCALLER), FSETLOCKING_INTERNAL,
	    "it locks itself");
	fclose(file);
}

static void
test_mounts(void)
{
	FILE *file = fopen(path, "w");
	struct mntent entry;
	char line[64];

	fputs("# comment\n\nshort line\n", file);
	fputs("/dev/a\\040b /mnt ext2 rw,noatime,size=3 1 2\n", file);
	fputs("tmpfs /tmp tmpfs ro", file);
	fclose(file);
	file = setmntent(path, "r");
	ok(getmntent_r(file, &entry, line, sizeof(line)) == &entry, "a mount");
	is_str(entry.mnt_fsname, "/dev/a b", "its device");
	is_str(entry.mnt_dir, "/mnt", "its place");
	is_str(entry.mnt_type, "ext2", "its type");
	is_str(hasmntopt(&entry, "noatime"), "noatime,size=3", "an option");
	is_str(hasmntopt(&entry, "size"), "size=3", "one with a value");
	ok(hasmntopt(&entry, "no") == NULL, "one that is not there");
	is_int(entry.mnt_freq * 10 + entry.mnt_passno, 12, "the numbers");
	ok(getmntent_r(file, &entry, line, sizeof(line)) == &entry, "another");
	ok(hasmntopt(&entry, "ro") != NULL && entry.mnt_passno == 0,
	    "without numbers");
	ok(getmntent_r(file, &entry, line, sizeof(line)) == NULL, "the end");
	is_int(endmntent(file), 1, "closed");
}

static void
test_write_read(void)
{
	FILE *file = fopen(path, "w");
	char line[64];
	int i;

	ok(file != NULL, "fopen for writing");
	for (i = 0; i < 3000; i++)
		fprintf(file, "line %d\n", i);
	is_int(ftell(file), 28890, "position while writing");
	ok(fgetc(file) == EOF && ferror(file), "no reading");
	is_int(fclose(file), 0, "fclose");
	file = fopen(path, "r");
	for (i = 0; i < 3000; i++) {
		char wanted[32];

		sprintf(wanted, "line %d\n", i);
		if (fgets(line, sizeof(line), file) == NULL ||
		    strcmp(line, wanted) != 0)
			break;
	}
	is_int(i, 3000, "fgets sees every line");
	ok(fgets(line, sizeof(line), file) == NULL && feof(file), "the end");
	is_int(fseek(file, 7, SEEK_SET), 0, "fseek");
	ok(!feof(file) && fgets(line, 6, file) != NULL, "read again");
	is_str(line, "line ", "from there");
	is_int(ftell(file), 12, "ftell behind it");
	is_int(ungetc('X', file), 'X', "ungetc");
	is_int(fgetc(file), 'X', "comes back");
	fseek(file, -4, SEEK_END);
	is_int((int)fread(line, 1, sizeof(line), file), 4, "fread at the end");
	fclose(file);
}

static void
test_update(void)
{
	FILE *file = fopen(path, "w+");
	char text[16] = "";

	fputs("hello world", file);
	rewind(file);
	is_int(fgetc(file), 'h', "read what was written");
	fseek(file, 0, SEEK_CUR);
	fputc('E', file);
	fflush(file);
	rewind(file);
	ok(fgets(text, sizeof(text), file) != NULL, "read it all");
	is_str(text, "hEllo world", "the change is there");
	fclose(file);
	file = fopen(path, "a");
	fputs("!", file);
	is_int(ftell(file), 12, "appending is at the end");
	fclose(file);
	file = fopen(path, "r");
	freopen(path, "r", file);
	fread(text, 1, 12, file);
	ok(memcmp(text, "hEllo world!", 12) == 0, "appended");
	fclose(file);
	ok(fopen(path, "q") == NULL && errno == EINVAL, "a mode that is none");
	ok(fopen(path, "wx") == NULL && errno == EEXIST, "exclusive");
}

static void
test_lines(void)
{
	FILE *file = fopen(path, "w+");
	char *line = NULL;
	size_t capacity = 0;
	int i;

	for (i = 0; i < 10000; i++)
		fputc('a' + i % 26, file);
	fputs("\nshort\nlast", file);
	rewind(file);
	is_int(getline(&line, &capacity, file), 10001, "a long line");
	is_int(getline(&line, &capacity, file), 6, "a short line");
	is_str(line, "short\n", "its text");
	is_int(getline(&line, &capacity, file), 4, "a line without an end");
	is_int(getline(&line, &capacity, file), -1, "the end");
	free(line);
	fclose(file);
}

static void
test_buffering(void)
{
	FILE *file = fopen(path, "w");
	static char big[10000];
	char seen[16] = "";
	int fd = open(path, O_RDONLY);

	setvbuf(file, NULL, _IOLBF, 0);
	fputs("part", file);
	is_int(read(fd, seen, 16), 0, "line buffered: nothing yet");
	fputs(" line\n", file);
	is_int(read(fd, seen, 16), 10, "line buffered: at the newline");
	setvbuf(file, NULL, _IONBF, 0);
	fputs("now", file);
	is_int(read(fd, seen, 16), 3, "unbuffered: at once");
	fprintf(file, "%d", 42);
	is_int(read(fd, seen, 16), 2, "unbuffered: printf");
	setvbuf(file, NULL, _IOFBF, 100);
	memset(big, 'b', sizeof(big));
	is_int(fwrite(big, 1, sizeof(big), file), sizeof(big), "a big write");
	fclose(file);
	is_int(lseek(fd, 0, SEEK_END), 10015, "all of it arrives");
	close(fd);
}

/* Others may read on from the same descriptor. */
static void
test_unbuffered_input(void)
{
	FILE *file = fopen(path, "r");
	char had[100];
	char seen[4];

	setvbuf(file, had, _IOFBF, sizeof(had));
	setvbuf(file, NULL, _IONBF, 0);
	is_int(fgetc(file), 'p', "unbuffered: a character");
	is_int(lseek(fileno(file), 0, SEEK_CUR), 1, "and no more than it");
	is_int((int)fread(seen, 1, 3, file), 3, "unbuffered: some");
	is_int(lseek(fileno(file), 0, SEEK_CUR), 4, "and no more than these");
	fclose(file);
}

static void
test_memory(void)
{
	char *text = NULL;
	size_t size = 0;
	char space[16];
	FILE *file = open_memstream(&text, &size);
	int i;

	for (i = 0; i < 1000; i++)
		fprintf(file, "%d,", i);
	fflush(file);
	text = NULL;
	fclose(file);
	is_int(size, 3890, "open_memstream: size");
	ok(strncmp(text, "0,1,2,", 6) == 0 && strlen(text) == size,
	    "open_memstream: text");
	free(text);
	file = fmemopen(space, sizeof(space), "w+");
	fputs("abc 12", file);
	rewind(file);
	is_int(fscanf(file, "abc %d", &i), 1, "fmemopen: read back");
	is_int(i, 12, "fmemopen: value");
	fclose(file);
	ok(fmemopen(NULL, SIZE_MAX, "w") == NULL && errno == ENOMEM,
	    "fmemopen: more than there is");
}

static void
test_scan_file(void)
{
	FILE *file = fopen(path, "w+");
	double value = 0;
	char word[8] = "";
	int i;

	/* A number that straddles the buffer, and fails late. */
	for (i = 0; i < BUFSIZ - 2; i++)
		fputc(' ', file);
	fputs("12.5e+x", file);
	rewind(file);
	is_int(fscanf(file, "%lf%s", &value, word), 2, "across the buffer");
	ok(value == 12.5, "the number");
	is_str(word, "e+x", "and what is put back");
	fclose(file);
}

int
main(void)
{
	int fd = host_mkstemp(path);

	ok(fd >= 0, "a file to work on");
	test_write_read();
	test_buffers();
	test_mounts();
	test_update();
	test_lines();
	test_buffering();
	test_unbuffered_input();
	test_memory();
	test_scan_file();
	close(fd);
	unlink(path);
	return test_done();
}
