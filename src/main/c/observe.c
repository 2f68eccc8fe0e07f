/* What /proc tells of the processes of a history, written as JSON. */
#include <linux/mman.h>
#include <linux/uio.h>

#include "puppet.h"

#define PRESENT (1UL << 63)
#define SWAPPED (1UL << 62)
#define GUARD (1UL << 58)
#define FRAME ((1UL << 55) - 1)
#define BYTES_OF_SMAPS 700 /* of one mapping */
#define BYTES_OF_MAPS 100

#define MOST_AT_ONCE 64 /* pages of which the contents are read */
#define LONGEST_PART 65536

static u64 zero_frame;

static int open_one(int pid, const char *name)
{
	char path[40] = "/proc/", *at = put_number(path + 6, pid);

	*at++ = '/';
	while ((*at++ = *name++))
		;
	return SYS3(open, path, 0x80000 /* O_CLOEXEC */, 0);
}

void open_proc(int number)
{
	struct process *p = &work->process[number];

	p->smaps = p->pagemap = p->mem = p->status = -1;
	if (options.vmas)
		p->smaps = open_one(p->pid, options.flags ? "smaps" : "maps");
	if (options.pages || options.hidden)
		p->pagemap = open_one(p->pid, "pagemap");
	if (options.pages)
		p->mem = open_one(p->pid, "mem");
	if (options.accounting)
		p->status = open_one(p->pid, "status");
}

void close_proc(int number)
{
	struct process *p = &work->process[number];
	int fds[] = {p->smaps, p->pagemap, p->mem, p->status};

	for (int i = 0; i < 4; i++)
		if (fds[i] >= 0)
			SYS1(close, fds[i]);
}

/* Called when the arena is free and not yet used. */
void find_zero_page(void)
{
	int fd = SYS3(open, "/proc/self/pagemap", 0, 0);
	u64 entry = 0;

	SYS(mmap, ARENA, PAGE, PROT_READ, MAP_PRIVATE | MAP_ANONYMOUS | MAP_FIXED, -1, 0);
	(void)*(volatile char *)ARENA;
	SYS4(pread64, fd, &entry, sizeof(entry), ARENA / PAGE * 8);
	zero_frame = entry & FRAME;
	SYS2(munmap, ARENA, PAGE);
	SYS1(close, fd);
}

/* The physical page that an entry of pagemap leads to, or 0 if it is none that has a history of its own. */
u64 frame_of(u64 entry)
{
	u64 frame = entry & FRAME;

	return (entry & PRESENT) && !(entry & GUARD) && frame != zero_frame ? frame : 0;
}

/* Whether pagemap tells the numbers of physical pages, which it does only to root. */
int sees_frames(void)
{
	return zero_frame != 0;
}

/* ---- VMAs ---- */

/* A line of maps from its permissions on, and the flags of smaps, ended by a newline, or null. */
static void out_vma(u64 start, u64 end, const char *perm, const char *flags, int first)
{
	u64 offset;
	long inode;
	const char *at = read_hex(perm + 5, &offset);

	read_number(skip_to(at + 1, ' '), &inode);
	out(first ? "{" : ",{");
	out_key_number("start", (long)(start - ARENA) / PAGE);
	out_char(',');
	out_key_number("end", (long)(end - ARENA) / PAGE);
	out(",\"perm\":\"");
	for (int i = 0; i < 4; i++)
		out_char(perm[i]);
	out("\",\"flags\":");
	if (flags) {
		out_char('"');
		for (flags++; *flags != '\n' && !(*flags == ' ' && flags[1] == '\n'); flags++)
			out_char(*flags);
		out_char('"');
	} else {
		out("null");
	}
	out_char(',');
	out_key_number("offset", offset / PAGE);
	out(",\"file\":");
	out(inode == work->inode[0] ? "\"F0\"}" : inode == work->inode[1] ? "\"F1\"}" : "null}");
}

/* Where "VmFlags:" stands after the first line of a record, mostly as far behind it as in the record before. */
static char *find_flags(char *line_end, const char *end)
{
	static long distance;
	char *at = line_end + distance;

	if (distance && at < end && at[-1] == '\n' && *at == 'V')
		return at;
	at = (char *)skip_to(line_end, 'V'); /* the only one */
	if (*at)
		distance = at - line_end;
	return at;
}

/*
 * Reads no more of smaps than needed: what stands before the arena is one fence, and what comes after it does not
 * matter. The kernel hands out whole records; a cut one is completed by the next read.
 */
static void out_vmas(struct process *p)
{
	char *text = work->buffer, *at = text, *end = text;
	long record = options.flags ? BYTES_OF_SMAPS : BYTES_OF_MAPS;
	long used = 0;
	int vmas = 0;

	for (;;) {
		long want = (p->vmas - vmas + 2) * record, n;
		u64 from, to;

		if (want < record)
			want = record;
		if (want > (long)sizeof(work->buffer) - 1 - used)
			want = sizeof(work->buffer) - 1 - used;
		n = SYS4(pread64, p->smaps, text + used, want, used);
		if (n <= 0)
			break;
		used += n;
		end = text + used;
		*end = 0;
		for (;;) {
			char *rest = (char *)skip_to(at, '\n'), *flags = 0, *last = rest;

			if (!*rest)
				break;
			read_hex(read_hex(at, &from) + 1, &to);
			if (from >= (u64)(ARENA + work->pages * PAGE))
				goto seen;
			if (options.flags) {
				flags = find_flags(rest, end);
				last = (char *)skip_to(flags, '\n');
				if (!*last)
					break;
				flags += 8;
			}
			if (from >= ARENA) {
				const char *perm = skip_to(at, ' ') + 1;

				out_vma(from, to, perm, flags, vmas++ == 0);
			}
			at = last + 1;
		}
	}
seen:
	p->vmas = vmas;
}

/* ---- pages ---- */
static void out_page(long page, u64 entry, int readable, int first)
{
	u64 frame = entry & FRAME;
	int zero = (entry & PRESENT) && frame == zero_frame && frame;

	out(first ? "\"" : ",\"");
	out_number(page);
	out("\":{\"state\":\"");
	out(entry & GUARD ? "guard" : zero ? "zero" : entry & PRESENT ? "present" : "swapped");
	out_char('"');
	if (entry & PRESENT) {
		out_char(',');
		if (zero || readable)
			out_key_number("value", zero ? 0 : work->value[page]);
		else
			out("\"value\":null");
	}
	if (frame && !(entry & GUARD)) {
		out_char(',');
		out_key_number("frame", frame);
	}
	out_char('}');
}

/* Reads the first words of pages that stand one behind the other; how many of them it could. */
static long read_values(struct process *p, long page, long pages)
{
	struct iovec parts[2 * MOST_AT_ONCE];

	pages = pages < MOST_AT_ONCE ? pages : MOST_AT_ONCE;
	for (long i = 0; i < pages; i++) {
		parts[2 * i] = (struct iovec){&work->value[page + i], sizeof(long)};
		parts[2 * i + 1] = (struct iovec){work->rest, PAGE - sizeof(long)};
	}
	/* of the last page no more than the word */
	long n = SYS4(preadv, p->mem, parts, 2 * pages - 1, ARENA + page * PAGE);

	return n < 0 ? 0 : (n + PAGE - (long)sizeof(long)) / PAGE;
}

static void out_pages(struct process *p)
{
	long n = SYS4(pread64, p->pagemap, work->pagemap, work->pages * 8, ARENA / PAGE * 8) / 8;
	long read_up_to = 0;
	int first = 1;

	for (long page = 0; page < n; page++) {
		u64 entry = work->pagemap[page];
		long run = 0;

		if (!(entry & (PRESENT | SWAPPED | GUARD)))
			continue;
		if (entry & PRESENT && read_up_to <= page) {
			while (page + run < n && work->pagemap[page + run] & PRESENT)
				run++;
			read_up_to = page + read_values(p, page, run);
		}
		out_page(page, entry, page < read_up_to, first);
		first = 0;
	}
}

/* The text to come must lie in one piece. */
static void begin_part(long *from)
{
	if (work->out_used > OUTPUT - LONGEST_PART)
		out_flush();
	*from = work->out_used;
}

void observe(void)
{
	int first = 1;
	long from;

	if (options.hidden)
		begin_hidden();
	out(",\"processes\":{");
	for (int i = 0; i < work->processes; i++) {
		struct process *p = &work->process[i];

		if (!p->pid)
			continue;
		out(first ? "\"P" : ",\"P");
		first = 0;
		out_number(i);
		out("\":{\"vmas\":");
		if (options.vmas) {
			begin_part(&from);
			out_char('[');
			out_vmas(p);
			out_char(']');
			out_changed(&p->kept_vmas, from);
		} else {
			out("null");
		}
		if (options.pages) {
			out(",\"pages\":");
			begin_part(&from);
			out_char('{');
			out_pages(p);
			out_char('}');
			out_changed(&p->kept_pages, from);
		}
		if (options.hidden)
			out_hidden(p);
		if (options.accounting)
			out_accounting(i);
		out_char('}');
	}
	out_char('}');
	if (options.hidden)
		out_anon_vmas();
}
