/*
 * Signals: those that an access to memory gets, which ends the access and not the process, and those that end the
 * puppet.
 */
#include <asm/sigcontext.h>
#include <asm/signal.h>
#include <asm/ucontext.h>

#include "puppet.h"

#pragma GCC visibility push(hidden)
extern const char probe_end[], back_from_signal[];
#pragma GCC visibility pop
__asm__(".text\n"
	".globl probe_read, probe_write\n"
	"probe_read: mov (%rdi), %rax\n mov %rax, (%rsi)\n xor %eax, %eax\n ret\n"
	"probe_write: mov %rsi, (%rdi)\n xor %eax, %eax\n"
	"probe_end: ret\n"
	"back_from_signal: mov $15, %eax\n syscall\n");

static void on_fault(int signal, void *info, void *context)
{
	struct sigcontext *registers = &((struct ucontext *)context)->uc_mcontext;
	u64 at = registers->rip;

	(void)info;
	if (at >= (u64)probe_read && at <= (u64)probe_end) {
		registers->rip = (u64)probe_end;
		registers->rax = signal;
		return;
	}
	if (me >= 0)
		SYS1(exit_group, EXIT_BROKEN);
	complain("puppet: crashed\n");
	quit(3);
}

static void on_end(int signal)
{
	if (me >= 0)
		SYS1(exit_group, EXIT_BROKEN);
	if (signal != SIGALRM) /* which only interrupts a wait */
		quit(128 + signal);
}

static void install(int signal, void *handler)
{
	struct sigaction action = {0};

	action.sa_handler = (__sighandler_t)handler;
	action.sa_flags = SA_SIGINFO | SA_NODEFER | 0x04000000 /* SA_RESTORER */;
	action.sa_restorer = (__sigrestore_t)back_from_signal;
	SYS4(rt_sigaction, signal, &action, 0, 8);
}

void install_handlers(void)
{
	install(SIGSEGV, on_fault);
	install(SIGBUS, on_fault);
	install(SIGALRM, on_end);
	install(SIGTERM, on_end);
	install(SIGINT, on_end);
	install(SIGHUP, on_end);
	install(SIGPIPE, on_end);
}
