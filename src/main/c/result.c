/* What came of a call, as text. */
#include <asm/signal.h>

#include "puppet.h"

void put_result(const struct call *call, char *at)
{
	static const char *const names[] = {
		[1] = "EPERM", [2] = "ENOENT", [3] = "ESRCH", [4] = "EINTR", [5] = "EIO", [7] = "E2BIG", [9] = "EBADF",
		[11] = "EAGAIN", [12] = "ENOMEM", [13] = "EACCES", [14] = "EFAULT", [16] = "EBUSY", [17] = "EEXIST",
		[19] = "ENODEV", [22] = "EINVAL", [23] = "ENFILE", [24] = "EMFILE", [26] = "ETXTBSY", [28] = "ENOSPC",
		[38] = "ENOSYS", [75] = "EOVERFLOW", [95] = "EOPNOTSUPP", [133] = "EHWPOISON",
	};
	long r = control->result;

	if (control->signal) {
		put_text(at, control->signal == SIGSEGV ? "SIGSEGV" : "SIGBUS");
	} else if (call->kind == READ) {
		put_number(at, r);
	} else if (call->kind == SWAPIN) {
		put_text(at, "0");
	} else if (r < 0 && r > -4096) {
		if (-r < (long)(sizeof(names) / sizeof(*names)) && names[-r]) {
			put_text(at, names[-r]);
		} else {
			put_text(at, "E");
			put_number(at + 1, -r);
		}
	} else if (call->kind == FORK) {
		*at = 'P';
		put_number(at + 1, work->processes - 1);
	} else {
		/* What lies below the arena is no address, such as the positive errno of 5.17-rc5's mremap. */
		put_number(at, call->gives == AN_ADDRESS && r >= ARENA ? (r - ARENA) / PAGE : r);
	}
}
