/*
 * vm.max_map_count, which is everybody's: taken, set, and put back whatever happens to this program.
 */
#include <linux/fcntl.h>
#include <linux/prctl.h>

#include "puppet.h"

#define DEFAULT_LIMIT 65530
#define SYSCTL "/proc/sys/vm/max_map_count"

static int sysctl = -1; /* locked while it is ours */
static int guarded;

static int write_sysctl(long value)
{
	char text[24];

	return SYS4(pwrite64, sysctl, text, put_number(text, value) - text, 0) > 0;
}

/*
 * From here to restore_sysctl the limit is ours: several puppets may run at once, and what one of them sets holds
 * for all. Returns the limit.
 */
long lock_sysctl(void)
{
	char text[24];

	if (sysctl < 0) {
		sysctl = SYS3(open, SYSCTL, O_RDWR | O_CLOEXEC, 0);
		if (sysctl < 0)
			sysctl = SYS3(open, SYSCTL, O_RDONLY | O_CLOEXEC, 0);
		if (sysctl < 0 || SYS2(flock, sysctl, LOCK_EX) < 0 || read_file(sysctl, text, sizeof(text)) <= 0)
			fail("cannot read the limit on mappings");
		read_number(text, &work->usual_limit);
	}
	return work->usual_limit;
}

static void put_back(void)
{
	/* a value below the kernel's default was left behind by a puppet that was killed */
	write_sysctl(work->usual_limit < DEFAULT_LIMIT ? DEFAULT_LIMIT : work->usual_limit);
	work->own_limit = 0;
}

void restore_sysctl(void)
{
	if (sysctl < 0)
		return;
	put_back();
	SYS1(close, sysctl);
	sysctl = -1;
}

/* Waits in a process of its own until the puppet is gone, with all processes that share its files. */
__attribute__((noreturn)) static void guard(int alive, int end)
{
	u64 all = ~0UL;
	char text[24];
	long limit = 0;

	SYS4(rt_sigprocmask, 0 /* SIG_BLOCK */, &all, 0, 8);
	SYS1(setsid, 0);
	SYS2(prctl, PR_SET_NAME, "vmacheck-limit");
	SYS1(close, end);
	SYS3(close_range, 0, alive - 1, 0);
	SYS3(close_range, alive + 1, ~0U, 0);
	while (SYS3(read, alive, text, 1) == -4 /* EINTR */)
		;
	sysctl = work->own_limit ? SYS3(open, SYSCTL, O_RDWR | O_CLOEXEC, 0) : -1;
	if (sysctl >= 0 && SYS2(flock, sysctl, LOCK_EX) == 0 && read_file(sysctl, text, sizeof(text)) > 0) {
		read_number(text, &limit);
		if (limit == work->own_limit)
			put_back();
	}
	SYS1(exit_group, 0);
	__builtin_unreachable();
}

/* The limit is everybody's: somebody has to put it back even if this program is killed. */
static void start_guard(void)
{
	int ends[2];

	if (guarded || SYS2(pipe2, ends, O_CLOEXEC) < 0)
		return;
	guarded = 1;
	if (SYS(clone, 17 /* SIGCHLD */, 0, 0, 0, 0, 0) == 0)
		guard(ends[0], ends[1]);
	SYS1(close, ends[0]);
}

/* Sets the limit, which lock_sysctl has taken; 0 if this user may not. */
int set_sysctl(long limit)
{
	start_guard();
	work->own_limit = limit;
	return write_sysctl(limit);
}
