#include "cgroup.h"
#include "directory.h"
#include "processes.h"
#include "steps.h"
#include "syscall.h"
#include "text.h"

/* Another name in a test's build leaves a kernel that has the file without it, so that the other way is taken. */
#ifndef KILL_FILE
#define KILL_FILE "cgroup.kill"
#endif

/* Each level of a walk takes a descriptor and some stack: deeper nesting is left alone (and reported by the rest). */
#define NESTING_LIMIT 1000
/* /proc/pid/cgroup: a line for each v1 hierarchy, and one for v2, which is the last (cgroups(7)). */
#define MEMBERSHIP_BYTES 16384

struct membership {
    char text[MEMBERSHIP_BYTES];
};

int cgroup_join(int folder)
{
    return write_to(folder, "cgroup.procs", "0"); /* 0 stands for the writer */
}

/* The v2 path of a process: what follows "0::" at the start of a line. NULL: no v2, or not readable. */
static char *read_path(int folder, const char *file, struct membership *m)
{
    long size, filled = 0;
    char *line;
    int fd = sys_openat(folder, file, O_RDONLY);
    if (fd < 0)
        return NULL;
    while ((size = sys_read(fd, m->text + filled, MEMBERSHIP_BYTES - 1 - (size_t)filled)) > 0)
        filled += size;
    sys_close(fd);
    m->text[filled] = 0;
    for (line = m->text; *line; line++)
        if ((line == m->text || line[-1] == '\n') && text_starts_with(line, "0::"))
            return line + 3;
    return NULL;
}

/* Our own path, and its last component. */
static char *own_path(struct membership *m, char **last)
{
    char *path = read_path(AT_FDCWD, "/proc/self/cgroup", m), *c;
    if (!path)
        return NULL;
    *last = path;
    for (c = path; *c && *c != '\n'; c++)
        if (*c == '/')
            *last = c + 1;
    *c = 0;
    return path;
}

/* Our own path with its last component replaced by the sibling's name: "/a/b/guard" gives "/a/b/run". */
static const char *sibling_path(const char *name)
{
    static struct membership own;
    char *end, *path = own_path(&own, &end);
    if (!path || path + text_length(path) + text_length(name) + 1 >= own.text + MEMBERSHIP_BYTES)
        return NULL;
    while ((*end++ = *name++))
        ;
    return path;
}

/*
 * A pid from cgroup.procs may be another process's by the time it is signalled. So: first its folder in /proc, which
 * is bound to one process; then is that one in the group; then the signal through the same folder.
 */
static void kill_member(int proc, int pid, const char *group)
{
    static struct membership membership;
    int folder = process_open(proc, pid);
    const char *path;
    char after;
    if (folder < 0)
        return;
    path = read_path(folder, "cgroup", &membership);
    if (path && text_starts_with(path, group)) {
        after = path[text_length(group)];
        if (after == '/' || after == '\n')
            process_signal(folder, pid, SIGKILL);
    }
    sys_close(folder);
}

static void kill_members(int proc, int folder, const char *group)
{
    char text[512];
    long size, i;
    int pid = 0;
    int fd = sys_openat(folder, "cgroup.procs", O_RDONLY);
    if (fd < 0)
        return;
    while ((size = sys_read(fd, text, sizeof text)) > 0)
        for (i = 0; i < size; i++)
            if (text[i] != '\n')
                pid = pid * 10 + (text[i] - '0');
            else {
                if (pid > 0) /* 0: a process outside our PID namespace */
                    kill_member(proc, pid, group);
                pid = 0;
            }
    sys_close(fd);
}

static void kill_all(int proc, int folder, const char *group, int nesting)
{
    struct directory entries;
    const char *name;
    kill_members(proc, folder, group);
    if (nesting == NESTING_LIMIT)
        return;
    directory_read(&entries, folder);
    while ((name = directory_next(&entries))) {
        int below = entries.is_folder ? sys_openat(folder, name, O_RDONLY | O_DIRECTORY) : -1;
        if (below >= 0) {
            kill_all(proc, below, group, nesting + 1);
            sys_close(below);
        }
    }
}

/* Frozen processes do not fork, and SIGKILL ends them all the same (cgroup-v2.rst, cgroup.freeze). */
void cgroup_kill_one_by_one(int folder, const char *name)
{
    const char *group = sibling_path(name);
    int proc = sys_openat(AT_FDCWD, "/proc", O_RDONLY | O_DIRECTORY);
    write_to(folder, "cgroup.freeze", "1");
    if (group && proc >= 0)
        kill_all(proc, folder, group, 0);
    if (proc >= 0)
        sys_close(proc);
}

void cgroup_kill(int folder, const char *name)
{
    /* Linux 5.14; some distributions lack it, and threaded groups answer EOPNOTSUPP */
    if (write_to(folder, KILL_FILE, "1") < 0) {
        cgroup_kill_one_by_one(folder, name);
        write_to(folder, "cgroup.freeze", "0");
    }
}

int cgroup_open_own(int top, const char *name)
{
    static struct membership own;
    char *last, *path = own_path(&own, &last);
    if (!path || *path != '/' || !text_equals(last, name))
        return -ENOENT;
    return sys_openat(top, path + 1, O_RDONLY | O_DIRECTORY);
}

void cgroup_kill_beside(int folder, const char *name)
{
    static struct membership own;
    char *last;
    if (own_path(&own, &last) && !text_equals(last, name))
        cgroup_kill(folder, name);
}

int cgroup_populated(int events)
{
    static const char populated[] = "populated 1";
    char text[128];
    const char *c;
    long size = sys_pread(events, text, sizeof text - 1, 0);
    if (size < 0)
        return (int)size;
    text[size] = 0;
    for (c = text; *c; c++)
        if (text_starts_with(c, populated))
            return 1;
    return 0;
}

static int remove_nested(int folder, int nesting)
{
    struct directory entries;
    const char *name;
    int error = 0;
    if (nesting == NESTING_LIMIT)
        return -ELOOP;
    directory_read(&entries, folder);
    while ((name = directory_next(&entries))) {
        int below, failed;
        if (!entries.is_folder)
            continue;
        below = sys_openat(folder, name, O_RDONLY | O_DIRECTORY);
        if (below >= 0) {
            remove_nested(below, nesting + 1);
            sys_close(below);
        }
        failed = sys_rmdirat(folder, name);
        if (failed < 0 && failed != -ENOENT)
            error = failed;
    }
    return error ? error : entries.error;
}

int cgroup_remove_below(int folder)
{
    return remove_nested(folder, 0);
}
