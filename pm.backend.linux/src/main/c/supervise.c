#include "supervise.h"
#include "cgroup.h"
#include "descriptors.h"
#include "jvm.h"
#include "orders.h"
#include "sampling.h"
#include "steps.h"
#include "syscall.h"

/* A child that could not become the command exits by itself: time for it before it is killed. */
#define FAILED_CHILD_MILLIS 100
/* While a child is on its way to the command, it and the JVM are looked at this often. */
#define START_LOOK_MILLIS 100

/* All signals are blocked; SIGCHLD is read from a signalfd. An inherited SIG_IGN for it would reap by itself (wait(2)). */
static int take_signals(struct supervisor *s, enum step *step)
{
    static const struct kernel_sigaction by_default;
    int error;
    *step = STEP_SIGNALS;
    if ((error = sys_set_mask(~0ull)) < 0 || (error = sys_sigaction(SIGCHLD, &by_default)) < 0)
        return error;
    *step = STEP_WATCH;
    s->signals = sys_signalfd(1ull << (SIGCHLD - 1));
    return s->signals < 0 ? s->signals : 0;
}

/*
 * What a supervisor cannot do without is tried before anything runs: waiting, reaping, signalling, and reading /proc,
 * which must be that of our own PID namespace.
 */
static int try_tools(const struct supervisor *s)
{
    struct __kernel_timespec at_once = { 0 };
    struct process self = { 0 };
    int folder, error, status;
    struct rusage usage;
    if ((error = sys_poll(NULL, 0, &at_once)) < 0)
        return error;
    if ((error = sys_wait(&status, &usage)) < 0 && error != -ECHILD)
        return error;
    if ((error = sys_kill(s->killing.self, 0)) < 0)
        return error;
    if ((folder = process_open(s->killing.proc, s->killing.self)) < 0)
        return folder;
    error = process_read(folder, &self);
    sys_close(folder);
    return error < 0 || self.parent == sys_getppid() ? error : -ESRCH;
}

/* It survives execve(2): for an emulator that does not know this prctl the tests set it beforehand. */
static int become_subreaper(void)
{
#ifdef BORN_AS_SUBREAPER
    return 0;
#else
    return sys_prctl(PR_SET_CHILD_SUBREAPER, 1);
#endif
}

/* 0, or -errno with the step that failed. */
static int prepare(struct supervisor *s, enum step *step)
{
    int error;
    *step = STEP_SESSION;
    if ((error = sys_setsid()) < 0)
        return error;
    *step = STEP_SUBREAPER;
    if ((error = become_subreaper()) < 0)
        return error;
    if ((error = take_signals(s, step)) < 0)
        return error;
    s->killing.proc = s->asked.proc = sys_openat(AT_FDCWD, "/proc", O_RDONLY | O_DIRECTORY);
    if (s->killing.proc < 0)
        return s->killing.proc;
    if ((error = sys_getpid()) < 0)
        return error;
    s->killing.self = s->asked.self = error;
    if ((error = try_tools(s)) < 0)
        return error;
    return jvm_watch(&s->jvm, step);
}

static void become_command_or_tell(struct launch *launch, int pipe)
{
    struct failure failure = become_command(launch);
    sys_write(pipe, &failure, sizeof failure); /* nobody reads any more: the exit status is all that is left to say */
    sys_exit_group(EXIT_FAILED);
}

/* The child may have been stopped; and while it hangs the JVM may end, or give an order. */
static int await_word(struct supervisor *s, int pipe)
{
    struct pollfd fds[] = { { pipe, POLLIN, 0 }, { s->jvm.pidfd, POLLIN, 0 } };
    for (;;) {
        wait_for(fds, 2, START_LOOK_MILLIS);
        if (fds[0].revents)
            return 0;
        jvm_wait(&s->jvm, -1, 0, 0);
        orders_carry_out(s);
        if (s->jvm.gone)
            return -ESRCH;
        sys_kill(s->command, SIGCONT);
    }
}

/* The pipe's end without a message means that exec(2) closed it: 0. Else 1, and the failure. */
static int read_failure(struct supervisor *s, int pipe, struct failure *failure)
{
    long size = await_word(s, pipe);
    if (size == 0)
        do
            size = sys_read(pipe, failure, sizeof *failure);
        while (size == -EINTR);
    if (size < 0)
        *failure = (struct failure){ STEP_FORK, (int)size };
    return size != 0;
}

/* Forks the command and waits until it runs; 0, or -1 with the failure. */
static int start(struct supervisor *s, struct launch *launch, struct failure *failure)
{
    int ends[2], failed;
    failure->step = STEP_FORK;
    if ((failure->error = sys_pipe(ends)) < 0)
        return -1;
    s->command = sys_fork();
    if (s->command == 0)
        become_command_or_tell(launch, ends[1]);
    sys_close(ends[1]);
    failure->error = s->command;
    s->running = s->command > 0;
    failed = s->command < 0 || read_failure(s, ends[0], failure);
    sys_close(ends[0]);
    return failed ? -1 : 0;
}

/* Above all the command's pipes: their readers wait for the end that only the command's tree should hold. */
static void close_the_rest(const struct supervisor *s)
{
    int keep[] = { s->jvm.channel, s->jvm.pidfd, s->signals, s->killing.proc, s->tree };
    descriptors_close_but(keep, sizeof keep / sizeof *keep);
}

static __u64 micros(const struct __kernel_old_timeval *time)
{
    return (__u64)time->tv_sec * 1000000 + (__u64)time->tv_usec;
}

static void tell_usage(struct supervisor *s, struct message message, const struct rusage *usage)
{
    message.user_micros = micros(&usage->ru_utime);
    message.system_micros = micros(&usage->ru_stime);
    message.peak_kib = (__u64)usage->ru_maxrss;
    message.blocks_read = (__u64)usage->ru_inblock;
    message.blocks_written = (__u64)usage->ru_oublock;
    jvm_tell(&s->jvm, &message);
}

/* Reaps whatever ended; 1 when no child is left, and with that nothing of the tree. */
static int reap(struct supervisor *s)
{
    struct rusage usage;
    int status, pid;
    while ((pid = sys_wait(&status, &usage)) > 0) {
        s->pause = 0;
        if (pid != s->command || !s->running)
            continue;
        s->running = 0;
        tell_usage(s, (struct message){ .kind = MESSAGE_EXITED, .pid = pid, .value = status }, &usage);
    }
    return pid == -ECHILD;
}

static void drain_signals(const struct supervisor *s)
{
    char info[128]; /* struct signalfd_siginfo (signalfd(2)); what it says, wait4(2) says better */
    while (sys_read(s->signals, info, sizeof info) > 0)
        ;
}

static int finish(struct supervisor *s)
{
    static const struct rusage none;
    struct rusage usage;
    orders_killed(s, 0);
    if (sys_children_usage(&usage) < 0)
        usage = none;
    tell_usage(s, (struct message){ .kind = MESSAGE_EMPTY }, &usage);
    return EXIT_DONE;
}

/* That the JVM is gone may also have shown when something was told to it: then nothing but the tree's end is waited for. */
static void watch(struct supervisor *s)
{
    s->ending |= s->jvm.gone;
    jvm_wait(&s->jvm, s->signals, POLLIN, s->ending ? kill_pause(s) : sampling_pause(s));
    drain_signals(s);
    orders_carry_out(s);
    s->ending |= s->jvm.gone;
    sampling_look(s);
}

static int run(struct supervisor *s)
{
    for (;;) {
        watch(s);
        if (reap(s))
            return finish(s);
        if (s->ending && kill_pass(s) && s->jvm.gone)
            return EXIT_GAVE_UP;
    }
}

/* FAILED is told; but what was forked must not stay behind, nor as a zombie. */
static int give_up(struct supervisor *s, const struct failure *failure)
{
    jvm_tell_failed(&s->jvm, failure->step, failure->error);
    if (s->command > 0) {
        s->jvm.gone = 1;
        s->ending = 1;
        s->pause = FAILED_CHILD_MILLIS;
        run(s);
    }
    return EXIT_FAILED;
}

/* Whoever started the launcher may do something with it first, such as moving it to another cgroup. 1: the command may start. */
static int may_start(struct supervisor *s, const struct launch *launch)
{
    struct message ready = { .kind = MESSAGE_READY };
    if (!(launch->request->flags & FLAG_WAIT))
        return 1;
    jvm_tell(&s->jvm, &ready);
    return orders_await(s, ORDER_GO);
}

/* Where we have been put while we waited; without it the tree is killed by sweeps alone. */
static int tree_group(const struct launch *launch)
{
    int group;
    if (!(launch->request->flags & FLAG_TREE_GROUP))
        return -1;
    group = cgroup_open_own(launch->request->cgroup[0], TREE_GROUP);
    return group < 0 ? -1 : group;
}

/* Who put the launcher somewhere may want to look at that place once more: a scope is removed as soon as nothing lives in it. */
static int leave(struct supervisor *s, const struct launch *launch, int status)
{
    if (launch->request->flags & FLAG_WAIT && status == EXIT_DONE)
        orders_await(s, ORDER_BYE);
    return status;
}

int supervise(struct launch *launch)
{
    struct supervisor s = { .jvm = { launch->request->jvm, launch->request->channel, -1, 0 }, .tree = -1 };
    struct message started = { .kind = MESSAGE_STARTED };
    struct failure failure;
    s.sampling.most = launch->request->max_processes;
    failure.error = prepare(&s, &failure.step);
    if (failure.error < 0)
        return give_up(&s, &failure);
    if (!may_start(&s, launch))
        return EXIT_DONE;
    s.tree = tree_group(launch);
    if (start(&s, launch, &failure) < 0)
        return give_up(&s, &failure);
    close_the_rest(&s);
    started.pid = s.command;
    jvm_tell(&s.jvm, &started);
    return leave(&s, launch, run(&s));
}
