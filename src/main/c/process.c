/*
 * The processes of a history. All are children of the controller (CLONE_PARENT), copies of its address space or
 * of one another's, and sleep until the controller wakes one of them for one call. Everything runs on one CPU.
 */
#include <asm/signal.h>
#include <asm/mman.h>
#include <linux/futex.h>
#include <linux/prctl.h>
#include <linux/sched.h>
#include <linux/wait.h>

#include "puppet.h"

int me = -1;

/* ---- in a process of the history ---- */
static long clone(long flags)
{
	return SYS(clone, flags | CLONE_FILES | CLONE_FS | SIGCHLD, 0, 0, 0, 0, 0);
}

static long execute(const struct call *call)
{
	long value = 0;

	switch (call->kind) {
	case READ:
	case SWAPIN:
		control->signal = probe_read(call->arg[0], &value);
		return value;
	case WRITE:
		control->signal = probe_write(call->arg[0], call->arg[2]);
		return 0;
	case EXIT:
	case EXECVE:
		return SYS1(exit_group, 0);
	default:
		return sys6(call->nr, call->arg[0], call->arg[1], call->arg[2], call->arg[3], call->arg[4],
			    call->arg[5]);
	}
}

/* With the controller all its processes go, also those that were not yet there when it was killed. */
static void end_with_controller(void)
{
	SYS2(prctl, PR_SET_PDEATHSIG, SIGKILL);
	if (SYS1(getppid, 0) != control->controller)
		SYS1(exit_group, EXIT_BROKEN);
}

__attribute__((noreturn)) static void live(int number)
{
	u32 seen = 0;

	me = number;
	end_with_controller();
	for (;;) {
		long result;

		while (__atomic_load_n(&control->go[me], __ATOMIC_ACQUIRE) == seen)
			SYS4(futex, &control->go[me], FUTEX_WAIT, seen, 0);
		seen = control->go[me];
		if (control->call.kind == FORK) {
			int child = control->child; /* by the time that it runs there may be another call */

			result = me >= MAX_PROCESSES ? clone(CLONE_PARENT) : clone_cleanly(clone, CLONE_PARENT);
			if (result == 0) {
				me = child;
				seen = 0;
				end_with_controller();
				continue;
			}
		} else {
			result = execute(&control->call);
		}
		control->result = result;
		__atomic_store_n(&control->done, 1, __ATOMIC_RELEASE);
		SYS3(futex, &control->done, FUTEX_WAKE, 1);
	}
}

/* ---- in the controller ---- */
static void appear(int number, int pid)
{
	struct process *p = &work->process[number];

	p->pid = pid;
	p->vmas = p->kept_vmas.length = p->kept_pages.length = 0;
	p->size = p->data = p->stack = p->code = p->locked_outside = 0;
	open_proc(number);
}

static const char *let(int number, const struct call *call, int child);

/* A new process with nothing in its arena: a child of the zygote if there is a limit on mappings, and one of this. */
int start_process(int number)
{
	const struct call fork = {.kind = FORK};
	long pid;

	control->go[number] = 0;
	control->controller = SYS1(getpid, 0);
	if (work->max_map_count && number < MAX_PROCESSES) {
		pid = let(work->zygote, &fork, number) ? -1 : control->result;
	} else {
		pid = clone(0);
		if (pid == 0)
			live(number);
	}
	if (pid < 0)
		return 0;
	appear(number, pid);
	take_baseline(number);
	return 1;
}

/* Waits until it is gone with all its memory; 0 if it does not go. */
static int wait_for_end(int number)
{
	long got;

	SYS1(alarm, options.seconds);
	got = SYS4(wait4, work->process[number].pid, 0, __WALL, 0);
	SYS1(alarm, 0);
	close_proc(number);
	work->process[number].pid = 0;
	return got > 0;
}

void end_process(int number)
{
	if (!work->process[number].pid)
		return;
	SYS2(kill, work->process[number].pid, SIGKILL);
	wait_for_end(number);
}

void end_all(void)
{
	for (int i = 0; i < work->processes; i++)
		if (work->process[i].pid)
			SYS2(kill, work->process[i].pid, SIGKILL);
	for (int i = 0; i < work->processes; i++)
		if (work->process[i].pid)
			wait_for_end(i);
	work->processes = 0;
}

static void wake(int number)
{
	control->done = 0;
	__atomic_add_fetch(&control->go[number], 1, __ATOMIC_RELEASE);
	SYS3(futex, &control->go[number], FUTEX_WAKE, 1);
}

/* Lets the process do the call; what went wrong, or null. A fork makes the process with the number `child`. */
static const char *let(int number, const struct call *call, int child)
{
	long slices = options.seconds * 20;
	struct {
		long seconds, nanos;
	} slice = {0, 50000000};

	control->call = *call;
	control->signal = 0;
	control->child = child;
	control->go[child] = 0;
	wake(number);
	if (call->kind == EXIT || call->kind == EXECVE)
		return wait_for_end(number) ? 0 : "does not end";
	while (!__atomic_load_n(&control->done, __ATOMIC_ACQUIRE)) {
		long r = SYS4(futex, &control->done, FUTEX_WAIT, 0, &slice);

		if (r != -110)
			continue;
		if (SYS4(wait4, work->process[number].pid, 0, WNOHANG | __WALL, 0) > 0) {
			close_proc(number);
			work->process[number].pid = 0;
			return "process died";
		}
		if (--slices <= 0)
			return "timeout";
	}
	return 0;
}

/* Does one call; its result as text, or what went wrong. */
const char *perform(struct call *call, char *result)
{
	int number = call->process;
	const char *wrong;

	if (number >= work->processes || !work->process[number].pid) {
		put_text(result, "ESRCH");
		return 0;
	}
	if (call->kind == SKIPPED) {
		put_text(result, "SKIP");
		return 0;
	}
	if (call->kind == FORK && work->processes == MAX_PROCESSES)
		return "too many processes";
	drain_lru_batches();
	if (call->nr == __NR_madvise && call->arg[2] == MADV_DONTFORK)
		control->holes = 1;
	wrong = let(number, call, work->processes);
	if (wrong)
		return wrong;
	if (call->nr == __NR_madvise && call->arg[2] == MADV_PAGEOUT)
		await_swap_writes();
	if (call->kind == EXIT || call->kind == EXECVE) {
		put_text(result, "0");
		return call->kind == EXECVE && !start_process(number) ? "cannot start a process" : 0;
	}
	if (call->kind == FORK && control->result > 0) {
		appear(work->processes++, control->result);
		inherit_baseline(work->processes - 1, number);
	}
	if (call->locks_all && control->result == 0)
		work->process[number].locked_outside =
			call->locks_all > 0 ? lockable_kb : 0;
	put_result(call, result);
	return 0;
}
