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

/* What the owner needs; others may pass through a folder, and read a file. */
#define FOLDER_MODE 0711
#define FILE_MODE 0644

/* /proc/pid/cgroup: a line for each v1 hierarchy, and one for v2, which is the last (cgroups(7)). */
#define MEMBERSHIP_BYTES 16384

struct membership {
    char text[MEMBERSHIP_BYTES];
};

/* Opens a file or a folder of a group. Whoever lives in the group may have taken away the permissions: its owner can give them back. */
static int open_of(int folder, const char *name, int flags)
{
    int fd = sys_openat(folder, name, flags);
    if (fd != -EACCES)
        return fd;
    sys_fchmod(folder, FOLDER_MODE);
    sys_fchmodat(folder, name, flags & O_DIRECTORY ? FOLDER_MODE : FILE_MODE);
    return sys_openat(folder, name, flags);
}

static int write_of(int folder, const char *file, const char *text)
{
    long written;
    int fd = open_of(folder, file, O_WRONLY);
    if (fd < 0)
        return fd;
    written = sys_write(fd, text, text_length(text));
    sys_close(fd);
    return written < 0 ? (int)written : 0;
}

int cgroup_open(int folder, const char *name)
{
    return open_of(folder, name, O_RDONLY | O_DIRECTORY);
}

int cgroup_open_events(int folder)
{
    return open_of(folder, "cgroup.events", O_RDONLY);
}

int cgroup_remove(int parent, const char *name)
{
    int error = sys_rmdirat(parent, name);
    if (error != -EACCES)
        return error;
    sys_fchmod(parent, FOLDER_MODE);
    return sys_rmdirat(parent, name);
}

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

/* Calls with each pid that the group's own file lists, until one call returns 1; whether one did. */
static int any_pid(int group, int (*visit)(int pid, const void *context), const void *context)
{
    char text[512];
    long size, i;
    int pid = 0, found = 0;
    int fd = open_of(group, "cgroup.procs", O_RDONLY);
    if (fd < 0)
        return 0;
    while (!found && (size = sys_read(fd, text, sizeof text)) > 0)
        for (i = 0; !found && i < size; i++)
            if (text[i] != '\n')
                pid = pid * 10 + (text[i] - '0');
            else {
                found = pid > 0 && visit(pid, context); /* 0: a process outside our PID namespace */
                pid = 0;
            }
    sys_close(fd);
    return found;
}

struct killing {
    int proc, group;
    const char *path; /* of the top group */
};

static int same_pid(int pid, const void *wanted)
{
    return pid == *(const int *)wanted;
}

/* Beyond PATH_MAX the kernel does not show the path (ENAMETOOLONG): then the group itself is asked once more. */
static int is_member(int folder, int pid, const struct killing *k)
{
    static struct membership membership;
    const char *path = read_path(folder, "cgroup", &membership);
    char after;
    if (!path)
        return any_pid(k->group, same_pid, &pid);
    if (!text_starts_with(path, k->path))
        return 0;
    after = path[text_length(k->path)];
    return after == '/' || after == '\n';
}

/*
 * A pid from cgroup.procs may be another process's by the time it is signalled. So: first its folder in /proc, which
 * is bound to one process; then is that one in the group; then the signal through the same folder.
 */
static int kill_member(int pid, const void *context)
{
    const struct killing *k = context;
    int folder = process_open(k->proc, pid);
    if (folder < 0)
        return 0;
    if (is_member(folder, pid, k))
        process_signal(folder, pid, SIGKILL);
    sys_close(folder);
    return 0;
}

/* Where a walk is: two descriptors and one listing, whatever the nesting. */
struct walk {
    int here, depth;
    __u64 from; /* inode of the group that it came back from, 0: it came from above */
    int error;
    struct killing *killing; /* NULL: the walk removes */
    struct directory entries;
};

/* The group of this name is removed, or skipped (0), or gone into: its descriptor. */
static int next_below(struct walk *w, const char *name)
{
    int back = w->from != 0, below, error;
    if (back && w->entries.inode != w->from)
        return 0;
    w->from = 0;
    if (w->killing)
        return back ? 0 : cgroup_open(w->here, name);
    error = cgroup_remove(w->here, name);
    if (error == 0 || error == -ENOENT)
        return 0;
    if (back) {
        w->error = error; /* nothing is below any more that could be removed */
        return 0;
    }
    below = cgroup_open(w->here, name);
    return below < 0 ? error : below;
}

static int find_below(struct walk *w)
{
    const char *name;
    int below;
    directory_read(&w->entries, w->here);
    while ((name = directory_next(&w->entries))) {
        below = w->entries.is_folder ? next_below(w, name) : 0;
        if (below > 0)
            return below;
        if (below < 0 && below != -ENOENT)
            w->error = below;
    }
    if (w->from)
        w->error = -EBUSY; /* somebody else has removed the one that it came from: the next walk sees the rest */
    if (w->entries.error < 0)
        w->error = w->entries.error;
    return -1;
}

static void move_to(struct walk *w, int folder, int depth, __u64 from)
{
    sys_close(w->here);
    w->here = folder;
    w->depth = depth;
    w->from = from;
}

/* Each group before those below it. Up it goes by "..", and there goes on behind the group that it came from. */
static int walk(int top, struct killing *killing)
{
    static struct walk w;
    int next;
    w = (struct walk){ .here = cgroup_open(top, "."), .killing = killing };
    if (w.here < 0)
        return w.here;
    for (;;) {
        if (killing && !w.from) {
            killing->group = w.here;
            any_pid(w.here, kill_member, killing);
        }
        if ((next = find_below(&w)) >= 0)
            move_to(&w, next, w.depth + 1, 0);
        else if (w.depth == 0 || w.entries.own == 0)
            break; /* done; or the listing failed at once, and there it would not find back */
        else if ((next = cgroup_open(w.here, "..")) >= 0)
            move_to(&w, next, w.depth - 1, w.entries.own);
        else {
            w.error = next;
            break;
        }
    }
    sys_close(w.here);
    return w.error;
}

/* Frozen processes do not fork, and SIGKILL ends them all the same (cgroup-v2.rst, cgroup.freeze). */
void cgroup_kill_one_by_one(int folder, const char *name)
{
    const char *group = sibling_path(name);
    int proc = sys_openat(AT_FDCWD, "/proc", O_RDONLY | O_DIRECTORY);
    struct killing killing = { proc, folder, group };
    write_of(folder, "cgroup.freeze", "1");
    if (group && proc >= 0)
        walk(folder, &killing);
    if (proc >= 0)
        sys_close(proc);
}

void cgroup_kill(int folder, const char *name)
{
    /* Linux 5.14; some distributions lack it, and threaded groups answer EOPNOTSUPP */
    if (write_of(folder, KILL_FILE, "1") < 0) {
        cgroup_kill_one_by_one(folder, name);
        write_of(folder, "cgroup.freeze", "0");
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

int cgroup_remove_below(int folder)
{
    return walk(folder, NULL);
}
