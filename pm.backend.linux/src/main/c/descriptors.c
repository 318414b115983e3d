#include "descriptors.h"
#include "directory.h"
#include "syscall.h"
#include "text.h"

#define FIRST_OF_OURS 3

struct selection {
    const int *keep;
    int count;
    int close; /* else only close-on-exec */
};

static int kept(const struct selection *s, int fd)
{
    int i;
    if (!s->close && fd < FIRST_OF_OURS)
        return 1;
    for (i = 0; i < s->count; i++)
        if (s->keep[i] == fd)
            return 1;
    return 0;
}

static int treat(const struct selection *s, int fd)
{
    int error;
    if (kept(s, fd))
        return 0;
    /* close(2) frees the descriptor whatever it returns */
    error = s->close ? (sys_close(fd), 0) : sys_close_on_exec(fd);
    return error == -EBADF ? 0 : error;
}

/* Linux 5.9, the flag since 5.11 (close_range(2)); older kernels and some sandboxes refuse. */
static int by_range(const struct selection *s)
{
    unsigned first = s->close ? 0 : FIRST_OF_OURS;
    int i, error;
    for (i = 0; i < s->count; i++) {
        unsigned next = (unsigned)s->keep[i];
        if (s->keep[i] < 0 || next < first)
            continue;
        if (next > first && (error = sys_close_range(first, next - 1, 0)) < 0)
            return error;
        first = next + 1;
    }
    return sys_close_range(first, ~0u, s->close ? 0 : CLOSE_RANGE_CLOEXEC);
}

static int by_listing(const struct selection *s)
{
    struct directory folder;
    const char *name;
    int error = 0;
    int fd = sys_openat(AT_FDCWD, "/proc/self/fd", O_RDONLY | O_DIRECTORY);
    if (fd < 0)
        return fd;
    directory_read(&folder, fd);
    while (!error && (name = directory_next(&folder))) {
        int other = text_to_number(name);
        if (other >= 0 && other != fd)
            error = treat(s, other);
    }
    if (!error)
        error = folder.error;
    sys_close(fd);
    return error;
}

/* What a process may have open where nothing better is known (getrlimit(2)). */
#define USUAL_LIMIT 1024

static int by_counting(const struct selection *s)
{
    __u64 limit = USUAL_LIMIT;
    struct rlimit64 now;
    int fd, error = 0;
    if (sys_prlimit(RLIMIT_NOFILE, NULL, &now) == 0 && now.rlim_cur > limit)
        limit = now.rlim_cur;
    if (limit > 0x7fffffff)
        limit = 0x7fffffff;
    for (fd = 0; !error && fd < (int)limit; fd++)
        error = treat(s, fd);
    return error;
}

static int treat_all(const struct selection *s)
{
    return by_range(s) == 0 || by_listing(s) == 0 ? 0 : by_counting(s);
}

int descriptors_close_on_exec(void)
{
    struct selection s = { NULL, 0, 0 };
    return treat_all(&s);
}

void descriptors_close_but(int *keep, int count)
{
    struct selection s = { keep, count, 1 };
    int i, j;
    for (i = 1; i < count; i++)
        for (j = i; j > 0 && keep[j] < keep[j - 1]; j--) {
            int swap = keep[j];
            keep[j] = keep[j - 1];
            keep[j - 1] = swap;
        }
    treat_all(&s);
}
