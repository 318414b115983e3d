#include "processes.h"
#include "directory.h"
#include "syscall.h"
#include "text.h"

/* The 22 fields that are read: at most 20 digits each, and a name of at most 64 bytes (proc(5), /proc/pid/stat). */
#define STAT_BYTES 1024
#define FIRST_CAPACITY 64 /* a power of two */
#define SPREAD 2654435761u /* makes neighbours of pids no neighbours in the index (Knuth) */
#define LIST_BYTES 4096    /* a read of a list gives a page at the most */

/* Numbers of fields in /proc/pid/stat, proc(5). */
enum stat_field {
    FIELD_STATE = 3,
    FIELD_PARENT = 4,
    FIELD_GROUP = 5,
    FIELD_THREADS = 20,
    FIELD_START = 22
};

int process_open(int proc, int pid)
{
    char name[DECIMAL_BYTES];
    number_to_text(pid, name);
    return sys_openat(proc, name, O_RDONLY | O_DIRECTORY);
}

static __u64 number_at(const char *text)
{
    __u64 number = 0;
    for (; *text >= '0' && *text <= '9'; text++)
        number = number * 10 + (__u64)(*text - '0');
    return number;
}

/* The name is in brackets and may hold brackets and spaces itself: what counts starts after the last ')'. */
static const char *after_name(const char *stat)
{
    const char *end = NULL;
    for (; *stat; stat++)
        if (*stat == ')')
            end = stat;
    return end && end[1] == ' ' ? end + 2 : NULL;
}

static int parse(const char *stat, struct process *process)
{
    const char *field = after_name(stat);
    int number, zombie = 0;
    for (number = FIELD_STATE; field; number++) {
        if (number == FIELD_STATE)
            zombie = *field == 'Z' || *field == 'X';
        else if (number == FIELD_PARENT)
            process->parent = (int)number_at(field);
        else if (number == FIELD_GROUP)
            process->group = (int)number_at(field);
        else if (number == FIELD_THREADS) {
            process->threads = (int)number_at(field);
            process->dead = zombie && process->threads <= 1; /* its first thread may have ended before others */
        }
        else if (number == FIELD_START) {
            process->start = number_at(field);
            return 0;
        }
        while (*field && *field != ' ')
            field++;
        field = *field ? field + 1 : NULL;
    }
    return -EBADMSG;
}

int process_read(int folder, struct process *process)
{
    char stat[STAT_BYTES];
    long size;
    int fd = sys_openat(folder, "stat", O_RDONLY);
    if (fd < 0)
        return fd;
    size = sys_read(fd, stat, sizeof stat - 1);
    sys_close(fd);
    if (size <= 0)
        return size < 0 ? (int)size : -ESRCH;
    stat[size] = 0;
    return parse(stat, process);
}

int process_signal(int folder, int pid, int signal)
{
    /* a folder of /proc serves as pidfd (pidfd_send_signal(2)) */
    int error = sys_pidfd_send_signal(folder, signal);
    struct process now;
    if (error == 0 || error == -ESRCH || error == -EINVAL)
        return error;
    /*
     * Refused, or a kernel before 5.1. A sandbox refuses with EPERM just as the kernel does for a process of another
     * user, so kill(2) decides; the folder still reads only as long as its own process is there.
     */
    error = process_read(folder, &now);
    return error < 0 ? error : sys_kill(pid, signal);
}

static int numbers_in(int file, void (*take)(void *to, int pid), void *to)
{
    char text[LIST_BYTES];
    long size, i;
    int pid = 0;
    while ((size = sys_read(file, text, sizeof text)) > 0)
        for (i = 0; i < size; i++)
            if (text[i] >= '0' && text[i] <= '9')
                pid = pid * 10 + (text[i] - '0');
            else {
                if (pid > 0)
                    take(to, pid);
                pid = 0;
            }
    return (int)size;
}

static int children_of_thread(int folder, int thread, void (*take)(void *to, int pid), void *to)
{
    static const char before[] = "task/", after[] = "/children";
    char path[sizeof before + DECIMAL_BYTES + sizeof after];
    size_t used = text_copy(before, path);
    int error, file;
    used += number_to_text(thread, path + used);
    text_copy(after, path + used);
    file = sys_openat(folder, path, O_RDONLY);
    if (file < 0)
        return file;
    error = numbers_in(file, take, to);
    sys_close(file);
    return error;
}

int process_children(int folder, const struct process *process, void (*take)(void *to, int pid), void *to)
{
    struct directory threads;
    const char *name;
    int error = 0, task;
    if (process->threads <= 1)
        return children_of_thread(folder, process->pid, take, to);
    if ((task = sys_openat(folder, "task", O_RDONLY | O_DIRECTORY)) < 0)
        return task;
    directory_read(&threads, task);
    while ((name = directory_next(&threads))) {
        int failed = children_of_thread(folder, text_to_number(name), take, to);
        if (failed < 0)
            error = failed;
    }
    sys_close(task);
    return error ? error : threads.error;
}

/* Of each slot of the index: 0, or a row's number and 1. There are twice as many slots as rows fit. */
static unsigned *index_of(const struct processes *all)
{
    return (unsigned *)(all->rows + all->capacity);
}

/* The slot of this pid, or the free one for it. */
static unsigned *slot_of(const struct processes *all, int pid)
{
    unsigned *index = index_of(all), mask = 2 * all->capacity - 1;
    unsigned slot = (unsigned)pid * SPREAD & mask;
    while (index[slot] && all->rows[index[slot] - 1].pid != pid)
        slot = (slot + 1) & mask;
    return &index[slot];
}

static void make_index(struct processes *all)
{
    unsigned i, *index = index_of(all);
    for (i = 0; i < 2 * all->capacity; i++)
        index[i] = 0;
    for (i = 0; i < all->count; i++)
        *slot_of(all, all->rows[i].pid) = i + 1;
}

void processes_clear(struct processes *all)
{
    all->count = 0;
    if (all->rows)
        make_index(all);
}

struct process *processes_find(const struct processes *all, int pid)
{
    unsigned row = all->rows ? *slot_of(all, pid) : 0;
    return row ? &all->rows[row - 1] : NULL;
}

static size_t bytes_for(unsigned capacity)
{
    return capacity * (sizeof(struct process) + 2 * sizeof(unsigned));
}

static int grow(struct processes *all)
{
    unsigned capacity = all->rows ? all->capacity * 2 : FIRST_CAPACITY;
    void *rows = all->rows ? sys_mremap(all->rows, bytes_for(all->capacity), bytes_for(capacity))
                           : sys_mmap(bytes_for(capacity), MAP_PRIVATE | MAP_ANONYMOUS, -1);
    if (is_error(rows))
        return (int)(long)rows;
    all->rows = rows;
    all->capacity = capacity;
    make_index(all);
    return 0;
}

int processes_add(struct processes *all, const struct process *process)
{
    int error;
    if (processes_find(all, process->pid))
        return -EEXIST;
    if (all->count == all->capacity && (error = grow(all)) < 0)
        return error;
    all->rows[all->count++] = *process;
    *slot_of(all, process->pid) = all->count;
    return 0;
}
