/*
 * The puppet as the init of User Mode Linux (any kernel will do that starts it as process 1).
 *
 * The addresses of puppet.h do not fit into the 39 bits that a process has there. These fit, on every kernel:
 *
 *   cc ... -DARENA=0x2000000000L -DHOME=0x5000000000L -Wl,-Ttext-segment=0x5000000000 -o ROOT/puppet *.c
 *
 * ROOT is a folder with an empty folder `proc`; a kernel is then
 *
 *   setsid linux.uml mem=128M rootfstype=hostfs rootflags=ROOT rw init=/puppet uml_dir=SCRATCH \
 *          con=null con0=null,fd:1 quiet loglevel=1 -- [OPTION ...] </dev/null
 *
 * with absolute paths. It takes batches as the files `histories.0`, `histories.1`, ..., each moved there when it is
 * complete. Of each comes `observations.N`, complete up to the last history that ended even if the kernel crashes or
 * hangs, and at last `status.N`: the exit status of the puppet. After one that is not 0, and when no batch comes for
 * IDLE_SECONDS, it ends. What the
 * kernel says in its agony comes from standard output. A panic of the kernel sends SIGTERM to its process group,
 * hence the setsid. Whoever kills it must kill the group: what survives of it are processes that nobody runs.
 */
#include <asm/mman.h>
#include <linux/fcntl.h>
#include <linux/mman.h>
#include <linux/reboot.h>
#include <linux/wait.h>

#include "puppet.h"

#define WRITTEN_OUT 7 /* SYNC_FILE_RANGE_ WAIT_BEFORE | WRITE | WAIT_AFTER */
#define IDLE_SECONDS 20 /* who asked may have been killed */
#define POLL_NANOS 500000

static int to_host;

/*
 * User Mode Linux 6.1 starts a child with all that the host maps for its parent, and takes away only what lies in a
 * VMA of the child: memory left out of a fork (MADV_DONTFORK) stays within the child's reach. A page that comes and
 * goes there, untouched, ends that; it is shared, so it merges with nothing.
 */
static void forget_holes(void)
{
	const long flags = MAP_SHARED | MAP_ANONYMOUS | MAP_FIXED_NOREPLACE | MAP_POPULATE;

	for (long page = 0; page < work->pages; page++) {
		long at = ARENA + page * PAGE;

		if (SYS(mmap, at, PAGE, PROT_READ | PROT_WRITE, flags, -1, 0) == at)
			SYS2(munmap, at, PAGE);
	}
}

/* Clones a process of a history; both return when the child is as the kernel means it to be. */
long clone_cleanly(long (*clone)(long), long flags)
{
	/* decided before: when the child gets to run there may have been other calls */
	int holes = to_host && control->holes;
	long pid;

	control->clean = !holes;
	pid = clone(flags);
	if (pid == 0 && holes) {
		forget_holes();
		__atomic_store_n(&control->clean, 1, __ATOMIC_RELEASE);
	}
	while (pid > 0 && !__atomic_load_n(&control->clean, __ATOMIC_ACQUIRE))
		SYS1(sched_yield, 0);
	return pid;
}

/* hostfs writes late; without this a kernel that crashes takes everything with it. */
void reach_host(void)
{
	if (to_host)
		SYS4(sync_file_range, 1, 0, 0, WRITTEN_OUT);
}

static const char *numbered(const char *name, long number)
{
	static char path[40];
	char *at = path;

	while (*name)
		*at++ = *name++;
	*put_number(at, number) = 0;
	return path;
}

static long seconds_now(void)
{
	long now[2] = {0, 0};

	SYS2(clock_gettime, 1 /* CLOCK_MONOTONIC */, now);
	return now[0];
}

/* The next batch, or a negative number if none came in time. */
static int await_batch(long number)
{
	const char *path = numbered("/histories.", number);
	long pause[2] = {0, POLL_NANOS}, begun = seconds_now();
	int fd = SYS3(open, path, O_RDONLY, 0);

	while (fd < 0 && seconds_now() - begun < IDLE_SECONDS) {
		SYS2(nanosleep, pause, 0);
		fd = SYS3(open, path, O_RDONLY, 0);
	}
	return fd;
}

static void tell_status(long number, int status)
{
	char text[24];
	int fd = SYS3(open, "/status", O_WRONLY | O_CREAT | O_TRUNC, 0644);
	long code = status & 0x7f ? 128 + (status & 0x7f) : status >> 8 & 0xff;

	SYS3(write, fd, text, put_number(text, code) - text);
	SYS1(close, fd);
	SYS2(rename, "/status", numbered("/status.", number));
}

static void use_as(int fd, int wanted)
{
	if (fd == wanted)
		return;
	SYS2(dup2, fd, wanted);
	SYS1(close, fd);
}

__attribute__((noreturn)) static void power_off(void)
{
	SYS1(sync, 0);
	SYS4(reboot, LINUX_REBOOT_MAGIC1, LINUX_REBOOT_MAGIC2, LINUX_REBOOT_CMD_POWER_OFF, 0);
	for (;;)
		SYS1(pause, 0);
}

/*
 * Returns in a child of its own for each batch, with histories as its input and observations as its output; init itself
 * waits for that, so that a puppet that dies is no panic.
 */
void become_init(void)
{
	int status = 0, in, out;
	long child;

	SYS(mount, "proc", "/proc", "proc", 0, 0, 0);
	for (long number = 0; status == 0 && (in = await_batch(number)) >= 0; number++) {
		out = SYS3(open, numbered("/observations.", number), O_WRONLY | O_CREAT | O_TRUNC, 0644);
		child = SYS(clone, 17 /* SIGCHLD */, 0, 0, 0, 0, 0);
		if (child == 0) {
			use_as(in, 0);
			use_as(out, 1);
			to_host = 1;
			return;
		}
		SYS1(close, in);
		SYS1(close, out);
		status = -1;
		while (child > 0 && SYS4(wait4, child, &status, 0, 0) != child)
			;
		tell_status(number, status);
	}
	power_off();
}
