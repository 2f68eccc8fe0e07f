/* What /proc/PID/status counts, as changes since a process was new. */
#include "puppet.h"

static long amount(const char *status, const char *key)
{
	const char *at = find_line(status, key);
	long kb = 0;

	if (at)
		read_number(at, &kb);
	return kb;
}

static long read_accounting(int number, struct process *now)
{
	const char *text = work->buffer;

	if (read_file(work->process[number].status, work->buffer, sizeof(work->buffer)) <= 0)
		return 0;
	text = find_line(text, "VmSize:"); /* the others come after it */
	if (!text)
		return 0;
	read_number(text, &now->size);
	now->locked_outside = amount(text, "VmLck:");
	now->data = amount(text, "VmData:");
	now->stack = amount(text, "VmStk:");
	now->code = amount(text, "VmExe:") + amount(text, "VmLib:");
	return 1;
}

void take_baseline(int number)
{
	struct process *p = &work->process[number], now = {0};

	if (!options.accounting || !read_accounting(number, &now))
		return;
	p->size = now.size;
	p->data = now.data;
	p->stack = now.stack;
	p->code = now.code;
}

void inherit_baseline(int number, int parent)
{
	struct process *p = &work->process[number], *from = &work->process[parent];

	p->size = from->size;
	p->data = from->data;
	p->stack = from->stack;
	p->code = from->code;
}

void out_accounting(int number)
{
	struct process *p = &work->process[number], now = {0};

	if (!read_accounting(number, &now))
		return;
	out_char(',');
	out_key_number("size", (now.size - p->size) / 4);
	out_char(',');
	out_key_number("lck", (now.locked_outside - p->locked_outside) / 4);
	out_char(',');
	out_key_number("data", (now.data - p->data) / 4);
	out_char(',');
	out_key_number("stk", (now.stack - p->stack) / 4);
	out_char(',');
	out_key_number("exec", (now.code - p->code) / 4);
}
