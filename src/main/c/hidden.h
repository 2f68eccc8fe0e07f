/*
 * What the puppet and the BPF program hidden.bpf.c tell each other: a map that both have in their memory. Addresses
 * are the kernel's; all that counts is which of them are equal.
 */
#ifndef HIDDEN_H
#define HIDDEN_H

#define HIDDEN_PAGES 512
#define HIDDEN_VMAS 1024
#define HIDDEN_LINKS 4096

enum hidden_job { HIDDEN_CALIBRATE, HIDDEN_OBSERVE };
enum hidden_answer { HIDDEN_DONE, HIDDEN_NO_PROCESS, HIDDEN_BUSY, HIDDEN_TOO_MUCH, HIDDEN_NO_PAGE };

struct hidden_vma {
	unsigned long start, end, pgoff, anon_vma, file; /* file: its address_space */
	unsigned int link, links; /* its chain, from the head of the list */
};

/* One anon_vma_chain with the anon_vma at its other end. */
struct hidden_link {
	unsigned long anon_vma, root, parent, children, active;
	unsigned int refcount;
	unsigned int broken; /* whether it names another VMA, or is in no tree */
};

struct hidden_page {
	unsigned long mapping, index, flags; /* of the folio */
	int mapcount;			     /* of the page */
	int exclusive;
};

struct hidden {
	/* from the puppet */
	unsigned int job, pid, pages;
	unsigned long start, end;	   /* of the arena */
	unsigned long frame[HIDDEN_PAGES]; /* by page; 0: none */
	/* from the program */
	unsigned long page_structs; /* where that of frame 0 is; set by HIDDEN_CALIBRATE */
	unsigned int vmas, links;
	struct hidden_vma vma[HIDDEN_VMAS];
	struct hidden_link link[HIDDEN_LINKS];
	struct hidden_page page[HIDDEN_PAGES];
};

#endif
