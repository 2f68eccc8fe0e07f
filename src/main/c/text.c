/* Text in and out, without libc. */
#include "puppet.h"

void out_flush(void)
{
	long at = 0;

	while (at < work->out_used) {
		long n = SYS3(write, 1, work->out + at, work->out_used - at);

		if (n <= 0)
			quit(3);
		at += n;
	}
	work->out_used = 0;
	reach_host();
}

void out_char(char c)
{
	if (work->out_used == OUTPUT)
		out_flush();
	work->out[work->out_used++] = c;
}

void out(const char *text)
{
	while (*text)
		out_char(*text++);
}

/* What was written since `from`, unless it is the same as last time: then `"same"` takes its place. */
void out_changed(struct kept *kept, long from)
{
	long length = work->out_used - from;
	int changed = length != kept->length;

	for (long i = 0; !changed && i < length; i++)
		changed = work->out[from + i] != kept->text[i];
	if (!changed) {
		work->out_used = from;
		out("\"same\"");
		return;
	}
	kept->length = length <= MOST_KEPT ? length : 0;
	for (long i = 0; i < kept->length; i++)
		kept->text[i] = work->out[from + i];
}

void out_json(const char *text)
{
	static const char hex[] = "0123456789abcdef";

	out_char('"');
	for (; *text; text++) {
		unsigned char c = *text;

		if (c < ' ' || c == '"' || c == '\\') {
			out("\\u00");
			out_char(hex[c >> 4]);
			out_char(hex[c & 15]);
		} else {
			out_char(c);
		}
	}
	out_char('"');
}

void put_text(char *at, const char *text)
{
	while ((*at++ = *text++))
		;
}

char *put_number(char *at, long number)
{
	char digits[24];
	int n = 0;
	u64 rest = number < 0 ? -(u64)number : (u64)number;

	if (number < 0)
		*at++ = '-';
	do {
		digits[n++] = '0' + rest % 10;
		rest /= 10;
	} while (rest);
	while (n)
		*at++ = digits[--n];
	*at = 0;
	return at;
}

void out_number(long number)
{
	char text[24];

	put_number(text, number);
	out(text);
}

void out_key_number(const char *key, long number)
{
	out_char('"');
	out(key);
	out("\":");
	out_number(number);
}

void complain(const char *text)
{
	SYS3(write, 2, text, length(text));
}

long length(const char *text)
{
	long n = 0;

	while (text[n])
		n++;
	return n;
}

int same(const char *a, const char *b)
{
	while (*a && *a == *b)
		a++, b++;
	return *a == *b;
}

const char *read_hex(const char *at, u64 *value)
{
	for (*value = 0;; at++) {
		char c = *at;

		if (c >= '0' && c <= '9')
			*value = *value << 4 | (c - '0');
		else if (c >= 'a' && c <= 'f')
			*value = *value << 4 | (c - 'a' + 10);
		else
			return at;
	}
}

/* Reads a decimal number after blanks; without digits the value is 0 and the place stays. */
const char *read_number(const char *at, long *value)
{
	int negative;
	u64 digits = 0;

	while (*at == ' ' || *at == '\t')
		at++;
	negative = *at == '-';
	if (negative)
		at++;
	for (; *at >= '0' && *at <= '9'; at++)
		digits = digits * 10 + (*at - '0');
	*value = negative ? -digits : digits;
	return at;
}

const char *skip_to(const char *at, char c)
{
	while (*at && *at != c)
		at++;
	return at;
}

/* What follows on the first line that starts so, or null. */
const char *find_line(const char *at, const char *start)
{
	for (;;) {
		const char *a = at, *b = start;

		while (*b && *a == *b)
			a++, b++;
		if (!*b)
			return a;
		at = skip_to(at, '\n');
		if (!*at)
			return 0;
		at++;
	}
}

/* A whole file from its beginning, ended by a zero; how long, or an error. */
long read_file(int fd, char *buffer, long size)
{
	long used = 0;

	for (;;) {
		long n = SYS4(pread64, fd, buffer + used, size - 1 - used, used);

		if (n < 0)
			return n;
		used += n;
		buffer[used] = 0;
		if (n == 0 || used == size - 1)
			return used;
	}
}

/* The next line of the input into work->line, without its end; 0 if there is none. */
int read_line(void)
{
	long n = 0;

	for (;;) {
		if (work->in_at == work->in_used) {
			long got = SYS3(read, work->in_fd, work->in, sizeof(work->in));

			if (got <= 0) {
				work->line[n] = 0;
				return n > 0;
			}
			work->in_at = 0;
			work->in_used = got;
		}
		char c = work->in[work->in_at++];

		if (c == '\n') {
			work->line[n] = 0;
			return 1;
		}
		if (c != '\r' && n < LINE - 1)
			work->line[n++] = c;
	}
}

/* Without the blanks around it; cuts off those behind. */
char *trim(char *text)
{
	char *end;

	while (*text == ' ' || *text == '\t')
		text++;
	end = text + length(text);
	while (end > text && (end[-1] == ' ' || end[-1] == '\t'))
		*--end = 0;
	return text;
}
