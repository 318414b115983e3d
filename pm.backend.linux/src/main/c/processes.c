#include "processes.h"
#include "syscall.h"
#include "text.h"

/* The 22 fields that are read: at most 20 digits each, and a name of at most 64 bytes (proc(5), /proc/pid/stat). */
#define STAT_BYTES 1024
#define FIRST_CAPACITY 256

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
        else if (number == FIELD_THREADS)
            process->dead = zombie && number_at(field) <= 1; /* its first thread may have ended before others */
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

/* The first place whose pid is not below. */
static unsigned place_of(const struct processes *all, int pid)
{
    unsigned low = 0, high = all->count;
    while (low < high) {
        unsigned middle = low + (high - low) / 2;
        if (all->rows[middle].pid < pid)
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}

struct process *processes_find(const struct processes *all, int pid)
{
    unsigned place = place_of(all, pid);
    return place < all->count && all->rows[place].pid == pid ? &all->rows[place] : NULL;
}

static int grow(struct processes *all)
{
    unsigned capacity = all->capacity ? all->capacity * 2 : FIRST_CAPACITY;
    size_t size = capacity * sizeof *all->rows;
    void *rows = all->rows ? sys_mremap(all->rows, all->capacity * sizeof *all->rows, size)
                           : sys_mmap(size, MAP_PRIVATE | MAP_ANONYMOUS, -1);
    if (is_error(rows))
        return (int)(long)rows;
    all->rows = rows;
    all->capacity = capacity;
    return 0;
}

int processes_add(struct processes *all, const struct process *process)
{
    unsigned place = place_of(all, process->pid), i;
    int error;
    if (place < all->count && all->rows[place].pid == process->pid)
        return -EEXIST;
    if (all->count == all->capacity && (error = grow(all)) < 0)
        return error;
    for (i = all->count++; i > place; i--)
        all->rows[i] = all->rows[i - 1];
    all->rows[place] = *process;
    return 0;
}
