/* Processes as /proc shows them (proc(5)). */
#ifndef PM_PROCESSES_H
#define PM_PROCESSES_H

#include <linux/types.h>

struct process {
    int pid, parent, group;
    int threads;
    __u64 start;             /* clock ticks since boot: with the pid, the process's identity */
    unsigned char dead;      /* a zombie without a living thread */
    unsigned char ours;      /* a descendant of this process */
    unsigned char signalled; /* has had this round's signal, or refused it */
    unsigned char killed;    /* has had SIGKILL */
};

/* Rows in the order in which they were added, and an index by pid behind them. */
struct processes {
    struct process *rows;
    unsigned count, capacity;
};

/* The folder of a process: the descriptor stands for this very process, also when its pid is used again. */
int process_open(int proc, int pid);

/* Fills in the process from its folder; 0 or -errno (ESRCH, ENOENT: it is gone). */
int process_read(int folder, struct process *process);

/* Signals the process of the folder, just read; by kill(2) only where the kernel has no pidfd_send_signal(2). */
int process_signal(int folder, int pid, int signal);

/*
 * Reads the pids of the children of a process from its folder, zombies too (/proc/pid/task/tid/children, proc(5)); take
 * is called with each. The kernel may leave out some when a child is reaped meanwhile. 0 or -errno: -ENOENT and -ESRCH
 * when the process has ended, or where the kernel was built without CONFIG_PROC_CHILDREN.
 */
int process_children(int folder, const struct process *process, void (*take)(void *to, int pid), void *to);

/* Removes all rows. */
void processes_clear(struct processes *all);

struct process *processes_find(const struct processes *all, int pid);

/* Adds a row; 0, -EEXIST, or -ENOMEM. Rows may move. */
int processes_add(struct processes *all, const struct process *process);

#endif
