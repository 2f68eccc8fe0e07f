/*
 * puppet: executes histories of system calls on the running kernel and writes after each call what it observes.
 *
 *   cc -O2 -Wall -Wextra -ffreestanding -fno-stack-protector -fno-tree-loop-distribute-patterns -fpie \
 *      -nostdlib -static -no-pie -Wl,-Ttext-segment=0x500000000000 -o puppet *.c
 *   puppet [--about] [--session] [--levels 1,2,3,4,5] [--no-flags] [--cpu N] [--seconds N] [--map-floor N] [FILE]
 *
 * Histories (their text form, separated by lines `---`) come from FILE or standard input; one JSON document a line
 * goes to standard output, written out at the end of each history. Levels: 1 results, 2 VMAs, 3 pages,
 * 4 hidden fields (only if started by lend.c), 5 accounting. The program is linked at HOME, without libc, so that its own mappings are few and far from the arena.
 * With --about the first line tells
 * what kernel it is and what it lets a puppet do and see; --session keeps signals of the terminal away. init.c tells how it runs in User Mode Linux.
 */
#include <linux/sysinfo.h>
#include <linux/utsname.h>

#include "puppet.h"

#define STACK 65536

struct options options = {
	.results = 1, .vmas = 1, .flags = 1, .pages = 1, .accounting = 1, .map_floor = 2000, .cpu = -1, .seconds = 5,
};
__attribute__((aligned(16))) char own_stack[STACK];

__asm__(".text\n.globl _start\n_start: xor %ebp, %ebp\n mov %rsp, %rdi\n lea own_stack+65536(%rip), %rsp\n"
	"call begin\n hlt\n");
void begin(long *stack);

void quit(int status)
{
	restore_sysctl();
	SYS1(exit_group, status);
	__builtin_unreachable();
}

static void usage(void)
{
	complain("usage: puppet [--about] [--session] [--levels 1,2,3,4,5] [--no-flags] [--cpu N] [--seconds N] [--map-floor N] [FILE]\n");
	quit(2);
}

static void choose_levels(const char *text)
{
	options.vmas = options.pages = options.hidden = options.accounting = 0;
	for (; *text; text++) {
		if (*text == '2')
			options.vmas = 1;
		else if (*text == '3')
			options.pages = 1;
		else if (*text == '4')
			options.hidden = 1;
		else if (*text == '5')
			options.accounting = 1;
		else if (*text != ',' && *text != '1')
			usage();
	}
}

static void read_options(char **arg)
{
	while (*arg) {
		const char *name = *arg++;
		long *number = same(name, "--cpu") ? &options.cpu
			: same(name, "--seconds") ? &options.seconds
			: same(name, "--map-floor") ? &options.map_floor : 0;

		if (*skip_to(name, '=')) {
			continue; /* of the kernel's command line */
		} else if (same(name, "--no-flags")) {
			options.flags = 0;
		} else if (same(name, "--about")) {
			options.about = 1;
		} else if (same(name, "--session")) {
			SYS1(setsid, 0);
		} else if (number || same(name, "--levels")) {
			if (!*arg)
				usage();
			if (number)
				read_number(*arg++, number);
			else
				choose_levels(*arg++);
		} else if (name[0] == '-' && name[1]) {
			usage();
		} else {
			options.file = name;
		}
	}
}

/* ---- histories ---- */
static long index;	   /* of this history */
static int begun, stopped; /* this history has had a line; had an error */

static void finish_history(void)
{
	end_all();
	restore_sysctl();
	close_files();
	out_flush();
	index += begun;
	begun = stopped = 0;
	control->holes = 0;
	work->writes = 0;
	work->pages = 64;
	work->max_map_count = 0;
}

static void begin_line(void)
{
	if (begun)
		return;
	begun = 1;
	out("{");
	out_key_number("h", index);
	out("}\n");
}

static void report_error(const char *error, const char *text)
{
	out("{\"error\":");
	out_json(error);
	out(",\"call\":");
	out_json(text);
	out("}\n");
	stopped = 1;
	end_all();
}

/* A line `key: value` before the first call; 0 if it is something else. */
static int take_header(const char *line)
{
	const char *value = find_line(line, "pages:");

	if (value && skip_to(line, '\n') > value) {
		read_number(value, &work->pages);
		if (work->pages < 4 || work->pages > MAX_PAGES)
			report_error("pages must be from 4 to 500", line);
		return 1;
	}
	value = find_line(line, "max-map-count:");
	if (value) {
		read_number(value, &work->max_map_count);
		return 1;
	}
	return line[0] != 'P' && line[0] != 'e'; /* other keys are for others */
}

static void take_call(char *line)
{
	struct call call;
	char result[40];
	const char *error;

	if (work->processes == 0) {
		lay_out(work->pages, work->max_map_count);
		work->processes = 1;
		if (!start_process(0)) {
			report_error("cannot start a process", line);
			return;
		}
	}
	parse_call(line, &call);
	if (call.wrong) {
		complain("puppet: does not parse: ");
		complain(call.wrong);
		complain("\n");
		report_error("does not parse", work->text);
		return;
	}
	error = perform(&call, result);
	if (error) {
		report_error(error, call.text);
		return;
	}
	out("{\"call\":");
	out_json(call.text);
	out(",\"result\":\"");
	out(result);
	out_char('"');
	observe();
	out("}\n");
}

static void take_line(char *line)
{
	while (*line == ' ' || *line == '\t')
		line++;
	if (same(line, "---")) {
		begin_line();
		finish_history();
		return;
	}
	if (!*line || *line == '#')
		return;
	begin_line();
	if (stopped || (work->processes == 0 && take_header(line)))
		return;
	take_call(line);
}

static void tell_about(void)
{
	struct new_utsname system = {0};
	struct sysinfo memory = {0};

	SYS1(uname, &system);
	SYS1(sysinfo, &memory);
	out("{\"kernel\":");
	out_json(system.release);
	out(sees_frames() ? ",\"frames\":true" : ",\"frames\":false");
	out(memory.totalswap ? ",\"swap\":true}\n" : ",\"swap\":false}\n");
	out_flush();
}

void begin(long *stack)
{
	read_options((char **)stack + 2);
	if (SYS1(getpid, 0) == 1)
		become_init();
	install_handlers();
	stay_on_one_cpu();
	int in = options.file ? SYS3(open, options.file, 0, 0) : 0;

	if (in < 0) {
		complain("puppet: cannot open the file\n");
		quit(2);
	}
	settle();
	work->in_fd = in;
	for (int f = 0; f < 4; f++)
		work->file[f] = -1;
	finish_history();
	lay_out(64, 0);
	find_zero_page();
	calibrate_hidden();
	if (options.about)
		tell_about();
	while (read_line())
		take_line(work->line);
	finish_history();
	quit(0);
}
