/*
 * Role exec with system calls that fail: the documented step and errno, or the documented way around. The faults also
 * hold for the command, so it is one that needs little.
 */
#define _GNU_SOURCE
#include "cases.h"
#include "client.h"
#include "os.h"
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

static const struct spec plain = { .role = ROLE_EXEC, .act = "exit", .act_argument = "6" };

static void fails(const struct spec *spec, struct fault fault, enum step step)
{
    struct spec faulty = *spec;
    struct launched l;
    faulty.fault[0] = fault;
    l = launch(&faulty);
    expect_failed(&l, step, fault.error);
}

static void expect_exit_six(const struct spec *spec)
{
    struct launched l = launch(spec);
    expect_end(&l);
    expect_exit(&l, 6);
}

static void request_unreadable(void)
{
    static const int calls[] = { SYS_lseek, SYS_mmap };
    unsigned i;
    for (i = 0; i < 2; i++) {
        struct spec spec = plain;
        struct launched l;
        spec.fault[0] = (struct fault){ .call = calls[i], .error = EPERM };
        l = launch(&spec);
        expect_end(&l);
        expect_exit(&l, EXIT_MISUSE);
    }
}

static void no_memory(void)
{
    fails(&plain,
        (struct fault){ SYS_mmap, ENOMEM, IF_EQUAL, 3, MAP_PRIVATE | MAP_ANONYMOUS }, STEP_PROTOCOL);
}

static void steps(void)
{
    struct spec all = plain;
    all.flags = 7;
    all.affinity = os_affinity();
    all.cwd = "/";
    all.rlimit_count = 1;
    all.rlimit[0] = (struct resource_limit){ RLIMIT_CORE, 0, 0, 0 };
    fails(&all, (struct fault){ .call = SYS_setsid, .error = EIO }, STEP_SESSION);
    fails(&all, (struct fault){ .call = SYS_rt_sigaction, .error = EIO }, STEP_SIGNALS);
    fails(&all, (struct fault){ .call = SYS_rt_sigprocmask, .error = EIO }, STEP_SIGNALS);
    fails(&all, (struct fault){ .call = SYS_prlimit64, .error = EIO }, STEP_RLIMIT);
    fails(&all, (struct fault){ .call = SYS_openat, .error = EIO }, STEP_OOM);
    fails(&all, (struct fault){ SYS_write, EIO, UNLESS_EQUAL, 2, sizeof(struct message) }, STEP_OOM);
    fails(&all, (struct fault){ .call = SYS_setpriority, .error = EIO }, STEP_NICE);
    fails(&all, (struct fault){ .call = SYS_sched_setaffinity, .error = EIO }, STEP_AFFINITY);
    fails(&all, (struct fault){ SYS_prctl, EIO, IF_EQUAL, 0, PR_SET_NO_NEW_PRIVS }, STEP_PRIVILEGES);
    fails(&all, (struct fault){ .call = SYS_chdir, .error = EIO }, STEP_DIRECTORY);
    fails(&all, (struct fault){ .call = SYS_execve, .error = EIO }, STEP_EXEC);
}

static void joining(void)
{
    struct spec spec = plain;
    spec.cgroup_count = 1;
    spec.cgroup[0] = open(cgroup2, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    spec.fault[1] = (struct fault){ .call = SYS_clone3, .error = ENOSYS };
    fails(&spec, (struct fault){ .call = SYS_openat, .error = EACCES }, STEP_CGROUP);
    fails(&spec, (struct fault){ SYS_write, EBUSY, UNLESS_EQUAL, 2, sizeof(struct message) }, STEP_CGROUP);
}

static int is_member(int pid)
{
    char membership[4096];
    return strstr(os_read(membership, sizeof membership, "/proc/%d/cgroup", pid), strrchr(cgroup2, '/')) != NULL;
}

/* Without one of the calls that it takes to be born in the group, the launcher moves and becomes the command itself. */
static void moving(void)
{
    static const int calls[] = { SYS_clone3, SYS_pidfd_open };
    unsigned i;
    for (i = 0; i < sizeof calls / sizeof *calls; i++) {
        struct spec spec = { .role = ROLE_EXEC, .act = "hold", .cgroup = { open(cgroup2, O_RDONLY | O_DIRECTORY | O_CLOEXEC) },
            .cgroup_count = 1, .fault = { { .call = calls[i], .error = ENOSYS } } };
        struct launched l = launch(&spec);
        expect_end(&l);
        require(!l.born, "born without call %d", calls[i]);
        require(is_member(l.pid), "not in the group without call %d", calls[i]);
        kill(l.pid, SIGKILL);
        os_wait(l.pid, PATIENCE);
    }
}

/* The launcher ends by itself as well. */
static void cannot_end_the_launcher(void)
{
    struct spec spec = { .role = ROLE_EXEC, .act = "hold", .cgroup = { open(cgroup2, O_RDONLY | O_DIRECTORY | O_CLOEXEC) },
        .cgroup_count = 1, .fault = { { .call = SYS_pidfd_send_signal, .error = EPERM }, { .call = SYS_close, .error = EIO } } };
    struct launched l = launch(&spec);
    require(l.born, "not born");
    expect_end(&l);
    require(is_member(l.pid), "not in the group");
    kill(l.pid, SIGKILL);
    os_wait(l.pid, PATIENCE);
}

/* Killed between its birth and the command: the JVM knows whom to reap, and the status tells. */
static void killed_when_born(void)
{
    struct spec spec = { .role = ROLE_EXEC, .act = "hold", .cgroup = { open(cgroup2, O_RDONLY | O_DIRECTORY | O_CLOEXEC) },
        .cgroup_count = 1, .fault = { { .call = SYS_pidfd_send_signal, .error = DEADLY } } };
    struct launched l = launch(&spec);
    int status;
    require(l.born, "not born");
    expect_end(&l);
    status = os_wait(l.pid, PATIENCE);
    require(WIFSIGNALED(status) && WTERMSIG(status) == SIGSYS, "wait status 0x%x", status);
}

/* As execvp(3): the candidates after it are tried where the errno says that the file is not there. */
static void errors_of_execve(void)
{
    static const int next[] = { ENOENT, ENOTDIR, ENAMETOOLONG, ELOOP, EACCES };
    static const int last[] = { EPERM, EIO, E2BIG, ENOMEM, EMFILE, ETXTBSY, ENOEXEC };
    unsigned i;
    for (i = 0; i < sizeof next / sizeof *next; i++)
        fails(&plain, (struct fault){ .call = SYS_execve, .error = next[i] }, STEP_EXEC);
    for (i = 0; i < sizeof last / sizeof *last; i++)
        fails(&plain, (struct fault){ .call = SYS_execve, .error = last[i] }, STEP_EXEC);
}

static const struct fault no_close_range = { .call = SYS_close_range, .error = ENOSYS },
                          old_close_range = { SYS_close_range, EINVAL, IF_EQUAL, 2, 4 /* CLOSE_RANGE_CLOEXEC */ },
                          no_listing = { .call = SYS_getdents64, .error = EIO },
                          no_limit = { .call = SYS_prlimit64, .error = EPERM };

/* The command must have three descriptors only, whichever way was taken. */
static void closed_in_spite_of(struct fault first, struct fault second, struct fault third)
{
    static const char *const argv[] = { "sh", "-c", "for fd in 3 4 5 6 7 8 9 100 500; do"
        " test -e /proc/self/fd/$fd && echo $fd; done; echo end", NULL }, *const paths[] = { "/bin/sh", NULL };
    struct spec spec = { .role = ROLE_EXEC, .argv = argv, .paths = paths, .fault = { first, second, third } };
    struct launched l = launch(&spec);
    char said[256];
    expect_end(&l);
    said[os_read_pipe(l.output, said, sizeof said - 1, PATIENCE)] = 0;
    require(!strcmp(said, "end\n"), "descriptors: %s", said);
    os_wait(l.pid, PATIENCE);
}

/* The JVM may have had more than the usual limit, and the command less: what is open must be reached by counting. */
static void open_a_high_one(void)
{
    struct rlimit high = { 4000, 4000 };
    if (setrlimit(RLIMIT_NOFILE, &high) < 0 || fcntl(0, F_DUPFD, 3000) != 3000)
        _exit(94);
}

static void above_lowered_limit(void)
{
    static const char *const argv[] = { "sh", "-c", "test -e /proc/self/fd/3000 || exit 6", NULL }, *const paths[] = { "/bin/sh", NULL };
    struct spec spec = { .role = ROLE_EXEC, .argv = argv, .paths = paths, .fault = { no_close_range, no_listing },
        .before = open_a_high_one, .rlimit = { { RLIMIT_NOFILE, 0, 50, 50 } }, .rlimit_count = 1 };
    expect_exit_six(&spec);
}

static void descriptors(void)
{
    static const struct fault none;
    struct spec spec = plain;
    closed_in_spite_of(none, none, none);
    closed_in_spite_of(no_close_range, none, none);
    closed_in_spite_of(old_close_range, none, none);
    closed_in_spite_of(no_close_range, no_listing, none);
    closed_in_spite_of(no_close_range, no_listing, no_limit);
    closed_in_spite_of(no_close_range, (struct fault){ .call = SYS_lseek, .error = EIO, IF_EQUAL, 2, SEEK_SET }, none);
    spec.fault[0] = (struct fault){ .call = SYS_fcntl, .error = EIO };
    spec.fault[1] = no_close_range;
    spec.fault[2] = no_listing;
    fails(&spec, (struct fault){ .call = SYS_fcntl, .error = EIO }, STEP_DESCRIPTORS);
}

/* A close(2) that fails has closed all the same; nothing depends on it. */
static void closing(void)
{
    struct spec spec = plain;
    spec.flags = FLAG_OOM_SCORE_ADJ;
    spec.fault[0] = (struct fault){ .call = SYS_close, .error = EIO };
    expect_exit_six(&spec);
}

/* sendto(2) is tried first and may fail anyhow: the channel of exec is a pipe. */
static void telling(void)
{
    static const char *const nothing[] = { "/nonexistent/x", NULL };
    struct spec spec = { .role = ROLE_EXEC, .argv = nothing, .paths = nothing };
    struct launched l;
    spec.fault[0] = (struct fault){ .call = SYS_sendto, .error = EPERM };
    l = launch(&spec);
    expect_failed(&l, STEP_EXEC, ENOENT);
    spec.fault[0] = (struct fault){ .call = SYS_write, .error = EPERM };
    l = launch(&spec);
    expect_end(&l); /* it cannot be said, but the exit status is there */
    expect_exit(&l, EXIT_FAILED);
}

/* Even without exit_group the process ends. */
static void exiting(void)
{
    static const char *const nothing[] = { "/nonexistent/x", NULL };
    struct spec spec = { .role = ROLE_EXEC, .argv = nothing, .paths = nothing };
    struct launched l;
    int status;
    spec.fault[0] = (struct fault){ .call = SYS_exit_group, .error = EPERM };
    spec.rlimit[0] = (struct resource_limit){ RLIMIT_CORE, 0, 0, 0 };
    spec.rlimit_count = 1;
    l = launch(&spec);
    expect(&l, MESSAGE_FAILED);
    status = os_wait(l.pid, PATIENCE);
    require(WIFSIGNALED(status) && (WTERMSIG(status) == SIGILL || WTERMSIG(status) == SIGTRAP), "wait status 0x%x", status);
}

const struct test_case exec_faults[] = {
    { "exec faults: request unreadable", request_unreadable, NEED_NATIVE },
    { "exec faults: no memory", no_memory, NEED_NATIVE },
    { "exec faults: steps", steps, NEED_NATIVE },
    { "exec faults: joining a cgroup", joining, NEED_NATIVE | NEED_CGROUP2 },
    { "exec faults: killed when born", killed_when_born, NEED_NATIVE | NEED_CGROUP2 },
    { "exec faults: moving where one cannot be born", moving, NEED_NATIVE | NEED_CGROUP2 },
    { "exec faults: the launcher ends by itself", cannot_end_the_launcher, NEED_NATIVE | NEED_CGROUP2 },
    { "exec faults: errors of execve", errors_of_execve, NEED_NATIVE },
    { "exec faults: descriptors closed in other ways", descriptors, NEED_NATIVE },
    { "exec faults: descriptors above the lowered limit", above_lowered_limit, NEED_NATIVE | NEED_ROOT },
    { "exec faults: close", closing, NEED_NATIVE },
    { "exec faults: telling", telling, NEED_NATIVE },
    { "exec faults: exiting", exiting, NEED_NATIVE },
    { NULL, NULL, 0 },
};
