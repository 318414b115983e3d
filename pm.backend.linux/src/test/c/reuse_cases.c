/*
 * A pid that is used again while the launcher works. The cases run in a PID namespace of their own, where the next pid can be
 * set (proc(5), ns_last_pid). The launcher is traced: each of its system calls that names the pid of a process is a moment at
 * which that process is replaced by a stranger of the same pid, one moment in each run. The stranger must survive all of them.
 */
#define _GNU_SOURCE
#include "cases.h"
#include "guard_client.h"
#include "os.h"
#include <errno.h>
#include <fcntl.h>
#include <sched.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mount.h>
#include <sys/ptrace.h>
#include <linux/ptrace.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/uio.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

/* More than the launcher ever looks at one process in a case; reached only when it does not end. */
#define MOST_MOMENTS 200
/* Where the stranger is put: a group below the manager's, or nowhere. */
#define NOWHERE NULL

static long long start_ticks(int pid)
{
    char text[1024], *field = strrchr(os_read(text, sizeof text, "/proc/%d/stat", pid), ')');
    int number;
    for (number = 2; field && number < 22; number++)
        field = strchr(field + 1, ' ');
    return field ? atoll(field) : -1;
}

static long long ticks_now(void)
{
    struct timespec time;
    clock_gettime(CLOCK_BOOTTIME, &time);
    return time.tv_sec * 100LL + time.tv_nsec / 10000000;
}

/* Start times are told apart by ticks of 10 ms. */
static void await_later_start(int pid)
{
    long long start = start_ticks(pid);
    require(start > 0, "no start time of %d", pid);
    await(ticks_now() > start + 1, PATIENCE, "the clock goes on");
}

static void set_last_pid(int pid)
{
    char number[16];
    int fd = open("/proc/sys/kernel/ns_last_pid", O_WRONLY | O_CLOEXEC);
    int length = snprintf(number, sizeof number, "%d", pid);
    require(fd >= 0 && write(fd, number, (size_t)length) == length, "could not set the last pid: %s", strerror(errno));
    close(fd);
}

static void put_into(const struct manager *m, const char *group, int pid)
{
    char number[16];
    int fd = openat(open_group(m, group), "cgroup.procs", O_WRONLY | O_CLOEXEC);
    int length = snprintf(number, sizeof number, "%d", pid);
    require(fd >= 0 && write(fd, number, (size_t)length) == length, "could not move %d: %s", pid, strerror(errno));
    close(fd);
}

/* Starts a process with this pid; 0 while that is not free. */
static int start_stranger(int pid)
{
    int stranger;
    set_last_pid(pid - 1);
    stranger = fork();
    if (stranger == 0)
        for (;;)
            pause();
    if (stranger == pid)
        return 1;
    kill(stranger, SIGKILL);
    os_wait(stranger, PATIENCE);
    return 0;
}

static int is_free(int pid)
{
    return waitpid(pid, NULL, WNOHANG) == pid || os_state(pid) == 0;
}

static int is_held_by(int pid, int launcher_pid)
{
    return os_state(pid) == 'Z' && os_parent(pid) == launcher_pid;
}

/*
 * Kills the process, whose parent ignores SIGCHLD or is this one, and starts another with its pid. 0 when the launcher itself
 * keeps the pid from being used again.
 */
static int replace(int pid, int launcher_pid, const struct manager *m, const char *group)
{
    kill(pid, SIGKILL);
    await(is_free(pid) || is_held_by(pid, launcher_pid), PATIENCE, "the process ends");
    if (is_held_by(pid, launcher_pid))
        return 0;
    await(start_stranger(pid), PATIENCE, "the pid is used again");
    if (group)
        put_into(m, group, pid);
    return 1;
}

/* Whether one component of the path is the pid. */
static int path_names(int tracee, unsigned long long address, int pid)
{
    char path[256] = "", number[16], *component, *rest = path;
    struct iovec here = { path, sizeof path - 1 }, there = { (void *)(unsigned long)address, sizeof path - 1 };
    /* a read that would cross into an unmapped page stops before it */
    if (process_vm_readv(tracee, &here, 1, &there, 1, 0) <= 0)
        there.iov_len = 16, process_vm_readv(tracee, &here, 1, &there, 1, 0);
    snprintf(number, sizeof number, "%d", pid);
    while ((component = strsep(&rest, "/")))
        if (!strcmp(component, number))
            return 1;
    return 0;
}

static int names(int tracee, int pid)
{
    struct ptrace_syscall_info call = { 0 };
    if (ptrace(PTRACE_GET_SYSCALL_INFO, tracee, sizeof call, &call) <= 0 || call.op != PTRACE_SYSCALL_INFO_ENTRY)
        return 0;
    if (call.entry.nr == SYS_openat)
        return path_names(tracee, call.entry.args[1], pid);
    return call.entry.nr == SYS_pidfd_open && (int)call.entry.args[0] == pid;
}

static void trace(int pid)
{
    require(ptrace(PTRACE_SEIZE, pid, 0, PTRACE_O_TRACESYSGOOD) == 0, "could not trace: %s", strerror(errno));
    require(ptrace(PTRACE_INTERRUPT, pid, 0, 0) == 0, "could not stop it: %s", strerror(errno));
}

/* Lets it run to the system call that names the pid for the time of that number: 1; or to its end: 0, and the wait status. */
static int run_to(int tracee, int pid, int number, int *status)
{
    for (;;) {
        require(waitpid(tracee, status, __WALL) == tracee, "could not wait for %d: %s", tracee, strerror(errno));
        if (!WIFSTOPPED(*status))
            return 0;
        if (WSTOPSIG(*status) == (SIGTRAP | 0x80) && names(tracee, pid) && --number == 0)
            return 1;
        ptrace(PTRACE_SYSCALL, tracee, 0,
            WSTOPSIG(*status) == (SIGTRAP | 0x80) || *status >> 16 ? 0 : WSTOPSIG(*status));
    }
}

static void stranger_lives(int pid, int moment)
{
    await(os_state(pid) != 'R', PATIENCE, "the stranger sleeps");
    require(os_parent(pid) == getpid() && os_state(pid) == 'S', "moment %d: the stranger %d is %c, child of %d", moment, pid,
        os_state(pid) ? os_state(pid) : '-', os_parent(pid));
    require(kill(pid, SIGKILL) == 0, "no stranger");
    os_wait(pid, PATIENCE);
}

static int said_pid(const struct launched *l)
{
    char line[12] = "";
    require(os_read_pipe(l->output, line, 11, PATIENCE) == 11, "no pid");
    return atoi(line);
}

/* One run; 0 when the launcher had ended before that moment. */
static int swept_at(int moment, enum order_kind kind)
{
    struct launched l;
    int status, child, replaced;
    set_last_pid(500); /* the command's pid shall be above that of its child */
    l = launch(&(struct spec){ .role = ROLE_SUPERVISE, .act = "ward" });
    expect(&l, MESSAGE_STARTED);
    child = said_pid(&l);
    await_later_start(child);
    trace(l.pid);
    if (kind == ORDER_BYE)
        close(l.channel);
    else
        order(&l, kind, kind == ORDER_TERMINATE ? SIGTERM : 0, 1);
    if (!run_to(l.pid, child, moment, &status)) {
        require(WIFEXITED(status) && WEXITSTATUS(status) == 0, "launcher's wait status 0x%x", status);
        return 0;
    }
    replaced = replace(child, l.pid, NULL, NOWHERE);
    ptrace(PTRACE_DETACH, l.pid, 0, 0);
    expect_exit(&l, 0);
    if (replaced)
        stranger_lives(child, moment);
    return 1;
}

static void swept(enum order_kind kind)
{
    int moment = 1;
    while (swept_at(moment, kind)) {
        moment++;
        require(moment < MOST_MOMENTS, "it never ends");
    }
    require(moment > 1, "the launcher never names the process: this shows nothing");
    note(" %d moments", moment - 1);
}

static void by_order(void)
{
    swept(ORDER_KILL);
}

static void jvm_gone(void)
{
    swept(ORDER_BYE); /* stands for the end of the channel */
}

static void terminated(void)
{
    swept(ORDER_TERMINATE);
}

static int guarded_at(int moment, const char *group)
{
    struct manager m = make_manager();
    struct launched tree = launch_in(&m, "run/a", "hold", NULL), guard;
    int status;
    if (group)
        make_group(&m, group);
    await_lines(&tree, 1);
    await_later_start(tree.pid);
    guard = launch_guard(&m, test_build);
    expect(&guard, MESSAGE_READY);
    trace(guard.pid);
    close(guard.channel);
    if (!run_to(guard.pid, tree.pid, moment, &status)) {
        while (os_reap_any())
            ;
        if (group)
            rmdir_below(&m, group);
        rmdir(m.path);
        return 0;
    }
    require(replace(tree.pid, guard.pid, &m, group), "the guard has a child");
    ptrace(PTRACE_DETACH, guard.pid, 0, 0);
    await(access_group(&m, "run") < 0, PATIENCE, "run is removed");
    stranger_lives(tree.pid, moment);
    if (group)
        await(rmdir_below(&m, group) == 0, PATIENCE, "the stranger's group can be removed");
    expect_exit(&guard, 0);
    require(access(m.path, F_OK) < 0, "%s is still there", m.path);
    return 1;
}

/* Outside of every group of ours; in one whose path is as long; in one whose name begins as the killed one's. */
static void guarded(void)
{
    static const char *const groups[] = { NOWHERE, "ruN", "runner" };
    unsigned i;
    for (i = 0; i < sizeof groups / sizeof *groups; i++) {
        int moment = 1;
        while (guarded_at(moment, groups[i])) {
            moment++;
            require(moment < MOST_MOMENTS, "it never ends");
        }
        require(moment > 1, "the guard never names the process: this shows nothing");
        note(" %d moments", moment - 1);
    }
}

static void run_inside(void (*run)(void))
{
    struct test_case cases[] = { { "inside", run, 0 }, { NULL, NULL, 0 } };
    const struct test_case *const tables[] = { cases, NULL };
    if (mount("none", "/", NULL, MS_REC | MS_PRIVATE, NULL) < 0 || mount("proc", "/proc", "proc", 0, NULL) < 0)
        _exit(2);
    _exit(run_cases(tables, NULL));
}

/* Runs one in new PID and mount namespaces, as their first process, and takes its verdict. */
static void isolated(void (*run)(void))
{
    char path[128], verdict[1024];
    int pid, status;
    snprintf(path, sizeof path, "%s/inside", scratch);
    fflush(stdout);
    pid = (int)syscall(SYS_clone, CLONE_NEWPID | CLONE_NEWNS | SIGCHLD, NULL, NULL, NULL, NULL);
    if (pid == 0) {
        if (!freopen(path, "w", stdout))
            _exit(2);
        setvbuf(stdout, NULL, _IOLBF, 0);
        run_inside(run);
    }
    require(pid > 0, "no PID namespace: %s", strerror(errno));
    status = os_wait(pid, 30 * PATIENCE);
    os_read(verdict, sizeof verdict, "%s", path);
    unlink(path);
    verdict[strcspn(verdict, "\n")] = 0;
    require(WIFEXITED(status) && WEXITSTATUS(status) == 0, "wait status 0x%x: %s", status, verdict);
    note("%s", strchr(verdict, '#') ? strchr(verdict, '#') + 1 : "");
}

static void sweep_by_order(void)
{
    isolated(by_order);
}

static void sweep_without_jvm(void)
{
    isolated(jvm_gone);
}

static void sweep_with_term(void)
{
    isolated(terminated);
}

static void guard_by_pid(void)
{
    isolated(guarded);
}

const struct test_case reuse_cases[] = {
    { "pid reuse: a sweep that kills by order", sweep_by_order, NEED_ROOT | NEED_NATIVE },
    { "pid reuse: a sweep that kills when the JVM is gone", sweep_without_jvm, NEED_ROOT | NEED_NATIVE },
    { "pid reuse: a sweep that sends SIGTERM", sweep_with_term, NEED_ROOT | NEED_NATIVE },
    { "pid reuse: a guard that kills by pid", guard_by_pid, NEED_ROOT | NEED_NATIVE | NEED_CGROUP2 | NEED_TEST_BUILD },
    { NULL, NULL, 0 },
};
