/*
 * Shared by the files of the puppet: a program without libc that executes histories of system calls
 * on the running kernel and writes down what it observes after each call. puppet.c says how to build it.
 */
#ifndef PUPPET_H
#define PUPPET_H

#include <asm/unistd.h>

typedef unsigned int u32;
typedef unsigned long u64;

#define PAGE 4096L
#ifndef ARENA
#define ARENA 0x10000000000L /* page 0 of every history */
#endif
#ifndef HOME
#define HOME 0x500000000000L /* the program is linked here, far above the arena */
#endif
#define CONTROL (HOME + 0x1000000000L) /* shared with the processes of a history */
#define WORK (HOME + 0x2000000000L)	   /* the controller's own memory */
#define HIDDEN (WORK + 0x10000000L)	   /* what a BPF program tells, see hidden.c */
#define SEEN (WORK + 0x11000000L)
#define PADDING (HOME - 0x1000000000L) /* one mapping, or many that fill up the map count */
#define PADDING_PAGES 0x40000L

#define MAX_PAGES 500 /* less than 2 MiB, so no huge page fits into the arena */
#define MAX_PROCESSES 256
#define ZYGOTES 4 /* processes that start those of histories with a limit on mappings */
#define NONE (-1L)
#define HIDDEN_PROGRAM 100 /* descriptors from lend.c */
#define HIDDEN_MAP 101

/* ---- system calls ---- */
static inline long sys6(long nr, long a, long b, long c, long d, long e, long f)
{
	register long r10 __asm__("r10") = d;
	register long r8 __asm__("r8") = e;
	register long r9 __asm__("r9") = f;
	long result;

	__asm__ volatile("syscall"
			 : "=a"(result)
			 : "a"(nr), "D"(a), "S"(b), "d"(c), "r"(r10), "r"(r8), "r"(r9)
			 : "rcx", "r11", "memory");
	return result;
}
#define SYS(name, a, b, c, d, e, f) \
	sys6(__NR_##name, (long)(a), (long)(b), (long)(c), (long)(d), (long)(e), (long)(f))
#define SYS1(name, a) SYS(name, a, 0, 0, 0, 0, 0)
#define SYS2(name, a, b) SYS(name, a, b, 0, 0, 0, 0)
#define SYS3(name, a, b, c) SYS(name, a, b, c, 0, 0, 0)
#define SYS4(name, a, b, c, d) SYS(name, a, b, c, d, 0, 0)

/* ---- one call of a history (parse.c) ---- */
enum kind { SYSCALL, FORK, EXIT, EXECVE, READ, WRITE, SWAPIN, SKIPPED };
enum gives { A_NUMBER, AN_ADDRESS };

struct call {
	enum kind kind;
	enum gives gives;
	int process;
	long nr;	 /* of the system call */
	long arg[6];	 /* as the kernel takes them; of READ, WRITE, SWAPIN the address */
	int locks_all;	 /* 1: mlockall of what is mapped, -1: munlockall */
	const char *text; /* without the expected result */
	const char *wrong; /* what does not parse, or null */
};

/* ---- what a controller and its processes share (process.c) ---- */
struct control {
	u32 done;
	u32 go[MAX_PROCESSES + ZYGOTES];
	int child; /* the number of the next process */
	int controller; /* its pid */
	u32 holes; /* whether a child may lack what its parent has (MADV_DONTFORK) */
	u32 clean; /* whether a new process has got rid of what it should not see */
	struct call call;
	long result, signal;
};
static struct control *const control = (struct control *)CONTROL;

/* ---- the controller's memory: shared, so that forks do not copy it ---- */
#define MOST_KEPT 2000

/* What was last written about one thing, if it was not too long. */
struct kept {
	int length;
	char text[MOST_KEPT];
};

struct process {
	int pid; /* 0: not there */
	int smaps, pagemap, mem, status;
	int vmas; /* in the arena when last seen */
	long size, data, stack, code; /* kB before the first call */
	long locked_outside;	     /* kB locked by mlockall outside the arena */
	struct kept kept_vmas, kept_pages;
};

#define OUTPUT (1 << 18)
#define LINE 4096
struct work {
	char out[OUTPUT];
	char in[1 << 16];
	char buffer[1 << 16]; /* for files of /proc */
	char line[LINE];
	char text[LINE];
	u64 pagemap[MAX_PAGES];
	long value[MAX_PAGES]; /* what stands in the pages */
	char rest[PAGE];       /* of them, which nobody looks at */
	long out_used, in_used, in_at;
	int in_fd;
	int processes; /* how many were created in this history */
	struct process process[MAX_PROCESSES + ZYGOTES];
	int file[4]; /* open descriptions F0 to F3, or -1 */
	long inode[2];
	long writes; /* in this history */
	long pages, max_map_count;
	int zygote; /* the one for this history, a number of a process */
	long own_limit, usual_limit; /* what vm.max_map_count is set to now, or 0; and what it was */
};
static struct work *const work = (struct work *)WORK;

struct options {
	int results, vmas, flags, pages, hidden, accounting; /* what to observe */
	int about;				     /* tell first what kernel this is */
	long map_floor;				     /* never set vm.max_map_count below */
	long cpu;
	long seconds; /* for one call */
	const char *file;
};
extern struct options options;

/* text.c */
void out_char(char c);
void out(const char *text);
void out_json(const char *text);
void out_changed(struct kept *kept, long from);
void out_number(long number);
void out_key_number(const char *key, long number);
void out_flush(void);
void complain(const char *text);
int same(const char *a, const char *b);
long length(const char *text);
const char *read_hex(const char *at, u64 *value);
const char *read_number(const char *at, long *value);
const char *skip_to(const char *at, char c);
const char *find_line(const char *at, const char *start);
char *trim(char *text);
void put_text(char *at, const char *text);
char *put_number(char *at, long number);
long read_file(int fd, char *buffer, long size);
int read_line(void);

/* parse.c */
void parse_call(char *line, struct call *call);

/* space.c */
void settle(void);
void lay_out(long pages, long max_map_count);
void fail(const char *text);
extern u64 task_end;
extern long lockable_kb; /* what mlockall locks besides the arena */

/* lru.c */
void stay_on_one_cpu(void);
void drain_lru_batches(void);
void await_swap_writes(void);

/* sysctl.c */
long lock_sysctl(void);
int set_sysctl(long limit);
void restore_sysctl(void);

/* process.c */
#define EXIT_BROKEN 99
extern int me; /* my number, in a process of a history; -1 in the controller */
int start_process(int number);
void end_process(int number);
void end_all(void);
const char *perform(struct call *call, char *result);

/* signal.c: an access gives 0 or the signal that it got */
#pragma GCC visibility push(hidden)
long probe_read(long address, long *value);
long probe_write(long address, long value);
#pragma GCC visibility pop
void install_handlers(void);

/* result.c */
void put_result(const struct call *call, char *at);

/* files.c */
void open_files(void);
void close_files(void);

/* observe.c */
u64 frame_of(u64 entry);
void find_zero_page(void);
int sees_frames(void);
void open_proc(int number);
void close_proc(int number);
void observe(void);

/* accounting.c */
void take_baseline(int number);
void inherit_baseline(int number, int parent);
void out_accounting(int number);

/* hidden.c */
void map_hidden(void);
void calibrate_hidden(void);
void begin_hidden(void);
void out_hidden(const struct process *p);
void out_anon_vmas(void);

/* init.c */
void become_init(void);
long clone_cleanly(long (*clone)(long), long flags);
void reach_host(void);

/* puppet.c */
__attribute__((noreturn)) void quit(int status);

#endif
