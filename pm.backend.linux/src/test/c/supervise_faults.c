/* Role supervise with system calls that fail. */
#define _GNU_SOURCE
#include "cases.h"
#include "client.h"
#include "os.h"
#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <sys/prctl.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

/* Rows of the sweep's table at first, with two slots of its index for each: what its mmap(2) asks for. */
#define FIRST_TABLE_BYTES (64 * (32 + 2 * 4))
/* What a read(2) of a list of children asks for. */
#define CHILDREN_BYTES 4096
/* How many descriptors the loop polls; 0 is the trial before anything runs. */
#define POLLED_IN_LOOP 3

static void fails(struct fault fault, enum step step, int error)
{
    struct launched l = launch(&(struct spec){ .role = ROLE_SUPERVISE, .act = "hold", .cwd = "/", .fault = { fault } });
    expect_failed(&l, step, error);
}

/* Whatever it cannot do without is found out before the command runs. */
static void start(void)
{
    fails((struct fault){ .call = SYS_setsid, .error = EIO }, STEP_SESSION, EIO);
    fails((struct fault){ SYS_prctl, EIO, IF_EQUAL, 0, PR_SET_CHILD_SUBREAPER }, STEP_SUBREAPER, EIO);
    fails((struct fault){ .call = SYS_rt_sigprocmask, .error = EIO }, STEP_SIGNALS, EIO);
    fails((struct fault){ .call = SYS_rt_sigaction, .error = EIO }, STEP_SIGNALS, EIO);
    fails((struct fault){ .call = SYS_signalfd4, .error = EMFILE }, STEP_WATCH, EMFILE);
    fails((struct fault){ .call = SYS_openat, .error = EMFILE }, STEP_WATCH, EMFILE);
    fails((struct fault){ .call = SYS_getpid, .error = EIO }, STEP_WATCH, EIO);
    fails((struct fault){ .call = SYS_ppoll, .error = ENOSYS }, STEP_WATCH, ENOSYS);
    fails((struct fault){ .call = SYS_wait4, .error = EPERM }, STEP_WATCH, EPERM);
    fails((struct fault){ .call = SYS_kill, .error = EPERM }, STEP_WATCH, EPERM);
    fails((struct fault){ .call = SYS_read, .error = EIO }, STEP_WATCH, EIO);
    fails((struct fault){ SYS_prctl, EIO, IF_EQUAL, 0, PR_SET_PDEATHSIG }, STEP_WATCH, EIO);
    fails((struct fault){ .call = SYS_pipe2, .error = EMFILE }, STEP_FORK, EMFILE);
    fails((struct fault){ .call = SYS_clone, .error = EAGAIN }, STEP_FORK, EAGAIN);
    fails((struct fault){ .call = SYS_chdir, .error = EIO }, STEP_DIRECTORY, EIO);
    fails((struct fault){ .call = SYS_execve, .error = EIO }, STEP_EXEC, EIO);
}

static void parent_unknown(void)
{
    struct launched l
        = launch(&(struct spec){ .role = ROLE_SUPERVISE, .act = "hold", .fault = { { .call = SYS_getppid, .error = EIO } } });
    struct message m = expect(&l, MESSAGE_FAILED);
    require((m.value == STEP_PARENT || m.value == STEP_WATCH) && (m.error == ESRCH || m.error == EIO), "step %d, error %d", m.value, m.error);
    expect_exit(&l, EXIT_FAILED);
}

static struct launched with(struct fault first, struct fault second, const char *act, const char *argument)
{
    return launch(&(struct spec){ .role = ROLE_SUPERVISE, .act = act, .act_argument = argument, .fault = { first, second } });
}

static const struct fault none, no_pidfd = { .call = SYS_pidfd_open, .error = ENOSYS },
                                no_pidfd_signal = { .call = SYS_pidfd_send_signal, .error = ENOSYS },
                                no_poll = { SYS_ppoll, EINVAL, IF_EQUAL, 1, POLLED_IN_LOOP },
                                no_sleep = { .call = SYS_nanosleep, .error = EINVAL },
                                no_listing = { .call = SYS_getdents64, .error = EIO },
                                no_lists = { SYS_read, EIO, IF_EQUAL, 2, CHILDREN_BYTES };

static void ends_by_kill(struct fault first, struct fault second)
{
    struct launched l = with(first, second, "leave", "4");
    struct message m = expect(&l, MESSAGE_STARTED);
    await_lines(&l, 1);
    m = expect(&l, MESSAGE_EXITED);
    require(WIFEXITED(m.value) && WEXITSTATUS(m.value) == 4, "wait status 0x%x", m.value);
    order(&l, ORDER_KILL, 0, 1);
    m = answer_to(&l, 1);
    require(m.value == 1 && m.error == 0, "killed %d, error %d", m.value, m.error);
    expect(&l, MESSAGE_EMPTY);
    expect_exit(&l, 0);
}

static void ends_with_jvm(struct fault first, struct fault second)
{
    struct spec spec = { .role = ROLE_SUPERVISE, .act = "leave", .fault = { first, second } };
    struct stand_in s = launch_by_stand_in(&spec, 1);
    await_lines(&s.launched, 1);
    kill(s.pid, SIGKILL);
    os_wait(s.pid, PATIENCE);
    await_all_gone(&s.launched, PATIENCE);
    expect_exit(&s.launched, 0);
}

/*
 * An old kernel's ways give the same ends. The channel is leaked in these, so that only the parent's death tells. (No close(2)
 * that fails: the kernel closes even then, a filter does not, and the end of a pipe would never come.)
 */
static void ways_around(void)
{
    const struct fault around[][2] = { { no_pidfd, none }, { no_pidfd_signal, none }, { no_pidfd, no_pidfd_signal },
        { no_poll, none }, { no_poll, no_sleep },
        { { .call = SYS_pidfd_open, .error = EPERM }, { .call = SYS_pidfd_send_signal, .error = EPERM } },
        { { .call = SYS_close_range, .error = ENOSYS }, none } };
    unsigned i;
    for (i = 0; i < sizeof around / sizeof *around; i++) {
        ends_by_kill(around[i][0], around[i][1]);
        ends_with_jvm(around[i][0], around[i][1]);
    }
}

/* The pipes are let go also where close_range(2) and the listing fail. */
static void pipes_let_go(void)
{
    static const char *const argv[] = { "sh", "-c", "exec >/dev/null; sleep 1000", NULL }, *const paths[] = { "/bin/sh", NULL };
    struct spec spec = { .role = ROLE_SUPERVISE, .argv = argv, .paths = paths,
        .fault = { { .call = SYS_close_range, .error = ENOSYS }, { SYS_lseek, EIO, IF_EQUAL, 2, SEEK_SET } } };
    struct launched l = launch(&spec);
    struct pollfd end = { l.output, 0, 0 };
    expect(&l, MESSAGE_STARTED);
    require(poll(&end, 1, PATIENCE) == 1, "somebody holds the output");
    close(l.channel);
    /* without a listing of /proc the command's group is killed, and with it all of this tree */
    expect_exit(&l, 0);
}

/* No process can be found: said so, with the errno; the command's own group is killed at least. */
static void blind(struct fault fault, struct fault besides)
{
    struct launched l = with(fault, besides, "family", NULL);
    struct message m = expect(&l, MESSAGE_STARTED);
    await_lines(&l, 3);
    order(&l, ORDER_KILL, 0, 1);
    m = skip_to(&l, MESSAGE_STUCK);
    require(m.error == fault.error, "STUCK: error %d", m.error);
    m = answer_to(&l, 1);
    require(m.error == fault.error, "KILL: error %d", m.error);
    require(os_descendants(l.pid) == 1, "%d live, where only the outsider should", os_descendants(l.pid));
    close(l.channel);
    expect_exit(&l, EXIT_GAVE_UP);
    require(os_kill_children() == 1, "not one outsider");
    await(os_reap_any(), PATIENCE, "it ends");
}

static void nothing_found(void)
{
    blind(no_listing, no_lists);
    blind((struct fault){ SYS_mmap, ENOMEM, IF_EQUAL, 1, FIRST_TABLE_BYTES }, none);
}

/* The first pass can list, the second cannot. */
static void listing_once(void)
{
    struct launched l = with((struct fault){ SYS_lseek, EIO, IF_EQUAL, 2, SEEK_SET }, no_lists, "hold", NULL);
    expect(&l, MESSAGE_STARTED);
    await_lines(&l, 1);
    order(&l, ORDER_KILL, 0, 1);
    skip_to(&l, MESSAGE_EMPTY); /* by its group */
    expect_exit(&l, 0);
}

/* More processes than the first table holds, and no second: those that fit are killed, which makes room. */
static void table_cannot_grow(void)
{
    struct launched l = with((struct fault){ .call = SYS_mremap, .error = ENOMEM }, none, "brood", "300");
    expect(&l, MESSAGE_STARTED);
    await_lines(&l, 300);
    order(&l, ORDER_KILL, 0, 1);
    skip_to(&l, MESSAGE_EMPTY);
    expect_exit(&l, 0);
    require(os_pipe_ended(l.output), "somebody lives");
}

static void table_grows(void)
{
    struct launched l = with(none, none, "brood", "300");
    struct message m = expect(&l, MESSAGE_STARTED);
    await_lines(&l, 300);
    order(&l, ORDER_STOP, 0, 1);
    m = answer_to(&l, 1);
    require(m.value == 301 && m.error == 0, "stopped %d, error %d", m.value, m.error);
    order(&l, ORDER_KILL, 0, 2);
    m = answer_to(&l, 2);
    require(m.value == 301 && m.error == 0, "killed %d, error %d", m.value, m.error);
    expect_exit(&l, 0);
}

/* A kernel without CONFIG_PROC_CHILDREN: descendants are found by the parents of all processes. */
static void without_lists(void)
{
    struct launched l = with(no_lists, none, "brood", "300");
    struct message m = expect(&l, MESSAGE_STARTED);
    await_lines(&l, 300);
    order(&l, ORDER_STOP, 0, 1);
    m = answer_to(&l, 1);
    require(m.value == 301 && m.error == 0, "stopped %d, error %d", m.value, m.error);
    order(&l, ORDER_KILL, 0, 2);
    m = answer_to(&l, 2);
    require(m.value == 301 && m.error == 0, "killed %d, error %d", m.value, m.error);
    expect_exit(&l, 0);
    ends_by_kill(no_lists, none);
    ends_with_jvm(no_lists, none);
    l = with(no_lists, none, "storm", "300");
    expect(&l, MESSAGE_STARTED);
    await_lines(&l, 1);
    order(&l, ORDER_KILL, 0, 1);
    skip_to(&l, MESSAGE_EMPTY);
    expect_exit(&l, 0);
}

static void usage_unknown(void)
{
    struct launched l = with((struct fault){ .call = SYS_getrusage, .error = EIO }, none, "exit", "0");
    struct message m = skip_to(&l, MESSAGE_EMPTY);
    require(m.user_micros == 0 && m.peak_kib == 0, "usage from nowhere");
    expect_exit(&l, 0);
}

/* Orders that cannot be read are the end of the channel. */
static void deaf(void)
{
    struct launched l = with((struct fault){ .call = SYS_recvfrom, .error = EIO }, none, "leave", "0");
    expect(&l, MESSAGE_STARTED);
    await_all_gone(&l, PATIENCE);
    expect_exit(&l, 0);
}

/* A tree that nobody can be told of is ended. */
static void dumb(void)
{
    struct launched l = with((struct fault){ .call = SYS_sendto, .error = EPERM }, none, "exit", "0");
    skip_to(&l, MESSAGE_EMPTY); /* by write(2) */
    expect_exit(&l, 0);
    l = with((struct fault){ .call = SYS_sendto, .error = EPERM }, (struct fault){ SYS_write, EPERM, IF_EQUAL, 2, 64 }, "leave", "0");
    await_all_gone(&l, PATIENCE);
    expect_end(&l);
    expect_exit(&l, 0);
}

/* The report of the child's failed step cannot be read: not taken for a start. */
static void failure_unreadable(void)
{
    struct launched l = with((struct fault){ SYS_read, EIO, IF_EQUAL, 2, 8 }, none, "hold", NULL);
    expect_failed(&l, STEP_FORK, EIO);
}

const struct test_case supervise_faults[] = {
    { "supervise faults: start", start, NEED_NATIVE },
    { "supervise faults: parent unknown", parent_unknown, NEED_NATIVE },
    { "supervise faults: ways around", ways_around, NEED_NATIVE },
    { "supervise faults: pipes let go", pipes_let_go, NEED_NATIVE },
    { "supervise faults: nothing found", nothing_found, NEED_NATIVE },
    { "supervise faults: listing only once", listing_once, NEED_NATIVE },
    { "supervise faults: table cannot grow", table_cannot_grow, NEED_NATIVE },
    { "supervise: table grows", table_grows, 0 },
    { "supervise faults: without lists of children", without_lists, NEED_NATIVE },
    { "supervise faults: usage unknown", usage_unknown, NEED_NATIVE },
    { "supervise faults: deaf", deaf, NEED_NATIVE },
    { "supervise faults: dumb", dumb, NEED_NATIVE },
    { "supervise faults: failure unreadable", failure_unreadable, NEED_NATIVE },
    { NULL, NULL, 0 },
};
