#define _GNU_SOURCE
#include "os.h"
#include "harness.h"
#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <mntent.h>
#include <poll.h>
#include <sched.h>
#include <signal.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

/* Stays open while cases come and go. */
#define LOCK_FD 900

const char *os_read(char *buffer, size_t size, const char *format, ...)
{
    char path[512];
    ssize_t length;
    va_list arguments;
    int fd;
    va_start(arguments, format);
    vsnprintf(path, sizeof path, format, arguments);
    va_end(arguments);
    fd = open(path, O_RDONLY | O_CLOEXEC);
    length = fd < 0 ? 0 : read(fd, buffer, size - 1);
    if (fd >= 0)
        close(fd);
    buffer[length > 0 ? length : 0] = 0;
    return buffer;
}

static int stat_of(int pid, char *state, int *parent)
{
    char text[1024], *end;
    os_read(text, sizeof text, "/proc/%d/stat", pid);
    end = strrchr(text, ')');
    return end && sscanf(end, ") %c %d", state, parent) == 2;
}

char os_state(int pid)
{
    char state;
    int parent;
    return stat_of(pid, &state, &parent) ? state : 0;
}

int os_parent(int pid)
{
    char state;
    int parent;
    return stat_of(pid, &state, &parent) ? parent : -1;
}

static int descends_from(int pid, int ancestor)
{
    int depth;
    for (depth = 0; depth < 2000 && pid > 1; depth++) {
        pid = os_parent(pid);
        if (pid == ancestor)
            return 1;
    }
    return 0;
}

static int for_each_process(int (*visit)(int pid, int context), int context)
{
    int count = 0;
    struct dirent *entry;
    DIR *proc = opendir("/proc");
    while ((entry = readdir(proc)))
        if (atoi(entry->d_name) > 0)
            count += visit(atoi(entry->d_name), context);
    closedir(proc);
    return count;
}

static int living_descendant(int pid, int ancestor)
{
    char state = os_state(pid);
    return state && state != 'Z' && state != 'X' && descends_from(pid, ancestor);
}

int os_descendants(int pid)
{
    return for_each_process(living_descendant, pid);
}

static int kill_child(int pid, int parent)
{
    char state;
    int other;
    if (!stat_of(pid, &state, &other) || other != parent)
        return 0;
    return kill(pid, SIGKILL) == 0 && state != 'Z'; /* a zombie may still have living threads */
}

int os_child(int parent)
{
    struct dirent *entry;
    int child = 0;
    DIR *proc = opendir("/proc");
    while (!child && (entry = readdir(proc)))
        if (atoi(entry->d_name) > 0 && os_parent(atoi(entry->d_name)) == parent)
            child = atoi(entry->d_name);
    closedir(proc);
    return child;
}

int os_kill_children(void)
{
    return for_each_process(kill_child, getpid());
}

int os_wait(int pid, int millis)
{
    struct pollfd end = { (int)syscall(SYS_pidfd_open, pid, 0), POLLIN, 0 };
    int status = 0;
    require(end.fd >= 0, "no pidfd of %d: %s", pid, strerror(errno));
    require(poll(&end, 1, millis) == 1, "%d (state %c) did not end within %d ms", pid, os_state(pid), millis);
    close(end.fd);
    require(waitpid(pid, &status, 0) == pid, "could not reap %d: %s", pid, strerror(errno));
    return status;
}

int os_reap_any(void)
{
    return waitpid(-1, NULL, WNOHANG | __WALL) > 0;
}

size_t os_read_pipe(int fd, char *buffer, size_t size, int millis)
{
    long long end = now_millis() + millis;
    size_t filled = 0;
    while (filled < size) {
        struct pollfd ready = { fd, POLLIN, 0 };
        long long left = end - now_millis();
        ssize_t count;
        require(left > 0 && poll(&ready, 1, (int)left) == 1, "%zu bytes and no end within %d ms", filled, millis);
        count = read(fd, buffer + filled, size - filled);
        require(count >= 0, "could not read: %s", strerror(errno));
        if (count == 0)
            break;
        filled += (size_t)count;
    }
    return filled;
}

int os_pipe_ended(int fd)
{
    struct pollfd ready = { fd, POLLIN, 0 };
    return poll(&ready, 1, 0) == 1 && ready.revents & POLLHUP;
}

static int lock_folder(void)
{
    int fd = open(cgroup2, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    int locked = fd >= 0 && flock(fd, LOCK_EX | LOCK_NB) == 0 && dup3(fd, LOCK_FD, O_CLOEXEC) == LOCK_FD;
    if (fd >= 0)
        close(fd);
    return locked;
}

void os_close_all(void)
{
    syscall(SYS_close_range, 3, LOCK_FD - 1, 0);
    syscall(SYS_close_range, LOCK_FD + 1, ~0u, 0);
}

void os_find_cgroup2(void)
{
    struct mntent *mount;
    FILE *mounts = setmntent("/proc/self/mounts", "r");
    while (!*cgroup2 && (mount = getmntent(mounts)))
        if (strcmp(mount->mnt_type, "cgroup2") == 0) {
            snprintf(cgroup2, 256, "%s/pm.check.%d", mount->mnt_dir, getpid());
            if (mkdir(cgroup2, 0755) < 0 || !lock_folder())
                *cgroup2 = 0;
        }
    endmntent(mounts);
}

/* rm -r of groups: iterative, and by descriptors, since cases nest them deep. */
static int remove_groups(const char *path)
{
    int here = open(path, O_RDONLY | O_DIRECTORY | O_CLOEXEC), depth = 0, count = 0, below;
    struct dirent *entry;
    while (here >= 0) {
        DIR *folder = fdopendir(dup(here));
        char name[256] = "";
        rewinddir(folder);
        while (!*name && (entry = readdir(folder)))
            if (entry->d_type == DT_DIR && *entry->d_name != '.') {
                count++;
                if (unlinkat(here, entry->d_name, AT_REMOVEDIR) < 0)
                    snprintf(name, sizeof name, "%s", entry->d_name);
            }
        closedir(folder);
        if ((!*name && depth == 0) || count > 20000)
            break; /* all are gone, or something lives in one of them */
        below = openat(here, *name ? name : "..", O_RDONLY | O_DIRECTORY | O_CLOEXEC);
        depth += *name ? 1 : -1;
        close(here);
        here = below;
    }
    if (here >= 0)
        close(here);
    return count;
}

unsigned long os_affinity(void)
{
    cpu_set_t cpus;
    unsigned long mask = 0;
    int cpu;
    if (sched_getaffinity(0, sizeof cpus, &cpus) == 0)
        for (cpu = 0; cpu < 64; cpu++)
            mask |= (unsigned long)(CPU_ISSET(cpu, &cpus) != 0) << cpu;
    return mask;
}

int os_remove_cgroups(void)
{
    return *cgroup2 ? remove_groups(cgroup2) : 0;
}
