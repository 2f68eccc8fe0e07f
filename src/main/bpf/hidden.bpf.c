/*
 * Reads what no file of /proc shows: the reverse map of anonymous memory. The puppet runs it after each call.
 *
 *   clang -O2 -g -target bpf -c hidden.bpf.c
 *
 * Of the kernel's structures only the members used are declared; where they are in the running kernel is found out
 * when this is loaded (CO-RE). Needs Linux 6.7, for the iterator over VMAs.
 */
#include <linux/bpf.h>
#include <bpf/bpf_helpers.h>
#include <bpf/bpf_core_read.h>

#include "hidden.h"

#define KERNEL __attribute__((preserve_access_index))
#define ANON_MAPPING 3UL /* the low bits of folio->mapping */
#define TAIL 1UL	 /* the low bit of page->compound_head */
#define XARRAY_NODE 3UL	 /* the low bits of what is no pointer to an entry */

typedef struct {
	int counter;
} KERNEL atomic_t;

struct list_head {
	struct list_head *next, *prev;
} KERNEL;
struct rb_node {
	unsigned long __rb_parent_color;
} KERNEL;
struct anon_vma {
	struct anon_vma *root, *parent;
	atomic_t refcount;
	unsigned long num_children, num_active_vmas;
} KERNEL;
struct anon_vma_chain {
	struct vm_area_struct *vma;
	struct anon_vma *anon_vma;
	struct list_head same_vma;
	struct rb_node rb;
} KERNEL;
struct xarray {
	void *xa_head;
} KERNEL;
struct address_space {
	struct xarray i_pages;
} KERNEL;
struct file {
	struct address_space *f_mapping;
} KERNEL;
struct vm_area_struct {
	unsigned long vm_start, vm_end, vm_pgoff;
	struct anon_vma *anon_vma;
	struct list_head anon_vma_chain;
	struct file *vm_file;
} KERNEL;
struct page {
	unsigned long compound_head;
	atomic_t _mapcount;
} KERNEL;
struct folio {
	struct address_space *mapping;
	unsigned long index;
} KERNEL;
enum pageflags { PG_anon_exclusive = 1 };

struct task_struct {
	int pid;
} KERNEL;
struct bpf_iter_task_vma {
	__u64 opaque;
} __attribute__((aligned(8)));
struct bpf_iter_num {
	__u64 opaque;
} __attribute__((aligned(8)));

extern struct task_struct *bpf_task_from_pid(int pid) __ksym;
extern void bpf_task_release(struct task_struct *task) __ksym;
extern int bpf_iter_task_vma_new(struct bpf_iter_task_vma *it, struct task_struct *task, __u64 from) __ksym;
extern struct vm_area_struct *bpf_iter_task_vma_next(struct bpf_iter_task_vma *it) __ksym;
extern void bpf_iter_task_vma_destroy(struct bpf_iter_task_vma *it) __ksym;
extern int bpf_iter_num_new(struct bpf_iter_num *it, int start, int end) __ksym;
extern int *bpf_iter_num_next(struct bpf_iter_num *it) __ksym;
extern void bpf_iter_num_destroy(struct bpf_iter_num *it) __ksym;

char LICENSE[] SEC("license") = "GPL";

struct {
	__uint(type, BPF_MAP_TYPE_ARRAY);
	__uint(map_flags, BPF_F_MMAPABLE);
	__uint(max_entries, 1);
	__type(key, __u32);
	__type(value, struct hidden);
} hidden SEC(".maps");

static __always_inline void read_link(struct hidden_link *to, struct anon_vma_chain *avc, struct vm_area_struct *vma)
{
	struct anon_vma *anon_vma = BPF_CORE_READ(avc, anon_vma);
	struct rb_node *node = __builtin_preserve_access_index(&avc->rb);

	to->anon_vma = (unsigned long)anon_vma;
	to->root = (unsigned long)BPF_CORE_READ(anon_vma, root);
	to->parent = (unsigned long)BPF_CORE_READ(anon_vma, parent);
	to->children = BPF_CORE_READ(anon_vma, num_children);
	to->active = BPF_CORE_READ(anon_vma, num_active_vmas);
	to->refcount = BPF_CORE_READ(anon_vma, refcount.counter);
	to->broken = BPF_CORE_READ(avc, vma) != vma ||
		     BPF_CORE_READ(node, __rb_parent_color) == (unsigned long)node; /* RB_EMPTY_NODE */
}

/* The iterator may give a copy of the VMA (that of 6.18.35 does), so the list tells where its own head is. */
static __always_inline enum hidden_answer read_chain(struct hidden *h, struct hidden_vma *to, struct vm_area_struct *vma)
{
	unsigned long offset = bpf_core_field_offset(struct anon_vma_chain, same_vma);
	struct list_head *at = BPF_CORE_READ(vma, anon_vma_chain.next), *head = BPF_CORE_READ(at, prev);
	struct vm_area_struct *own = (void *)head - bpf_core_field_offset(struct vm_area_struct, anon_vma_chain);
	enum hidden_answer answer = HIDDEN_TOO_MUCH;
	struct bpf_iter_num it;

	to->link = h->links;
	to->links = 0;
	bpf_iter_num_new(&it, 0, HIDDEN_LINKS);
	while (bpf_iter_num_next(&it)) {
		unsigned int n = h->links;

		if (at == head) {
			answer = HIDDEN_DONE;
			break;
		}
		if (n >= HIDDEN_LINKS)
			break;
		read_link(&h->link[n], (void *)at - offset, own);
		at = BPF_CORE_READ(at, next);
		h->links = n + 1;
		to->links++;
	}
	bpf_iter_num_destroy(&it);
	return answer;
}

static __always_inline enum hidden_answer read_vmas(struct hidden *h, struct task_struct *task)
{
	enum hidden_answer answer = HIDDEN_DONE;
	struct bpf_iter_task_vma it;
	struct vm_area_struct *vma;

	h->vmas = h->links = 0;
	if (bpf_iter_task_vma_new(&it, task, h->start))
		answer = HIDDEN_BUSY;
	while (answer == HIDDEN_DONE && (vma = bpf_iter_task_vma_next(&it))) {
		unsigned int n = h->vmas;

		if (vma->vm_start >= h->end)
			break;
		if (n >= HIDDEN_VMAS) {
			answer = HIDDEN_TOO_MUCH;
			break;
		}
		h->vma[n].start = vma->vm_start;
		h->vma[n].end = vma->vm_end;
		h->vma[n].pgoff = vma->vm_pgoff;
		h->vma[n].anon_vma = (unsigned long)BPF_CORE_READ(vma, anon_vma);
		h->vma[n].file = (unsigned long)BPF_CORE_READ(vma, vm_file, f_mapping);
		answer = read_chain(h, &h->vma[n], vma);
		h->vmas = n + 1;
	}
	bpf_iter_task_vma_destroy(&it);
	return answer;
}

static __always_inline void read_page(struct hidden *h, struct hidden_page *to, unsigned long frame)
{
	unsigned long at = h->page_structs + frame * bpf_core_type_size(struct page);
	struct page *page = (void *)at;
	unsigned long head = BPF_CORE_READ(page, compound_head);
	struct folio *folio = (void *)(head & TAIL ? head - TAIL : at);
	unsigned long flags = 0;

	/* the first word, which later kernels wrap into a structure */
	bpf_probe_read_kernel(&flags, sizeof(flags), page);
	to->exclusive = flags >> bpf_core_enum_value(enum pageflags, PG_anon_exclusive) & 1;
	bpf_probe_read_kernel(&to->flags, sizeof(to->flags), folio);
	to->mapping = (unsigned long)BPF_CORE_READ(folio, mapping);
	to->index = BPF_CORE_READ(folio, index) + (at - (unsigned long)folio) / bpf_core_type_size(struct page);
	to->mapcount = BPF_CORE_READ(page, _mapcount.counter) + 1;
}

static __always_inline void read_pages(struct hidden *h)
{
	struct bpf_iter_num it;
	int *next;

	bpf_iter_num_new(&it, 0, HIDDEN_PAGES);
	while ((next = bpf_iter_num_next(&it))) {
		unsigned int n = *next;

		if (n >= HIDDEN_PAGES || n >= h->pages)
			break;
		if (h->frame[n])
			read_page(h, &h->page[n], h->frame[n]);
	}
	bpf_iter_num_destroy(&it);
}

/*
 * Frame 0 of the puppet's message is that of the only page of a file of one page, mapped at the start. So the
 * file's page cache leads to the structure of this page, and from there to that of every other.
 */
static __always_inline enum hidden_answer calibrate(struct hidden *h, struct task_struct *task)
{
	struct bpf_iter_task_vma it;
	struct vm_area_struct *vma;
	unsigned long entry = 0;

	if (!bpf_iter_task_vma_new(&it, task, h->start)) {
		vma = bpf_iter_task_vma_next(&it);
		if (vma)
			entry = (unsigned long)BPF_CORE_READ(vma, vm_file, f_mapping, i_pages.xa_head);
	}
	bpf_iter_task_vma_destroy(&it);
	if (!entry || entry & XARRAY_NODE)
		return HIDDEN_NO_PAGE;
	h->page_structs = entry - h->frame[0] * bpf_core_type_size(struct page);
	return HIDDEN_DONE;
}

SEC("syscall")
int read_hidden(void *context)
{
	enum hidden_answer answer;
	struct task_struct *task;
	struct hidden *h;
	__u32 key = 0;

	h = bpf_map_lookup_elem(&hidden, &key);
	if (!h)
		return HIDDEN_NO_PROCESS;
	task = bpf_task_from_pid(h->pid);
	if (!task)
		return HIDDEN_NO_PROCESS;
	if (h->job == HIDDEN_CALIBRATE) {
		answer = calibrate(h, task);
	} else {
		answer = read_vmas(h, task);
		read_pages(h);
	}
	bpf_task_release(task);
	return answer;
}
