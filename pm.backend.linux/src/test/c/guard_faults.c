/* Role guard with system calls that fail. */
#define _GNU_SOURCE
#include "guard_client.h"
#include "os.h"
#include <errno.h>
#include <signal.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

static void fails(const struct manager *m, struct fault fault, enum step step, int error)
{
    struct spec spec = guard_spec(m, launcher);
    struct launched l;
    spec.fault[0] = fault;
    l = launch(&spec);
    expect_failed(&l, step, error);
}

static void start(void)
{
    struct manager m = make_manager();
    fails(&m, (struct fault){ .call = SYS_setsid, .error = EIO }, STEP_SESSION, EIO);
    fails(&m, (struct fault){ .call = SYS_rt_sigprocmask, .error = EIO }, STEP_SIGNALS, EIO);
    fails(&m, (struct fault){ .call = SYS_openat, .error = EMFILE }, STEP_CGROUP, EMFILE);
    fails(&m, (struct fault){ SYS_write, EBUSY, IF_EQUAL, 2, 1 }, STEP_CGROUP, EBUSY);
    fails(&m, (struct fault){ SYS_prctl, EIO, IF_EQUAL, 0, PR_SET_PDEATHSIG }, STEP_WATCH, EIO);
    fails(&m, (struct fault){ .call = SYS_getppid, .error = EIO }, STEP_PARENT, EIO);
    remove_manager(&m);
}

/* The tree ends and the folders go in spite of the faults; the JVM is killed and its channel leaked. */
static void works_with(const char *binary, struct fault first, struct fault second)
{
    struct manager m = make_manager();
    struct spec spec = guard_spec(&m, binary);
    struct launched tree;
    struct stand_in s;
    make_group(&m, "run/a/x");
    tree = launch_in(&m, "run/a/x", "leave", "0");
    await_lines(&tree, 1);
    spec.fault[0] = first;
    spec.fault[1] = second;
    s = launch_by_stand_in(&spec, 1);
    kill(s.pid, SIGKILL);
    os_wait(s.pid, PATIENCE);
    await_all_gone(&tree, PATIENCE);
    os_wait(tree.pid, PATIENCE);
    expect_exit(&s.launched, 0);
    while (os_reap_any())
        ;
    require(access(m.path, F_OK) < 0, "%s is still there", m.path);
}

static const struct fault none;

static void ways_around(void)
{
    const struct fault around[][2] = { { { .call = SYS_pidfd_open, .error = ENOSYS }, none },
        { { .call = SYS_ppoll, .error = ENOSYS }, none },
        { { .call = SYS_ppoll, .error = ENOSYS }, { .call = SYS_nanosleep, .error = EINVAL } },
        { { .call = SYS_close_range, .error = ENOSYS }, none }, { { .call = SYS_pread64, .error = EIO }, none },
        { { .call = SYS_close, .error = EIO }, none }, { { .call = SYS_sendto, .error = EPERM }, none } };
    unsigned i;
    for (i = 0; i < sizeof around / sizeof *around; i++)
        works_with(launcher, around[i][0], around[i][1]);
}

static void freezing_without_pidfds(void)
{
    works_with(test_build, (struct fault){ .call = SYS_pidfd_send_signal, .error = ENOSYS },
        (struct fault){ .call = SYS_pidfd_open, .error = ENOSYS });
}

/* Orders cannot be read: as good as the end of the channel. */
static void deaf(void)
{
    struct manager m = make_manager();
    struct spec spec = guard_spec(&m, launcher);
    struct launched tree = launch_in(&m, "run/a", "hold", NULL), l;
    await_lines(&tree, 1);
    spec.fault[0] = (struct fault){ .call = SYS_recvfrom, .error = EIO };
    l = launch(&spec);
    expect(&l, MESSAGE_READY);
    order(&l, ORDER_BYE, 0, 1);
    os_wait(tree.pid, PATIENCE);
    expect_exit(&l, 0);
    require(access(m.path, F_OK) < 0, "%s is still there", m.path);
}

/* What cannot be removed is left, told by the exit status, and nothing of the tree lives. */
static void cannot_remove(void)
{
    static const struct fault faults[] = { { .call = SYS_unlinkat, .error = EPERM },
        { .call = SYS_getdents64, .error = EIO }, { SYS_lseek, EIO, IF_EQUAL, 2, SEEK_SET },
        { .call = SYS_unlinkat, .error = EACCES } };
    static const struct fault no_owner[] = { { .call = SYS_fchmod, .error = EPERM }, { .call = SYS_fchmodat, .error = EPERM } };
    unsigned i;
    for (i = 0; i < sizeof faults / sizeof *faults; i++) {
        struct manager m = make_manager();
        struct spec spec = guard_spec(&m, launcher);
        struct launched tree = launch_in(&m, "run/a", "hold", NULL), l;
        await_lines(&tree, 1);
        spec.fault[0] = faults[i];
        memcpy(spec.fault + 1, no_owner, sizeof no_owner);
        l = launch(&spec);
        expect(&l, MESSAGE_READY);
        close(l.channel);
        os_wait(tree.pid, PATIENCE);
        expect_exit(&l, EXIT_GAVE_UP);
        remove_manager(&m);
    }
}

const struct test_case guard_faults[] = {
    { "guard faults: start", start, NEED_CGROUP2 | NEED_NATIVE },
    { "guard faults: ways around", ways_around, NEED_CGROUP2 | NEED_NATIVE },
    { "guard faults: freezing without pidfds", freezing_without_pidfds, NEED_CGROUP2 | NEED_NATIVE | NEED_TEST_BUILD },
    { "guard faults: deaf", deaf, NEED_CGROUP2 | NEED_NATIVE },
    { "guard faults: cannot remove", cannot_remove, NEED_CGROUP2 | NEED_NATIVE },
    { NULL, NULL, 0 },
};
