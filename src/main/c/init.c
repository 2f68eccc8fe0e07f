/*
 * The puppet as the init of User Mode Linux (any kernel will do that starts it as process 1).
 *
 * The addresses of puppet.h do not fit into the 39 bits that a process has there. These fit, on every kernel:
 *
 *   cc ... -DARENA=0x2000000000L -DHOME=0x5000000000L -Wl,-Ttext-segment=0x5000000000 -o ROOT/puppet *.c
 *
 * ROOT is a folder with an empty folder `proc` and the file `histories`; a batch is then
 *
 *   setsid linux.uml mem=128M rootfstype=hostfs rootflags=ROOT rw init=/puppet uml_dir=SCRATCH \
 *          con=null con0=null,fd:1 quiet loglevel=1 -- [OPTION ...] </dev/null
 *
 * with absolute paths. Afterwards ROOT holds `observations`, complete up to the last history that ended even if the kernel
 * crashes or hangs, and, if the kernel was shut down in order, `status`: the exit status of the puppet. What the
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
	long pid;

	control->clean = !to_host;
	pid = clone(flags);
	if (pid == 0 && to_host) {
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

static int open_root(const char *path, int flags)
{
	int fd = SYS3(open, path, flags, 0644);

	if (fd < 0) {
		complain("puppet: cannot open ");
		complain(path);
		complain("\n");
	}
	return fd;
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
 * Returns in a child with histories as its input and observations as its output; init itself waits for that and ends
 * the kernel, so that a puppet that dies is no panic.
 */
void become_init(void)
{
	char text[24];
	int status = -1, in, out, fd;
	long child;

	SYS(mount, "proc", "/proc", "proc", 0, 0, 0);
	in = open_root("/histories", O_RDONLY);
	out = open_root("/observations", O_WRONLY | O_CREAT | O_TRUNC);
	if (in < 0 || out < 0)
		power_off();
	child = SYS(clone, 17 /* SIGCHLD */, 0, 0, 0, 0, 0);
	if (child == 0) {
		use_as(in, 0);
		use_as(out, 1);
		to_host = 1;
		return;
	}
	while (child > 0 && SYS4(wait4, child, &status, 0, 0) != child)
		;
	fd = open_root("/status", O_WRONLY | O_CREAT | O_TRUNC);
	SYS3(write, fd, text, put_number(text, status & 0x7f ? 128 + (status & 0x7f) : status >> 8 & 0xff) - text);
	power_off();
}
