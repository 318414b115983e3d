#include "sweep.h"
#include "directory.h"
#include "syscall.h"
#include "text.h"

void sweep_begin(struct sweep *sweep)
{
    processes_clear(&sweep->now);
    processes_clear(&sweep->before);
    sweep->reached = sweep->refused = 0;
    sweep->error = 0;
}

/* Counts what came of a signal. Who is gone meanwhile is nobody's failure. */
static int count(struct sweep *sweep, int error)
{
    if (error == 0)
        sweep->reached++;
    else if (error != -ESRCH && error != -ENOENT) {
        sweep->refused++;
        sweep->error = error;
    }
    return error;
}

static void signal_new(struct sweep *sweep, struct process *process, int folder, int signal, int skipped)
{
    process->ours = 1;
    process->signalled = 1;
    if (process->dead)
        return;
    count(sweep, signal == 0 || process->group == skipped ? 0 : process_signal(folder, process->pid, signal));
}

/* Still the process of this row, and not another that has its pid now? */
static int unchanged(const struct sweep *sweep, const struct process *process)
{
    struct process now = { 0 };
    int folder = process_open(sweep->proc, process->pid);
    int error = folder < 0 ? folder : process_read(folder, &now);
    if (folder >= 0)
        sys_close(folder);
    return error == 0 && now.start == process->start;
}

/*
 * A descendant, if its parent is one. That row was read earlier: had the parent died since, its pid might be a
 * stranger's by now, so it is looked at again. (Our own children cannot vanish: only we reap them.)
 */
static int descends(struct sweep *sweep, const struct process *process)
{
    const struct process *parent;
    if (process->parent == sweep->self)
        return 1;
    parent = processes_find(&sweep->now, process->parent);
    if (!parent || !parent->ours)
        return 0;
    if (unchanged(sweep, parent))
        return 1;
    sweep->unsettled = 1;
    return 0;
}

static void carry_over(const struct sweep *sweep, struct process *process)
{
    const struct process *old = processes_find(&sweep->before, process->pid);
    if (!old || old->start != process->start)
        return;
    process->signalled = old->signalled;
    process->killed = old->killed;
}

/* Remembers what a pass has found; one that cannot be remembered must not look new in every pass. */
static unsigned remember(struct sweep *sweep, const struct process *process, unsigned fresh)
{
    int error = processes_add(&sweep->now, process);
    if (error == -EEXIST)
        sweep->unsettled = 1; /* listed twice: the pid was used again while we looked */
    else if (error < 0) {
        sweep->error = error;
        return 0;
    }
    return fresh;
}

static int is_gone(int error)
{
    return error == -ENOENT || error == -ESRCH;
}

/* Looks at a process whose folder is open; 1 if it is a descendant that was signalled now for the first time. */
static unsigned examine(struct sweep *sweep, struct process *process, int folder, int signal, int skipped)
{
    unsigned fresh;
    carry_over(sweep, process);
    process->ours = descends(sweep, process) != 0;
    fresh = process->ours && !process->signalled;
    if (fresh)
        signal_new(sweep, process, folder, signal, skipped);
    return fresh;
}

/* Looks at one process of /proc. */
static unsigned look_at(struct sweep *sweep, int pid, int signal, int skipped)
{
    struct process process = { .pid = pid };
    unsigned fresh = 0;
    int folder = process_open(sweep->proc, pid);
    int error = folder < 0 ? folder : process_read(folder, &process);
    if (error == 0)
        fresh = remember(sweep, &process, examine(sweep, &process, folder, signal, skipped));
    else if (!is_gone(error))
        sweep->error = error;
    if (folder >= 0)
        sys_close(folder);
    return fresh;
}

/* Children may have a lower pid than their parent, once pids have wrapped around: those were met too early. */
static unsigned look_again(struct sweep *sweep, int signal, int skipped)
{
    unsigned i, found, fresh = 0;
    do {
        found = 0;
        for (i = 0; i < sweep->now.count; i++) {
            struct process *row = &sweep->now.rows[i];
            struct process now = { .pid = row->pid };
            int folder;
            if (row->ours || !descends(sweep, row))
                continue;
            folder = process_open(sweep->proc, row->pid);
            if (folder >= 0 && process_read(folder, &now) == 0 && now.start == row->start) {
                found++;
                row->ours = 1;
                if (!row->signalled) {
                    fresh++;
                    signal_new(sweep, row, folder, signal, skipped);
                }
            }
            if (folder >= 0)
                sys_close(folder);
        }
    } while (found > 0);
    return fresh;
}

static unsigned look_at_all(struct sweep *sweep, int signal, int skipped)
{
    struct directory proc;
    const char *name;
    unsigned fresh = 0;
    directory_read(&proc, sweep->proc);
    while ((name = directory_next(&proc))) {
        int pid = text_to_number(name);
        if (pid > 0)
            fresh += look_at(sweep, pid, signal, skipped);
    }
    fresh += look_again(sweep, signal, skipped);
    if (proc.error < 0)
        sweep->error = proc.error;
    return fresh;
}

/* Somebody's child, to be looked at later in this pass. One that changes its parent meanwhile may be listed twice. */
static void add_candidate(void *to, int pid)
{
    struct sweep *sweep = to;
    struct process process = { .pid = pid };
    int error = processes_add(&sweep->now, &process);
    if (error < 0 && error != -EEXIST)
        sweep->error = error;
}

static void list_children(struct sweep *sweep, int folder, const struct process *process)
{
    int error = process_children(folder, process, add_candidate, sweep);
    if (is_gone(error))
        sweep->vanished = 1;
    else if (error < 0)
        sweep->error = error;
}

/* Looks at a candidate: signals it first, so that a stopped one has no more children than it lists then. */
static unsigned look_at_candidate(struct sweep *sweep, unsigned row, int signal, int skipped)
{
    struct process process = { .pid = sweep->now.rows[row].pid };
    unsigned fresh = 0;
    int folder = process_open(sweep->proc, process.pid);
    int error = folder < 0 ? folder : process_read(folder, &process);
    if (error == 0) {
        fresh = examine(sweep, &process, folder, signal, skipped);
        sweep->now.rows[row] = process;
        if (process.ours && !process.dead)
            list_children(sweep, folder, &process);
    }
    if (is_gone(error) || (error == 0 && !process.ours))
        sweep->vanished = 1;
    else if (error < 0)
        sweep->error = error;
    if (folder >= 0)
        sys_close(folder);
    return fresh;
}

static unsigned look_at_candidates(struct sweep *sweep, unsigned from, int signal, int skipped)
{
    unsigned fresh = 0;
    for (; from < sweep->now.count; from++)
        fresh += look_at_candidate(sweep, from, signal, skipped);
    return fresh;
}

/* 0, or -errno: this kernel has no lists of children, or they cannot be read. */
static int list_our_own(struct sweep *sweep)
{
    struct process self = { .pid = sweep->self, .threads = 1 };
    int error, folder = process_open(sweep->proc, sweep->self);
    if (folder < 0)
        return folder;
    error = process_children(folder, &self, add_candidate, sweep);
    sys_close(folder);
    return error;
}

/* Those whom the last pass found, and no list has now. */
static void add_the_missed(struct sweep *sweep)
{
    unsigned i;
    for (i = 0; i < sweep->before.count; i++)
        if (sweep->before.rows[i].ours && !sweep->before.rows[i].dead)
            add_candidate(sweep, sweep->before.rows[i].pid);
}

unsigned sweep_pass(struct sweep *sweep, int signal, int skipped)
{
    struct processes old = sweep->before;
    unsigned fresh, listed;
    sweep->before = sweep->now;
    sweep->now = old;
    processes_clear(&sweep->now);
    sweep->unsettled = sweep->vanished = 0;
    if (list_our_own(sweep) < 0) {
        processes_clear(&sweep->now);
        return look_at_all(sweep, signal, skipped);
    }
    fresh = look_at_candidates(sweep, 0, signal, skipped);
    listed = sweep->now.count;
    add_the_missed(sweep);
    return fresh + look_at_candidates(sweep, listed, signal, skipped);
}

int sweep_round(struct sweep *sweep, int signal, int skipped, unsigned passes)
{
    int settled = 0;
    sweep_begin(sweep);
    for (; passes > 0; passes--) {
        settled = sweep_pass(sweep, signal, skipped) == 0 && !sweep->unsettled;
        if (settled && !sweep->vanished)
            break;
    }
    return settled ? 0 : -EAGAIN;
}

/* The row was read a moment ago: the signal goes only to the process that it describes. */
static int kill_row(const struct sweep *sweep, const struct process *row)
{
    struct process now = { 0 };
    int folder = process_open(sweep->proc, row->pid);
    int error = folder < 0 ? folder : process_read(folder, &now);
    if (error == 0)
        error = now.start == row->start ? process_signal(folder, row->pid, SIGKILL) : -ESRCH;
    if (folder >= 0)
        sys_close(folder);
    return error;
}

unsigned sweep_kill(struct sweep *sweep)
{
    unsigned i, fresh = 0;
    sweep->reached = sweep->refused = 0;
    for (i = 0; i < sweep->now.count; i++) {
        struct process *row = &sweep->now.rows[i];
        if (!row->ours || row->dead)
            continue;
        if (count(sweep, kill_row(sweep, row)) == 0 && !row->killed) {
            row->killed = 1;
            fresh++;
        }
    }
    return fresh;
}
