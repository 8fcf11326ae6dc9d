/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * XSI shared memory, semaphores and message queues: keys and modes, waiting and
 * who ends it, what fork, exec, exit and removal do.
 */
#include <errno.h>
#include <grp.h>
#include <libtest/test.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/msg.h>
#include <sys/sem.h>
#include <sys/shm.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#define KEY  0x4d616368
#define USER 1000

union semun {
	int val;
	struct semid_ds *buf;
	unsigned short *array;
};

struct letter {
	long type;
	char text[8200];
};

static struct letter letter;

static int
error_of(long result)
{
	return result == -1 ? errno : 0;
}

static void
pause_ms(long ms)
{
	struct timespec time = {ms / 1000, ms % 1000 * 1000000};

	nanosleep(&time, NULL);
}

/* What a child that runs the function returns. */
static pid_t
start(int (*function)(int id), int id)
{
	pid_t pid = fork();

	if (pid == 0)
		_exit(function(id));
	return pid;
}

static int
end(pid_t pid)
{
	int status = -1;

	(void)waitpid(pid, &status, 0);
	return WIFEXITED(status) ? WEXITSTATUS(status) : -1;
}

static int
run(int (*function)(int id), int id)
{
	return end(start(function, id));
}

static void
test_keys(void)
{
	int id = msgget(KEY, IPC_CREAT | IPC_EXCL | 0600), other;

	ok(id >= 0, "a queue for a key");
	is_int(msgget(KEY, 0), id, "the key finds it");
	is_int(error_of(msgget(KEY, IPC_CREAT | IPC_EXCL | 0600)), EEXIST,
	    "once only");
	is_int(error_of(msgget(KEY + 1, 0600)), ENOENT, "another key");
	other = msgget(IPC_PRIVATE, 0600);
	ok(other >= 0 && other != id, "one without a key");
	is_int(msgctl(other, IPC_RMID, NULL), 0, "removed");
	is_int(error_of(msgctl(other, IPC_RMID, NULL)), EINVAL, "only once");
	is_int(msgctl(id, IPC_RMID, NULL), 0, "the first");
	other = msgget(KEY, IPC_CREAT | 0600);
	ok(other >= 0 && other != id, "a new one has another id");
	is_int(msgctl(other, IPC_RMID, NULL), 0, "removed");
	ok(ftok("/", 1) != -1 && ftok("/", 1) != ftok("/", 2) &&
		ftok("/", 1) != ftok("/tmp", 1),
	    "keys of files");
	is_int(error_of(ftok("/not/there", 1)), ENOENT, "of none");
}

static int
as_user(int id)
{
	struct msqid_ds status;

	if (setuid(USER) != 0)
		return 1;
	if (error_of(msgget(KEY, 0600)) != EACCES)
		return 2;
	if (error_of(msgsnd(id, &letter, 1, 0)) != EACCES)
		return 3;
	if (error_of(msgctl(id, IPC_STAT, &status)) != EACCES)
		return 4;
	if (error_of(msgctl(id, IPC_RMID, NULL)) != EPERM)
		return 5;
	return 0;
}

static int
as_owner(int id)
{
	struct msqid_ds status;

	if (setuid(USER) != 0 || msgctl(id, IPC_STAT, &status) != 0)
		return 1;
	status.msg_qbytes++;
	if (error_of(msgctl(id, IPC_SET, &status)) != EPERM)
		return 2;
	status.msg_qbytes = 100;
	status.msg_perm.mode = 0640;
	return msgctl(id, IPC_SET, &status) == 0 ? 0 : 3;
}

static int
send_text(int id, long type, const char *text, int flags)
{
	letter.type = type;
	memcpy(letter.text, text, strlen(text) + 1);
	return msgsnd(id, &letter, strlen(text) + 1, flags);
}

/* A group of the queue's is one of the further ones. */
static int
as_member(int id)
{
	const gid_t groups[2] = {7, 500};

	if (setgroups(2, groups) != 0 || setgid(USER) != 0 || setuid(USER) != 0)
		return 1;
	return send_text(id, 5, "from a member", 0) == 0 ? 0 : 2;
}

static void
test_groups(void)
{
	int id = msgget(IPC_PRIVATE, 0620);
	struct msqid_ds status;

	is_int(run(as_member, id), 2, "not his group's");
	is_int(msgctl(id, IPC_STAT, &status), 0, "status");
	status.msg_perm.gid = 500;
	is_int(msgctl(id, IPC_SET, &status), 0, "a group's");
	is_int(run(as_member, id), 0, "a member may send");
	is_int(msgctl(id, IPC_RMID, NULL), 0, "removed");
}

static void
test_modes(void)
{
	int id = msgget(KEY, IPC_CREAT | 0600);
	struct msqid_ds status;

	letter.type = 1;
	is_int(run(as_user, id), 0, "another user may not");
	is_int(msgctl(id, IPC_STAT, &status), 0, "its status");
	is_int(status.msg_perm.mode & 0777, 0600, "its mode");
	is_int(status.msg_perm.cuid, getuid(), "who made it");
	ok(status.msg_ctime > 0 && status.msg_stime == 0, "its times");
	status.msg_perm.uid = USER;
	is_int(msgctl(id, IPC_SET, &status), 0, "given away");
	is_int(run(as_owner, id), 0, "its owner may, but not more bytes");
	is_int(msgctl(id, IPC_STAT, &status), 0, "and then");
	is_int(status.msg_perm.mode & 0777, 0640, "has the mode");
	is_int(status.msg_qbytes, 100, "and the bytes");
	is_int(msgctl(id, IPC_RMID, NULL), 0, "root removes it");
}

static const char *
receive_text(int id, long wanted)
{
	static struct letter got;

	return msgrcv(id, &got, sizeof(got.text), wanted, IPC_NOWAIT) == -1
		   ? NULL
		   : got.text;
}

static void
test_types(void)
{
	int id = msgget(IPC_PRIVATE, 0600);
	struct msqid_ds status;

	is_int(error_of(send_text(id, 0, "", 0)), EINVAL, "no type");
	is_int(send_text(id, 3, "three", 0), 0, "type 3");
	is_int(send_text(id, 1, "one", 0), 0, "type 1");
	is_int(send_text(id, 2, "two", 0), 0, "type 2");
	is_int(send_text(id, 2, "two again", 0), 0, "once more");
	is_int(msgctl(id, IPC_STAT, &status), 0, "status");
	is_int(status.msg_qnum, 4, "four");
	is_int(status.msg_lspid, getpid(), "from here");
	is_str(receive_text(id, 2), "two", "the first of a type");
	is_str(receive_text(id, -2), "one", "the lowest type");
	is_str(receive_text(id, -2), "two again", "then the next");
	ok(receive_text(id, -2) == NULL && errno == ENOMSG, "then none");
	is_int(error_of(msgrcv(id, &letter, 2, 0, 0)), E2BIG, "too long");
	is_int(msgrcv(id, &letter, 2, 0, MSG_NOERROR), 2, "cut");
	ok(memcmp(letter.text, "th", 2) == 0, "to its beginning");
	ok(receive_text(id, 0) == NULL && errno == ENOMSG, "empty");
	is_int(send_text(id, 1, "", 0), 0, "nothing in it");
	is_str(receive_text(id, 0), "", "is a message, too");
	is_int(error_of(msgsnd(id, &letter, 8193, 0)), EINVAL, "too much");
	letter.type = 7;
	is_int(msgsnd(id, &letter, 8192, 0), 0, "not too much");
	is_int(msgsnd(id, &letter, 8192, 0), 0, "as much again");
	is_int(error_of(msgsnd(id, &letter, 1, IPC_NOWAIT)), EAGAIN, "full");
	is_int(msgrcv(id, &letter, 8192, 0, 0), 8192, "whole");
	is_int(msgctl(id, IPC_RMID, NULL), 0, "removed");
	is_int(error_of(msgsnd(id, &letter, 1, 0)), EINVAL, "is gone");
}

static int
receive_two(int id)
{
	struct letter got;

	if (msgrcv(id, &got, sizeof(got.text), 2, 0) != 4)
		return 1;
	return strcmp(got.text, "two") == 0 ? 0 : 2;
}

static int
send_much(int id)
{
	letter.type = 9;
	return msgsnd(id, &letter, 8192, 0) == 0 ? 0 : errno;
}

static int
receive_removed(int id)
{
	return error_of(msgrcv(id, &letter, 100, 0, 0));
}

static void
ignore(int number)
{
	(void)number;
}

static int
receive_cut_short(int id)
{
	struct sigaction action = {
	    .sa_handler = ignore, .sa_flags = SA_RESTART};

	sigaction(SIGALRM, &action, NULL);
	ualarm(100000, 0);
	return error_of(msgrcv(id, &letter, 100, 0, 0));
}

static void
test_queue_waits(void)
{
	int id = msgget(IPC_PRIVATE, 0600);
	pid_t receiver = start(receive_two, id), sender;

	pause_ms(100);
	is_int(send_text(id, 1, "one", 0), 0, "not what is waited for");
	is_int(send_text(id, 2, "two", 0), 0, "what is");
	is_int(end(receiver), 0, "got");
	is_str(receive_text(id, 0), "one", "the other is still there");
	letter.type = 8;
	is_int(msgsnd(id, &letter, 8192, 0), 0, "half");
	is_int(msgsnd(id, &letter, 8192, 0), 0, "full");
	sender = start(send_much, id);
	pause_ms(100);
	is_int(waitpid(sender, NULL, WNOHANG), 0, "a sender waits");
	is_int(msgrcv(id, &letter, 8192, 0, 0), 8192, "room");
	is_int(end(sender), 0, "is used");
	is_int(msgrcv(id, &letter, 8192, 9, 0), 8192, "by what waited");
	sender = start(send_much, id);
	pause_ms(50);
	is_int(end(sender), 0, "there was room again");
	sender = start(send_much, id);
	pause_ms(100);
	is_int(kill(sender, SIGKILL), 0, "a sender that waits is killed");
	(void)end(sender);
	while (msgrcv(id, &letter, 8192, 0, IPC_NOWAIT) >= 0)
		continue;
	is_int(errno, ENOMSG, "nothing of it comes");
	is_int(run(receive_cut_short, id), EINTR, "a signal ends waiting");
	receiver = start(receive_removed, id);
	pause_ms(100);
	is_int(msgctl(id, IPC_RMID, NULL), 0, "removed");
	is_int(end(receiver), EIDRM, "is told to who waits");
}

static int
change(int id, int number, int by, int flags)
{
	struct sembuf op = {
	    .sem_num = (unsigned short)number,
	    .sem_op = (short)by,
	    .sem_flg = (short)flags,
	};

	return semop(id, &op, 1);
}

static int
value(int id, int number)
{
	return semctl(id, number, GETVAL);
}

static void
test_semaphores(void)
{
	int id = semget(KEY, 3, IPC_CREAT | 0600);
	struct sembuf both[2] = {{0, -1, 0}, {1, -5, IPC_NOWAIT}};
	unsigned short values[3] = {4, 2, 9};
	union semun all = {.array = values}, one = {.val = 7};
	struct semid_ds status;

	ok(id >= 0, "three semaphores");
	is_int(semget(KEY, 2, 0), id, "at least two");
	is_int(error_of(semget(KEY, 4, 0)), EINVAL, "not four");
	is_int(error_of(semget(IPC_PRIVATE, 0, 0600)), EINVAL, "none");
	is_int(value(id, 0), 0, "zero at first");
	is_int(semctl(id, 0, SETALL, all), 0, "set");
	is_int(value(id, 2), 9, "all");
	is_int(semctl(id, 2, SETVAL, one), 0, "one");
	memset(values, 0, sizeof(values));
	is_int(semctl(id, 0, GETALL, all), 0, "get");
	ok(values[0] == 4 && values[1] == 2 && values[2] == 7, "what was set");
	is_int(error_of(semop(id, both, 2)), EAGAIN, "all or nothing");
	is_int(value(id, 0), 4, "nothing");
	both[1].sem_op = -2;
	is_int(semop(id, both, 2), 0, "all");
	ok(value(id, 0) == 3 && value(id, 1) == 0, "both");
	is_int(semctl(id, 1, GETPID), getpid(), "it was me");
	is_int(change(id, 1, 0, IPC_NOWAIT), 0, "it is zero");
	is_int(error_of(change(id, 0, 0, IPC_NOWAIT)), EAGAIN, "it is not");
	is_int(error_of(change(id, 3, 1, 0)), EFBIG, "no such");
	is_int(error_of(change(id, 0, 32767, 0)), ERANGE, "too much");
	one.val = 32768;
	is_int(error_of(semctl(id, 0, SETVAL, one)), ERANGE, "likewise");
	all.buf = &status;
	is_int(semctl(id, 0, IPC_STAT, all), 0, "status");
	is_int(status.sem_nsems, 3, "three");
	ok(status.sem_otime > 0, "operated");
	is_int(semctl(id, 0, IPC_RMID), 0, "removed");
	is_int(error_of(value(id, 0)), EINVAL, "gone");
}

static int
take_one(int id)
{
	return error_of(change(id, 0, -1, 0));
}

static int
wait_zero(int id)
{
	return error_of(change(id, 0, 0, 0));
}

static int
take_undone(int id)
{
	return change(id, 0, -3, SEM_UNDO) == 0 && value(id, 0) == 2 ? 0 : 1;
}

static int
first_value(int id)
{
	return value(id, 0);
}

static int
fork_undone(int id)
{
	if (change(id, 0, -1, SEM_UNDO) != 0 || run(first_value, id) != 4)
		return 1;
	return value(id, 0) == 4 ? 0 : 2; /* a child undoes nothing */
}

static int
exec_undone(int id)
{
	if (change(id, 0, -1, SEM_UNDO) == 0)
		execl("/bin/sleep", "sleep", "0.3", (char *)NULL);
	return 1;
}

static void
test_semaphore_waits(void)
{
	int id = semget(IPC_PRIVATE, 1, 0600);
	pid_t taker = start(take_one, id), zero;
	union semun five = {.val = 5};

	pause_ms(100);
	is_int(semctl(id, 0, GETNCNT), 1, "one waits for more");
	is_int(change(id, 0, 2, 0), 0, "two more");
	is_int(end(taker), 0, "it has one");
	is_int(value(id, 0), 1, "one is left");
	zero = start(wait_zero, id);
	pause_ms(100);
	is_int(semctl(id, 0, GETZCNT), 1, "one waits for zero");
	is_int(change(id, 0, -1, 0), 0, "zero");
	is_int(end(zero), 0, "it came");
	taker = start(take_one, id);
	pause_ms(100);
	kill(taker, SIGKILL);
	(void)end(taker);
	is_int(change(id, 0, 1, 0), 0, "one for nobody");
	is_int(value(id, 0), 1, "is left");
	is_int(semctl(id, 0, GETNCNT), 0, "the dead do not wait");
	is_int(semctl(id, 0, SETVAL, five), 0, "five");
	is_int(run(take_undone, id), 0, "three are taken");
	is_int(value(id, 0), 5, "and come back");
	is_int(run(fork_undone, id), 0, "what a child does not undo");
	is_int(value(id, 0), 5, "its parent does");
	taker = start(exec_undone, id);
	pause_ms(150);
	is_int(value(id, 0), 4, "exec undoes nothing");
	is_int(end(taker), 0, "exit");
	is_int(value(id, 0), 5, "does");
	five.val = 0;
	is_int(semctl(id, 0, SETVAL, five), 0, "none");
	taker = start(take_one, id);
	pause_ms(100);
	is_int(semctl(id, 0, IPC_RMID), 0, "removed");
	is_int(end(taker), EIDRM, "is told to who waits");
}

static unsigned long
attached(int id)
{
	struct shmid_ds status;

	return shmctl(id, IPC_STAT, &status) == 0 ? status.shm_nattch : 999;
}

static int
look_and_change(int id)
{
	char *own = shmat(id, NULL, 0);

	if (own == (char *)-1 || strcmp(own, "hello") != 0)
		return 1;
	memcpy(own + 100, "child", 6);
	return shmdt(own) == 0 ? 0 : 2;
}

static int
count_forked(int id)
{
	return (int)attached(id);
}

static int
write_read_only(int id)
{
	volatile char *own = shmat(id, NULL, SHM_RDONLY);

	*own = 1;
	return 0;
}

static void
test_segments(void)
{
	int id = shmget(KEY, 10000, IPC_CREAT | 0600), status;
	struct shmid_ds state;
	char *at, *again;
	pid_t writer;

	ok(id >= 0, "a segment");
	is_int(shmget(KEY, 9999, 0), id, "of at least that size");
	is_int(error_of(shmget(KEY, 10001, 0)), EINVAL, "not of that");
	is_int(error_of(shmget(IPC_PRIVATE, 0, 0600)), EINVAL, "empty");
	at = shmat(id, NULL, 0);
	ok(at != (char *)-1 && at[9999] == 0, "attached, zeros");
	memcpy(at, "hello", 6);
	is_int(run(look_and_change, id), 0, "a child attaches it, too");
	is_str(at + 100, "child", "and has written there");
	is_int(run(count_forked, id), 2, "a child has what was attached");
	is_int(attached(id), 1, "until it ends");
	again = shmat(id, NULL, SHM_RDONLY);
	ok(again != (char *)-1 && again != at, "attached twice");
	is_str(again, "hello", "the same");
	is_int(attached(id), 2, "twice");
	writer = start(write_read_only, id);
	(void)waitpid(writer, &status, 0);
	ok(WIFSIGNALED(status) && WTERMSIG(status) == SIGSEGV,
	    "read only is not written");
	is_int(shmdt(again), 0, "detached");
	is_int(error_of(shmdt(again)), EINVAL, "once");
	ok(shmat(id, again, 0) == again, "at an address");
	is_int((long)shmat(id, again, 0), -1, "not twice");
	ok(shmat(id, again + 7, 0) == (void *)-1 && errno == EINVAL,
	    "not aligned");
	is_int(shmdt(again), 0, "detached");
	is_int(shmctl(id, IPC_STAT, &state), 0, "status");
	is_int(state.shm_segsz, 10000, "its size");
	is_int(state.shm_cpid, getpid(), "who made it");
	ok(state.shm_atime > 0 && state.shm_dtime > 0, "its times");
	is_int(shmctl(id, IPC_RMID, NULL), 0, "removed");
	is_int(error_of(shmget(KEY, 1, 0)), ENOENT, "the key is free");
	is_str(at, "hello", "who has it keeps it");
	is_int(shmdt(at), 0, "until it lets go");
	is_int(error_of(shmctl(id, IPC_STAT, &state)), EINVAL, "then it ends");
}

static int
exec_attached(int id)
{
	if (shmat(id, NULL, 0) != (void *)-1)
		execl("/bin/sleep", "sleep", "0.3", (char *)NULL);
	return 1;
}

static void
test_segment_ends(void)
{
	int id = shmget(IPC_PRIVATE, 4096, 0600);
	pid_t child = start(exec_attached, id);
	int made;

	pause_ms(150);
	is_int(attached(id), 0, "exec detaches");
	is_int(end(child), 0, "and runs");
	is_int(shmctl(id, IPC_RMID, NULL), 0, "removed");
	for (made = 0; made < 300; made++) {
		id = shmget(IPC_PRIVATE, 1 << 20, 0600);
		if (id < 0 || shmctl(id, IPC_RMID, NULL) != 0)
			break;
	}
	is_int(id < 0 ? errno : 0, 0, "many, one after the other");
	is_int(made, 300, "300 MiB");
	is_int(shmget(IPC_PRIVATE, (size_t)1 << 40, 0600), -1,
	    "a segment of 1 TiB");
}

int
main(void)
{
	test_keys();
	test_modes();
	test_groups();
	test_types();
	test_queue_waits();
	test_semaphores();
	test_semaphore_waits();
	test_segments();
	test_segment_ends();
	return test_done();
}
