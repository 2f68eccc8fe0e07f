/*
 * The kernel puts pages on its LRU lists in batches, one of each kind for each CPU, and a page in a batch is held by it:
 * what MADV_FREE and MADV_PAGEOUT do to the page, and whether a write reuses it, depends on that. Emptied before every
 * call, the batches make no history depend on what others did before.
 */
#include <asm/mman.h>

#include "puppet.h"

#define MOST_CPUS 1024

struct cpus {
	u64 bits[MOST_CPUS / 64];
};

static struct cpus own;
static u32 others[MOST_CPUS], number_of_others;

static void add(struct cpus *cpus, u32 cpu)
{
	cpus->bits[cpu / 64] |= 1UL << cpu % 64;
}

static int go_to(const struct cpus *cpus)
{
	return SYS3(sched_setaffinity, 0, sizeof(*cpus), cpus) == 0;
}

/* One CPU for all: the processes take turns anyhow, and a page just written is then never in another CPU's batch. */
void stay_on_one_cpu(void)
{
	u32 here = 0;

	if (options.cpu >= 0)
		here = options.cpu % MOST_CPUS;
	else
		SYS3(getcpu, &here, 0, 0);
	add(&own, here);
	for (u32 cpu = 0; options.pages && cpu < MOST_CPUS; cpu++) {
		struct cpus one = {{0}};

		add(&one, cpu);
		if (cpu != here && go_to(&one))
			others[number_of_others++] = cpu;
	}
	go_to(&own);
}

void drain_lru_batches(void)
{
	SYS3(madvise, PADDING, PAGE, MADV_COLD);
}

/*
 * MADV_PAGEOUT begins to write the page and does not wait. Until that is done the page cannot be paged out again; a
 * disk takes about 100 us, and nobody tells when it is ready. Then the page can be in a batch of the CPU that took the
 * disk's interrupt (folio_rotate_reclaimable).
 */
void await_swap_writes(void)
{
	struct {
		long seconds, nanos;
	} wait = {0, 200000};

	SYS2(nanosleep, &wait, 0);
	for (u32 i = 0; i < number_of_others; i++) {
		struct cpus one = {{0}};

		add(&one, others[i]);
		go_to(&one);
		drain_lru_batches();
	}
	if (number_of_others > 0)
		go_to(&own);
}
