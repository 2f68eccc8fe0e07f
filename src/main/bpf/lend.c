/*
 * lend OBJECT PROGRAM [ARGUMENT ...]: loads the BPF program in the file OBJECT and becomes PROGRAM, which is lent
 * the descriptors of the program and of its map: 100 and 101.
 *
 *   cc -O2 -Wall -Wextra -o lend lend.c -lbpf
 */
#include <bpf/libbpf.h>
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <unistd.h>

#define PROGRAM 100
#define MAP 101
#define FAILED 3

static char last[400]; /* what libbpf warned of most lately */

static int listen(enum libbpf_print_level level, const char *format, va_list arguments)
{
	if (level == LIBBPF_WARN)
		vsnprintf(last, sizeof(last), format, arguments);
	return 0;
}

static int fail(const char *what)
{
	fprintf(stderr, "%s: %s; %s\n", what, strerror(errno), last);
	return FAILED;
}

int main(int count, char **arguments)
{
	struct bpf_object *object;
	struct bpf_program *program;
	int map;

	if (count < 3) {
		fprintf(stderr, "usage: lend OBJECT PROGRAM [ARGUMENT ...]\n");
		return 2;
	}
	libbpf_set_print(listen);
	object = bpf_object__open_file(arguments[1], 0);
	if (!object)
		return fail("cannot open the BPF program");
	if (bpf_object__load(object))
		return fail("this kernel does not take the BPF program");
	program = bpf_object__find_program_by_name(object, "read_hidden");
	map = bpf_object__find_map_fd_by_name(object, "hidden");
	if (!program || dup2(bpf_program__fd(program), PROGRAM) < 0 || dup2(map, MAP) < 0)
		return fail("cannot lend the BPF program");
	execv(arguments[2], arguments + 2);
	return fail("cannot run the puppet");
}
