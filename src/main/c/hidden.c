/*
 * Level 4: what no file of /proc tells, read by a BPF program (src/main/bpf/hidden.bpf.c) whose descriptors this
 * program was lent (lend.c). Addresses of the kernel do not leave this file: anon_vmas, and the address_spaces of files,
 * are numbered in each observation in the order in which they are seen.
 */
#include <linux/bpf.h>
#include <linux/mman.h>

#include "hidden.h"
#include "puppet.h"

#define MOST_SEEN 4096
#define TRIES 1000
#define ANON 1UL /* in folio->mapping */
#define LOW_BITS 3UL

static struct hidden *const hidden = (struct hidden *)HIDDEN;

struct numbers {
	long used;
	u64 at[MOST_SEEN];
};
/* shared, so that forks do not copy it */
static struct seen {
	struct numbers anon_vmas, files;
	struct hidden_link link[MOST_SEEN]; /* of each anon_vma */
} *const seen = (struct seen *)SEEN;

static long number_of(struct numbers *numbers, u64 at)
{
	long n = 0;

	while (n < numbers->used && numbers->at[n] != at)
		n++;
	if (n == MOST_SEEN) {
		complain("puppet: too many anon_vmas\n");
		quit(3);
	}
	numbers->at[n] = at;
	numbers->used += n == numbers->used;
	return n;
}

static long anon_vma_number(u64 at)
{
	long before = seen->anon_vmas.used, n = number_of(&seen->anon_vmas, at);

	if (n == before)
		seen->link[n].anon_vma = 0;
	return n;
}

static enum hidden_answer ask(enum hidden_job job, int pid)
{
	union bpf_attr run = {0};

	hidden->job = job;
	hidden->pid = pid;
	hidden->pages = work->pages;
	hidden->start = ARENA;
	hidden->end = ARENA + work->pages * PAGE;
	run.test.prog_fd = HIDDEN_PROGRAM;
	/* somebody else may just be looking at this process */
	for (int i = 0; i < TRIES; i++) {
		if (SYS3(bpf, BPF_PROG_RUN, &run, sizeof(run)) != 0)
			return HIDDEN_NO_PROCESS;
		if (run.test.retval != HIDDEN_BUSY)
			break;
		SYS1(sched_yield, 0);
	}
	return run.test.retval;
}

void map_hidden(void)
{
	const long access = PROT_READ | PROT_WRITE, shared = MAP_SHARED | MAP_FIXED;

	if (!options.hidden)
		return;
	if (SYS(mmap, HIDDEN, sizeof(struct hidden), access, shared, HIDDEN_MAP, 0) != HIDDEN
	    || SYS(mmap, SEEN, sizeof(struct seen), access, shared | MAP_ANONYMOUS, -1, 0) != SEEN) {
		complain("puppet: level 4 needs the program `lend`\n");
		quit(3);
	}
}

static void see_frames(int pagemap)
{
	SYS4(pread64, pagemap, work->pagemap, work->pages * 8, ARENA / PAGE * 8);
	for (long page = 0; page < work->pages; page++)
		hidden->frame[page] = frame_of(work->pagemap[page]);
}

/*
 * Called when the arena is free: maps two files of one page, of which the first leads to the structures of all pages,
 * and the second shows whether it does.
 */
void calibrate_hidden(void)
{
	int pagemap = SYS3(open, "/proc/self/pagemap", 0, 0), pid = SYS1(getpid, 0);
	const struct hidden_page *page = &hidden->page[1];

	if (!options.hidden)
		return;
	for (long i = 0; i < 2; i++) {
		int fd = SYS2(memfd_create, "page", 0);

		SYS2(ftruncate, fd, PAGE);
		SYS(mmap, ARENA + i * PAGE, PAGE, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_FIXED, fd, 0);
		*(volatile char *)(ARENA + i * PAGE) = 1;
		SYS1(close, fd);
	}
	see_frames(pagemap);
	if (ask(HIDDEN_CALIBRATE, pid) != HIDDEN_DONE || ask(HIDDEN_OBSERVE, pid) != HIDDEN_DONE || hidden->vmas != 2
	    || page->mapping != hidden->vma[1].file || page->index != 0 || page->mapcount != 1) {
		complain("puppet: the structures of pages are not where level 4 looks for them\n");
		quit(3);
	}
	SYS2(munmap, ARENA, 2 * PAGE);
	SYS1(close, pagemap);
}

/* ---- JSON ---- */
static const struct hidden_vma *vma_at(u64 address)
{
	for (u32 i = 0; i < hidden->vmas; i++)
		if (hidden->vma[i].end > address)
			return hidden->vma[i].start <= address ? &hidden->vma[i] : 0;
	return 0;
}

/* Indices of anonymous memory count from address 0, and here from the arena. */
static long index_in(const struct hidden_vma *vma, u64 index)
{
	return vma && vma->file ? index : index - ARENA / PAGE;
}

static void out_number_or_null(const char *key, int known, long number)
{
	if (known) {
		out_key_number(key, number);
		return;
	}
	out("\"");
	out(key);
	out("\":null");
}

static void out_vma(const struct hidden_vma *vma)
{
	out_char('{');
	out_key_number("start", (long)(vma->start - ARENA) / PAGE);
	out_char(',');
	out_key_number("end", (long)(vma->end - ARENA) / PAGE);
	out_char(',');
	out_key_number("pgoff", index_in(vma, vma->pgoff));
	out_char(',');
	out_number_or_null("anonVma", vma->anon_vma != 0, vma->anon_vma ? anon_vma_number(vma->anon_vma) : 0);
	out(",\"chain\":[");
	for (u32 i = 0; i < vma->links; i++) {
		const struct hidden_link *link = &hidden->link[vma->link + i];
		long number = anon_vma_number(link->anon_vma);

		seen->link[number] = *link;
		if (i)
			out_char(',');
		out_number(link->broken ? -1 - number : number);
	}
	out("]}");
}

static void out_page(long number)
{
	const struct hidden_page *page = &hidden->page[number];
	int anon = page->mapping & ANON;
	u64 at = page->mapping & ~LOW_BITS;

	out_char('"');
	out_number(number);
	out("\":{");
	out_key_number("frame", hidden->frame[number]);
	out_char(',');
	out_number_or_null("anonVma", anon, anon ? anon_vma_number(at) : 0);
	out_char(',');
	out_number_or_null("file", !anon && at, !anon && at ? number_of(&seen->files, at) : 0);
	out_char(',');
	out_key_number("index", anon ? index_in(vma_at(ARENA + number * PAGE), page->index) : (long)page->index);
	out_char(',');
	out_key_number("mapcount", page->mapcount);
	out(page->exclusive ? ",\"exclusive\":true}" : ",\"exclusive\":false}");
}

void begin_hidden(void)
{
	seen->anon_vmas.used = seen->files.used = 0;
}

void out_hidden(const struct process *p)
{
	int first = 1;

	see_frames(p->pagemap);
	if (ask(HIDDEN_OBSERVE, p->pid) != HIDDEN_DONE) {
		out(",\"hidden\":null");
		return;
	}
	out(",\"hidden\":{\"vmas\":[");
	for (u32 i = 0; i < hidden->vmas; i++) {
		if (i)
			out_char(',');
		out_vma(&hidden->vma[i]);
	}
	out("],\"pages\":{");
	for (long page = 0; page < work->pages; page++) {
		if (!hidden->frame[page])
			continue;
		if (!first)
			out_char(',');
		first = 0;
		out_page(page);
	}
	out("}}");
}

/* All that was seen, by number. */
void out_anon_vmas(void)
{
	out(",\"anonVmas\":[");
	for (long i = 0; i < seen->anon_vmas.used; i++) {
		const struct hidden_link *it = &seen->link[i];

		if (i)
			out_char(',');
		if (!it->anon_vma) { /* something points to it, but no chain leads there */
			out("null");
			continue;
		}
		out_char('{');
		out_key_number("root", anon_vma_number(it->root));
		out_char(',');
		out_key_number("parent", anon_vma_number(it->parent));
		out_char(',');
		out_key_number("refcount", it->refcount);
		out_char(',');
		out_key_number("children", it->children);
		out_char(',');
		out_key_number("active", it->active);
		out_char('}');
	}
	out("]");
}
