/* From a line of a history to the arguments of a system call. */
#include <asm/mman.h>
#include <linux/mman.h>

#include "puppet.h"

#define LONGEST (1L << 32) /* pages; anything longer is not a length of the arena */

struct name {
	const char *text;
	long value;
};

static const struct name map_flags[] = {
	{"shared", MAP_SHARED}, {"private", MAP_PRIVATE}, {"anonymous", MAP_ANONYMOUS},
	{"fixed", MAP_FIXED}, {"noreplace", MAP_FIXED_NOREPLACE}, {"locked", MAP_LOCKED},
	{"noreserve", MAP_NORESERVE}, {"populate", MAP_POPULATE}, {"stack", MAP_STACK},
	{"growsdown", MAP_GROWSDOWN}, {"droppable", 0x08}, {"nonblock", MAP_NONBLOCK},
	{"none", 0}, {0, 0},
};
static const struct name remap_flags[] = {
	{"maymove", 1}, {"fixed", 2}, {"dontunmap", 4}, {"none", 0}, {0, 0},
};
static const struct name lock_flags[] = {{"onfault", 1}, {"none", 0}, {0, 0}};
static const struct name lock_all_flags[] = {
	{"current", 1}, {"future", 2}, {"onfault", 4}, {"none", 0}, {0, 0},
};
static const struct name advices[] = {
	{"normal", 0}, {"random", 1}, {"sequential", 2}, {"willneed", 3}, {"dontneed", 4},
	{"free", 8}, {"remove", 9}, {"dontfork", 10}, {"dofork", 11}, {"mergeable", 12},
	{"unmergeable", 13}, {"hugepage", 14}, {"nohugepage", 15}, {"dontdump", 16},
	{"dodump", 17}, {"wipeonfork", 18}, {"keeponfork", 19}, {"cold", 20}, {"pageout", 21},
	{"populate_read", 22}, {"populate_write", 23}, {"dontneed_locked", 24}, {"collapse", 25},
	{"guard_install", 102}, {"guard_remove", 103}, {0, 0},
};
static const struct name files[] = {
	{"F0", 0}, {"F1", 1}, {"F2", 2}, {"F3", 3}, {"none", NONE}, {0, 0},
};
#ifndef __NR_mseal
#define __NR_mseal 462
#endif
/* Calls that take a range and then at most one argument. */
static const struct name ranges[] = {
	{"munmap", __NR_munmap}, {"mprotect", __NR_mprotect}, {"madvise", __NR_madvise},
	{"mlock", __NR_mlock}, {"mlock2", __NR_mlock2}, {"munlock", __NR_munlock},
	{"mseal", __NR_mseal}, {0, 0},
};
static const struct name accesses[] = {
	{"read", READ}, {"write", WRITE}, {"swapin", SWAPIN}, {0, 0},
};

static long find(const struct name *names, const char *text, const char **wrong)
{
	for (; names->text; names++)
		if (same(names->text, text))
			return names->value;
	*wrong = text;
	return 0;
}

static int knows(const struct name *names, const char *text)
{
	const char *wrong = 0;

	find(names, text, &wrong);
	return !wrong;
}

/* Names joined by bars; cuts the text into pieces. */
static long parse_flags(const struct name *names, char *text, const char **wrong)
{
	long flags = 0;

	for (;;) {
		char *end = (char *)skip_to(text, '|');
		int last = !*end;

		*end = 0;
		flags |= find(names, text, wrong);
		if (last)
			return flags;
		text = end + 1;
	}
}

static long parse_protection(const char *text, const char **wrong)
{
	long bits = 0;

	if (same(text, "none"))
		return 0;
	for (const char *c = text; *c; c++) {
		if (*c == 'r')
			bits |= PROT_READ;
		else if (*c == 'w')
			bits |= PROT_WRITE;
		else if (*c == 'x')
			bits |= PROT_EXEC;
		else
			*wrong = text;
	}
	return bits;
}

static long parse_number(const char *text, const char **wrong)
{
	long value;

	if (!*text || *read_number(text, &value))
		*wrong = text;
	return value;
}

static int process_number(const char *text)
{
	long number;

	if (*text != 'P' || !text[1] || *read_number(text + 1, &number) || number < 0)
		return -1;
	return number < MAX_PROCESSES ? number : MAX_PROCESSES - 1;
}

static int outside(long start, long pages)
{
	return start < 0 || pages < 0 || start > LONGEST || pages > LONGEST || start + pages > work->pages;
}

static void parse_mmap(char **arg, int n, struct call *call)
{
	long start = parse_number(arg[0], &call->wrong), pages = parse_number(arg[1], &call->wrong);
	long flags = parse_flags(map_flags, arg[3], &call->wrong);
	long file = n == 6 ? find(files, arg[4], &call->wrong) : NONE;

	call->nr = __NR_mmap;
	call->gives = AN_ADDRESS;
	call->arg[0] = ARENA + start * PAGE;
	call->arg[1] = pages * PAGE;
	call->arg[2] = parse_protection(arg[2], &call->wrong);
	call->arg[3] = flags;
	call->arg[4] = NONE;
	if (file != NONE) {
		open_files();
		call->arg[4] = work->file[file];
	}
	call->arg[5] = n == 6 ? parse_number(arg[5], &call->wrong) * PAGE : 0;
	if (outside(start, 0) || outside(0, pages - work->pages > 0 ? 0 : pages) || pages > LONGEST
	    || ((flags & (MAP_FIXED | MAP_FIXED_NOREPLACE)) && outside(start, pages)))
		call->kind = SKIPPED;
}

static void parse_mremap(char **arg, int n, struct call *call)
{
	long start = parse_number(arg[0], &call->wrong), old = parse_number(arg[1], &call->wrong);
	long new = parse_number(arg[2], &call->wrong);
	long flags = parse_flags(remap_flags, arg[3], &call->wrong);
	long target = n == 5 ? parse_number(arg[4], &call->wrong) : NONE;

	call->nr = __NR_mremap;
	call->gives = AN_ADDRESS;
	call->arg[0] = ARENA + start * PAGE;
	call->arg[1] = old * PAGE;
	call->arg[2] = new * PAGE;
	call->arg[3] = flags;
	/* fixed without an address gets one that no kernel takes, so that it never means page 0 of the process */
	call->arg[4] = n == 5 ? ARENA + target * PAGE : flags & 2 ? ARENA + 1 : 0;
	if (outside(start, old) || new < 0 || new > LONGEST || (n == 5 && outside(target, flags & 2 ? new : 0)))
		call->kind = SKIPPED;
}

static void parse_range(const char *name, char **arg, int n, struct call *call)
{
	long start = parse_number(arg[0], &call->wrong), pages = parse_number(arg[1], &call->wrong);
	int takes = 2;

	call->nr = find(ranges, name, &call->wrong);
	call->arg[0] = ARENA + start * PAGE;
	call->arg[1] = pages * PAGE;
	if (call->nr == __NR_mprotect || call->nr == __NR_madvise || call->nr == __NR_mlock2)
		takes = 3;
	if (n != takes)
		call->wrong = "number of arguments";
	else if (call->nr == __NR_mprotect)
		call->arg[2] = parse_protection(arg[2], &call->wrong);
	else if (call->nr == __NR_madvise)
		call->arg[2] = find(advices, arg[2], &call->wrong);
	else if (call->nr == __NR_mlock2)
		call->arg[2] = parse_flags(lock_flags, arg[2], &call->wrong);
	if (outside(start, pages))
		call->kind = SKIPPED;
}

/* One access to the page that the last argument names. */
static void parse_access(const char *page, struct call *call)
{
	long number = parse_number(page, &call->wrong);

	call->arg[0] = ARENA + number * PAGE;
	call->arg[1] = PAGE;
	if (outside(number, 1))
		call->kind = SKIPPED;
}

static void parse_one(const char *name, char **arg, int n, int event, struct call *call)
{
	if (event) {
		if (n != 2)
			call->wrong = "number of arguments";
		else if ((call->process = process_number(arg[0])) < 0)
			call->wrong = arg[0];
		arg++, n--;
	}
	if (call->wrong)
		return;
	if (same(name, "mmap") && (n == 4 || n == 6)) {
		parse_mmap(arg, n, call);
	} else if (same(name, "mremap") && (n == 4 || n == 5)) {
		parse_mremap(arg, n, call);
	} else if (knows(ranges, name) && n >= 2) {
		parse_range(name, arg, n, call);
	} else if (knows(accesses, name) && n == 1) {
		call->kind = find(accesses, name, &call->wrong);
		call->arg[2] = call->kind == WRITE ? ++work->writes : 0;
		parse_access(arg[0], call);
	} else if (same(name, "reclaim") && n == 1) {
		call->nr = __NR_madvise;
		call->arg[2] = 21;
		parse_access(arg[0], call);
	} else if (same(name, "brk") && n == 1) {
		long page = parse_number(arg[0], &call->wrong);

		call->nr = __NR_brk;
		call->gives = AN_ADDRESS;
		call->arg[0] = ARENA + page * PAGE;
		if (outside(page, 0))
			call->kind = SKIPPED;
	} else if (same(name, "mlockall") && n == 1) {
		call->nr = __NR_mlockall;
		call->arg[0] = parse_flags(lock_all_flags, arg[0], &call->wrong);
		call->locks_all = call->arg[0] & 1;
	} else if (same(name, "munlockall") && n == 0) {
		call->nr = __NR_munlockall;
		call->locks_all = -1;
	} else if (same(name, "fork") && n == 0) {
		call->kind = FORK;
	} else if (same(name, "exit") && n == 0) {
		call->kind = EXIT;
	} else if (same(name, "execve") && n == 0) {
		call->kind = EXECVE;
	} else {
		call->wrong = name;
	}
}

/* Cuts the line into pieces; call->text is a copy of it up to the closing parenthesis. */
void parse_call(char *line, struct call *call)
{
	char *colon = (char *)skip_to(line, ':'), *open = (char *)skip_to(colon, '(');
	char *close = (char *)skip_to(open, ')'), *arg[8], *who;
	long n = 0;

	*call = (struct call){.kind = SYSCALL, .process = -1};
	if (*close)
		close[1] = 0;
	for (n = 0; line[n]; n++)
		work->text[n] = line[n];
	work->text[n] = 0;
	call->text = work->text;
	if (!*close) {
		call->wrong = call->text;
		return;
	}
	*colon = *open = *close = 0;
	n = 0;
	for (char *at = open + 1; n < 8 && (n > 0 || *trim(at));) {
		char *comma = (char *)skip_to(at, ',');
		int last = !*comma;

		*comma = 0;
		arg[n++] = trim(at);
		at = comma + 1;
		if (last)
			break;
	}
	who = trim(line);
	call->process = process_number(who);
	if (call->process < 0 && !same(who, "env"))
		call->wrong = who;
	else
		parse_one(trim(colon + 1), arg, n, call->process < 0, call);
}
