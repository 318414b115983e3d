/*
 * System calls without libc. Each stub returns what the kernel returns: a result, or -errno
 * (syscall(2), "Architecture calling conventions"). Only calls that both x86-64 and aarch64 have:
 * openat and not open, ppoll and not poll, clone and not fork.
 */
#ifndef PM_SYSCALL_H
#define PM_SYSCALL_H

#include <asm/poll.h>
#include <asm/unistd.h>
#include <linux/close_range.h>
#include <linux/errno.h>
#include <linux/fcntl.h>
#include <linux/mman.h>
#include <linux/prctl.h>
#include <linux/resource.h>
#include <linux/sched.h>
#include <linux/signal.h>
#include <linux/time.h>
#include <linux/time_types.h>
#include <linux/types.h>
#include <linux/wait.h>
#include <stddef.h>

#if defined(__x86_64__)
#include "syscall-x86_64.h"
#elif defined(__aarch64__)
#include "syscall-aarch64.h"
#else
#error "pm-launch knows x86-64 and aarch64 only"
#endif

/* Not in the kernel's exported headers: send(2), recv(2). */
#define MSG_TRUNC 0x20
#define MSG_DONTWAIT 0x40
#define MSG_NOSIGNAL 0x4000
/* lseek(2) */
#define SEEK_SET 0
#define SEEK_END 2
/* The kernel's sigset_t: one bit for each of 64 signals (signal(7)). */
#define SIGNALS 64
#define SIGNAL_SET_BYTES sizeof(__u64)

/* The kernel's struct sigaction on both architectures (sigaction(2), "C library/kernel differences"). */
struct kernel_sigaction {
    void *handler;
    unsigned long flags;
    void *restorer;
    __u64 mask;
};

/* getdents64(2): glibc names it, the kernel's headers don't. */
struct directory_entry {
    __u64 inode;
    __s64 next;
    __u16 length;
    __u8 type;
    char name[];
};

#define CALL0(n) system_call(n, 0, 0, 0, 0, 0, 0)
#define CALL1(n, a) system_call(n, (long)(a), 0, 0, 0, 0, 0)
#define CALL2(n, a, b) system_call(n, (long)(a), (long)(b), 0, 0, 0, 0)
#define CALL3(n, a, b, c) system_call(n, (long)(a), (long)(b), (long)(c), 0, 0, 0)
#define CALL4(n, a, b, c, d) system_call(n, (long)(a), (long)(b), (long)(c), (long)(d), 0, 0)
#define CALL5(n, a, b, c, d, e) \
    system_call(n, (long)(a), (long)(b), (long)(c), (long)(d), (long)(e), 0)
#define CALL6(n, a, b, c, d, e, f) \
    system_call(n, (long)(a), (long)(b), (long)(c), (long)(d), (long)(e), (long)(f))

__attribute__((noreturn)) static inline void sys_exit_group(int status)
{
    CALL1(__NR_exit_group, status);
    __builtin_trap(); /* a sandbox forbids even that: an invalid instruction ends the process */
}

/* Files */

static inline int sys_openat(int folder, const char *path, int flags)
{
    return (int)CALL4(__NR_openat, folder, path, flags | O_CLOEXEC, 0);
}

static inline int sys_close(int fd)
{
    return (int)CALL1(__NR_close, fd);
}

static inline int sys_close_range(unsigned first, unsigned last, unsigned flags)
{
    return (int)CALL3(__NR_close_range, first, last, flags);
}

static inline long sys_read(int fd, void *buffer, size_t size)
{
    return CALL3(__NR_read, fd, buffer, size);
}

static inline long sys_pread(int fd, void *buffer, size_t size, long offset)
{
    return CALL4(__NR_pread64, fd, buffer, size, offset);
}

static inline long sys_write(int fd, const void *data, size_t size)
{
    return CALL3(__NR_write, fd, data, size);
}

static inline long sys_lseek(int fd, long offset, int whence)
{
    return CALL3(__NR_lseek, fd, offset, whence);
}

static inline int sys_close_on_exec(int fd)
{
    return (int)CALL3(__NR_fcntl, fd, F_SETFD, FD_CLOEXEC);
}

static inline long sys_getdents64(int folder, void *buffer, size_t size)
{
    return CALL3(__NR_getdents64, folder, buffer, size);
}

static inline int sys_rmdirat(int folder, const char *name)
{
    return (int)CALL3(__NR_unlinkat, folder, name, AT_REMOVEDIR);
}

static inline int sys_fchmod(int fd, unsigned mode)
{
    return (int)CALL2(__NR_fchmod, fd, mode);
}

static inline int sys_fchmodat(int folder, const char *name, unsigned mode)
{
    return (int)CALL3(__NR_fchmodat, folder, name, mode);
}

static inline int sys_chdir(const char *path)
{
    return (int)CALL1(__NR_chdir, path);
}

static inline int sys_pipe(int ends[2])
{
    return (int)CALL2(__NR_pipe2, ends, O_CLOEXEC);
}

static inline long sys_send(int socket, const void *data, size_t size)
{
    return CALL6(__NR_sendto, socket, data, size, MSG_DONTWAIT | MSG_NOSIGNAL, 0, 0);
}

/* Returns the packet's whole size, also where only a part of it fits (recv(2), MSG_TRUNC). */
static inline long sys_receive(int socket, void *data, size_t size)
{
    return CALL6(__NR_recvfrom, socket, data, size, MSG_DONTWAIT | MSG_TRUNC, 0, 0);
}

/* Memory: the result is an address, or -errno in the topmost page */

static inline int is_error(const void *address)
{
    return (unsigned long)address > -4096UL;
}

static inline void *sys_mmap(size_t size, int flags, int fd)
{
    return (void *)CALL6(__NR_mmap, 0, size, PROT_READ | PROT_WRITE, flags, fd, 0);
}

static inline void *sys_mremap(void *old, size_t old_size, size_t size)
{
    return (void *)CALL4(__NR_mremap, old, old_size, size, MREMAP_MAYMOVE);
}

/* Processes */

static inline int sys_fork(void)
{
    return (int)CALL5(__NR_clone, SIGCHLD, 0, 0, 0, 0);
}

/* As fork, but a child of our parent's, in that group from its first moment on (clone(2); Linux 5.7). */
static inline int sys_fork_sibling_into(int cgroup)
{
    struct clone_args args = { .flags = CLONE_PARENT | CLONE_INTO_CGROUP, .cgroup = (__u64)cgroup };
    return (int)CALL2(__NR_clone3, &args, sizeof args);
}

static inline int sys_execve(const char *path, char *const *argv, char *const *envp)
{
    return (int)CALL3(__NR_execve, path, argv, envp);
}

static inline int sys_wait(int *status, struct rusage *usage)
{
    return (int)CALL4(__NR_wait4, -1, status, WNOHANG | __WALL, usage);
}

static inline int sys_children_usage(struct rusage *usage)
{
    return (int)CALL2(__NR_getrusage, RUSAGE_CHILDREN, usage);
}

static inline int sys_getpid(void)
{
    return (int)CALL0(__NR_getpid);
}

static inline int sys_getppid(void)
{
    return (int)CALL0(__NR_getppid);
}

static inline int sys_setsid(void)
{
    return (int)CALL0(__NR_setsid);
}

static inline int sys_prctl(int option, long value)
{
    return (int)CALL5(__NR_prctl, option, value, 0, 0, 0);
}

static inline int sys_prlimit(unsigned resource, const struct rlimit64 *new, struct rlimit64 *old)
{
    return (int)CALL4(__NR_prlimit64, 0, resource, new, old);
}

static inline int sys_set_nice(int nice)
{
    return (int)CALL3(__NR_setpriority, PRIO_PROCESS, 0, nice);
}

/* A mask shorter than the kernel's means no other CPUs (kernel/sched/core.c, get_user_cpu_mask). */
static inline int sys_set_affinity(__u64 cpus)
{
    return (int)CALL3(__NR_sched_setaffinity, 0, sizeof cpus, &cpus);
}

/* Signals and waiting */

static inline int sys_kill(int pid, int signal)
{
    return (int)CALL2(__NR_kill, pid, signal);
}

static inline int sys_pidfd_open(int pid)
{
    return (int)CALL2(__NR_pidfd_open, pid, 0);
}

static inline int sys_pidfd_send_signal(int pidfd, int signal)
{
    return (int)CALL4(__NR_pidfd_send_signal, pidfd, signal, 0, 0);
}

static inline int sys_sigaction(int signal, const struct kernel_sigaction *action)
{
    return (int)CALL4(__NR_rt_sigaction, signal, action, 0, SIGNAL_SET_BYTES);
}

static inline int sys_set_mask(__u64 mask)
{
    return (int)CALL4(__NR_rt_sigprocmask, SIG_SETMASK, &mask, 0, SIGNAL_SET_BYTES);
}

static inline int sys_signalfd(__u64 mask)
{
    return (int)CALL4(__NR_signalfd4, -1, &mask, SIGNAL_SET_BYTES, O_CLOEXEC | O_NONBLOCK);
}

/* The kernel writes to limit what is left of it (ppoll(2), "C library/kernel differences"). */
static inline int sys_poll(struct pollfd *fds, unsigned count, struct __kernel_timespec *limit)
{
    return (int)CALL5(__NR_ppoll, fds, count, limit, 0, SIGNAL_SET_BYTES);
}

static inline int sys_clock(int clock, struct __kernel_timespec *time)
{
    return (int)CALL2(__NR_clock_gettime, clock, time);
}

static inline int sys_sleep(const struct __kernel_timespec *time)
{
    return (int)CALL2(__NR_nanosleep, time, 0);
}

#endif
