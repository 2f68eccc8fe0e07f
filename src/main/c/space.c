/*
 * The address space that every history starts with: the arena is free, and everything that the program does not
 * need is fenced off, so that the kernel can place a mapping nowhere but in the arena. The controller gives this
 * space to itself; the processes of a history are its forks.
 */
#include <asm/mman.h>
#include <linux/memfd.h>
#include <linux/mman.h>
#include <linux/prctl.h>

#include "puppet.h"

#define LOWEST PAGE
#define FIXED_SHARED_NOTHING (MAP_SHARED | MAP_FIXED | MAP_NORESERVE)
#define NARROW (16 * PAGE)

u64 task_end;
long lockable_kb;
static int fence = -1;
static u64 above; /* the first mapping after the arena that is not a fence */
static long usual_count, pages_now, padding_now;

struct mapping {
	u64 start, end;
	int special; /* made by the kernel: [vdso] and the like */
};

void fail(const char *text)
{
	complain("puppet: ");
	complain(text);
	complain("\n");
	quit(3);
}


/* The next mapping of a text in the form of /proc/PID/maps, or null at its end. */
static const char *next_mapping(const char *at, struct mapping *mapping)
{
	const char *end = skip_to(at, '\n'), *name;

	if (!*at)
		return 0;
	at = read_hex(at, &mapping->start);
	read_hex(at + 1, &mapping->end);
	name = skip_to(at, '[');
	mapping->special = name < end && name[1] == 'v';
	return *end ? end + 1 : end;
}

static const char *read_maps(int pid)
{
	char path[40] = "/proc/", *at = put_number(path + 6, pid);
	int fd;

	for (const char *rest = "/maps"; (*at++ = *rest++);)
		;
	fd = SYS3(open, path, 0, 0);
	if (fd < 0 || read_file(fd, work->buffer, sizeof(work->buffer)) < 0)
		fail("cannot read /proc/PID/maps");
	SYS1(close, fd);
	return work->buffer;
}

static void put_fence(u64 start, u64 end)
{
	if (start < end && SYS(mmap, start, end - start, PROT_NONE, FIXED_SHARED_NOTHING, fence, 0) != (long)start)
		fail("cannot fence the address space");
}

static void find_task_end(void)
{
	u64 low = HOME, high = 1UL << 56;

	while (high - low > PAGE) {
		u64 middle = (low + (high - low) / 2) & ~(PAGE - 1);
		long at = SYS(mmap, middle, PAGE, PROT_NONE, MAP_PRIVATE | MAP_ANONYMOUS | MAP_FIXED_NOREPLACE, -1, 0);

		if (at == (long)middle)
			SYS2(munmap, middle, PAGE);
		if (at == (long)middle || at == -17)
			low = middle;
		else
			high = middle;
	}
	task_end = low + PAGE;
	/* with five levels of page tables only hints above 47 bits lead there */
	if (task_end > 0x7ffffffff000UL)
		task_end = 0x7ffffffff000UL;
}

/* Takes over the address space; called once, on the program's own stack. */
void settle(void)
{
	struct mapping m;
	u64 free_from = LOWEST;

	if (SYS(mmap, WORK, sizeof(struct work), PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS | MAP_FIXED, -1, 0)
	    != WORK || SYS(mmap, CONTROL, sizeof(struct control), PROT_READ | PROT_WRITE,
			   MAP_SHARED | MAP_ANONYMOUS | MAP_FIXED, -1, 0) != CONTROL
	    || SYS(mmap, PADDING, PADDING_PAGES * PAGE, PROT_NONE, MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE | MAP_FIXED,
		   -1, 0) != PADDING)
		fail("cannot map memory for itself");
	map_hidden();
	fence = SYS2(memfd_create, "fence", MFD_CLOEXEC);
	if (fence < 0)
		fail("no memfd_create");
	for (const char *at = read_maps(SYS1(getpid, 0)); (at = next_mapping(at, &m));)
		if (m.start < PADDING || (m.start > WORK + sizeof(struct work) && m.start != HIDDEN && m.start != SEEN))
			SYS2(munmap, m.start, m.end - m.start); /* the kernel may refuse: sealed */
	find_task_end();
	for (const char *at = read_maps(SYS1(getpid, 0)); (at = next_mapping(at, &m));) {
		if (m.start >= task_end)
			continue;
		if (!above && m.start > ARENA)
			above = m.start;
		put_fence(free_from, m.start);
		free_from = m.end;
	}
	put_fence(free_from, task_end);
}

/* With CONFIG_COMPAT_BRK it is the end of the data that the break cannot pass downwards, not where it began. */
static void set_break(long page)
{
	u64 start = ARENA + page * PAGE, code = HOME, arguments = HOME, data = start - PAGE;
	struct prctl_mm_map map = {
		.start_code = code, .end_code = code + PAGE, .start_data = data, .end_data = start,
		.start_brk = start, .brk = start, .start_stack = arguments, .arg_start = arguments,
		.arg_end = arguments, .env_start = arguments, .env_end = arguments, .exe_fd = -1,
	};

	if (SYS(prctl, PR_SET_MM, PR_SET_MM_MAP, &map, sizeof(map), 0, 0) == 0)
		return;
	SYS(prctl, PR_SET_MM, PR_SET_MM_START_DATA, data, 0, 0, 0);
	SYS(prctl, PR_SET_MM, PR_SET_MM_END_DATA, start, 0, 0, 0);
	/* One by one, and never with the start above the end: of the first two one fails, unless the break stays. */
	SYS(prctl, PR_SET_MM, PR_SET_MM_START_BRK, start, 0, 0, 0);
	SYS(prctl, PR_SET_MM, PR_SET_MM_BRK, start, 0, 0, 0);
	if (SYS(prctl, PR_SET_MM, PR_SET_MM_START_BRK, start, 0, 0, 0) != 0
	    || SYS(prctl, PR_SET_MM, PR_SET_MM_BRK, start, 0, 0, 0) != 0)
		complain("puppet: cannot set the break\n");
}

/* Counts what is not in the arena; called while that is free and there is no padding. */
static void count_mappings(void)
{
	struct mapping m;

	usual_count = lockable_kb = 0;
	for (const char *at = read_maps(SYS1(getpid, 0)); (at = next_mapping(at, &m));) {
		usual_count += m.start < task_end;
		if (!m.special && m.start != HIDDEN) /* a driver's mapping, which mlockall leaves out */
			lockable_kb += 4L * (int)((m.end - m.start) / PAGE); /* mlockall counts in an int */
	}
}

/*
 * Cuts the padding into so many mappings more. They are never touched, so they become one again
 * when nothing tells them apart.
 */
static void pad(long mappings)
{
	if (mappings == padding_now)
		return;
	SYS3(madvise, PADDING, PADDING_PAGES * PAGE, MADV_DODUMP);
	for (long i = 0; i < mappings / 2; i++)
		if (SYS3(madvise, PADDING + (2 * i + 1) * PAGE, PAGE, MADV_DONTDUMP) != 0)
			fail("cannot pad the address space");
	if (mappings & 1)
		SYS3(madvise, PADDING + (PADDING_PAGES - 1) * PAGE, PAGE, MADV_DONTDUMP);
	padding_now = mappings;
}

/* Chooses the zygote for arenas of this size with so much padding, or makes it in the place of the oldest one. */
static void choose_zygote(long padding)
{
	static struct {
		long pages, padding;
	} made[ZYGOTES];
	static int oldest;

	for (int i = 0; i < ZYGOTES; i++) {
		work->zygote = MAX_PROCESSES + i;
		if (work->process[work->zygote].pid && made[i].pages == pages_now && made[i].padding == padding)
			return;
	}
	work->zygote = MAX_PROCESSES + oldest;
	end_process(work->zygote);
	pad(padding);
	if (!start_process(work->zygote))
		fail("cannot start a process");
	pad(0);
	made[oldest].pages = pages_now;
	made[oldest].padding = padding;
	oldest = (oldest + 1) % ZYGOTES;
}

/*
 * Sets the limit on mappings in the arena, until restore_sysctl. The sysctl holds for everybody, so it stays above a
 * floor with which other programs can live; who may not write it gets as much padding as makes its value the limit.
 * To cut the padding takes a thousand calls, so a process keeps it for those that are to have it, its forks.
 */
static void limit_mappings(long max_map_count)
{
	long limit = lock_sysctl(), padding = options.map_floor - usual_count;

	padding = padding < 0 ? 0 : padding;
	if (!set_sysctl(usual_count + padding + max_map_count))
		padding = limit - usual_count - max_map_count;
	choose_zygote(padding);
}

/* Prepares for histories of so many pages and mappings; a max_map_count of 0 leaves the limit alone. */
void lay_out(long pages, long max_map_count)
{
	u64 end = ARENA + pages * PAGE;

	work->pages = pages;
	if (pages != pages_now) {
		put_fence(ARENA, above);
		put_fence(end, end + NARROW); /* where every reading of smaps ends: a wide one takes long */
		SYS2(munmap, ARENA, pages * PAGE);
		set_break(3 * pages / 4);
		count_mappings();
		pages_now = pages;
	}
	if (max_map_count)
		limit_mappings(max_map_count);
}
