#include "jvm.h"

#define MILLIS_PER_SECOND 1000
#define NANOS_PER_MILLI 1000000
#define PAUSE_WITHOUT_POLL_MILLIS 10

static struct __kernel_timespec timespec_of(int millis)
{
    struct __kernel_timespec time;
    time.tv_sec = millis / MILLIS_PER_SECOND;
    time.tv_nsec = (long long)(millis % MILLIS_PER_SECOND) * NANOS_PER_MILLI;
    return time;
}

void wait_for(struct pollfd *fds, unsigned count, int millis)
{
    struct __kernel_timespec time = timespec_of(millis);
    unsigned i;
    int error = sys_poll(fds, count, millis < 0 ? NULL : &time);
    if (error >= 0)
        return;
    for (i = 0; i < count; i++)
        fds[i].revents = 0;
    if (error == -EINTR)
        return;
    time = timespec_of(millis >= 0 && millis < PAUSE_WITHOUT_POLL_MILLIS ? millis : PAUSE_WITHOUT_POLL_MILLIS);
    sys_sleep(&time); /* refused as well: then this loop spins, which is better than not looking */
}

/* The parent changes when the last thread of the JVM is gone (getppid(2), prctl(2) PR_SET_CHILD_SUBREAPER). */
static int parent_changed(const struct jvm *jvm)
{
    return sys_getppid() != jvm->pid;
}

int jvm_watch(struct jvm *jvm, enum step *step)
{
    /* SIGCONT wakes a stopped process even where it is blocked (signal(7)): a stopped launcher still sees the end. */
    int parent, error = sys_prctl(PR_SET_PDEATHSIG, SIGCONT);
    *step = STEP_WATCH;
    if (error < 0)
        return error;
    jvm->pidfd = sys_pidfd_open(jvm->pid);
    *step = STEP_PARENT;
    parent = sys_getppid();
    if (parent != jvm->pid)
        return parent < 0 ? parent : -ESRCH;
    /* Linux 5.3; refused by an older kernel or a sandbox: the parent is polled */
    if (jvm->pidfd < 0)
        jvm->pidfd = -1;
    return 0;
}

static int worth_waiting(long error)
{
    return error == -EAGAIN || error == -EINTR || error == -ENOBUFS || error == -ENOMEM;
}

/* sendto(2) for the sockets of supervise and guard; write(2) for the pipe of exec, and where a sandbox has no sendto. */
static long send(const struct jvm *jvm, const struct message *message)
{
    long sent = sys_send(jvm->channel, message, sizeof *message);
    if (sent >= 0 || worth_waiting(sent) || sent == -EPIPE)
        return sent;
    return sys_write(jvm->channel, message, sizeof *message);
}

void jvm_tell(struct jvm *jvm, const struct message *message)
{
    while (!jvm->gone) {
        struct pollfd fds[2] = { { jvm->channel, POLLOUT, 0 }, { jvm->pidfd, POLLIN, 0 } };
        long sent = send(jvm, message);
        if (sent >= 0)
            return;
        if (!worth_waiting(sent) || parent_changed(jvm))
            jvm->gone = 1;
        else
            wait_for(fds, 2, PARENT_POLL_MILLIS);
    }
}

void jvm_tell_failed(struct jvm *jvm, enum step step, int error)
{
    struct message message = { .kind = MESSAGE_FAILED, .value = step, .error = -error };
    jvm_tell(jvm, &message);
}

void jvm_wait(struct jvm *jvm, int other, short other_events, int millis)
{
    /* A negative descriptor is skipped (poll(2)): what has ended must not make the loop spin. */
    struct pollfd fds[3] = {
        { jvm->gone ? -1 : jvm->channel, POLLIN, 0 },
        { jvm->gone ? -1 : jvm->pidfd, POLLIN, 0 },
        { other, other_events, 0 },
    };
    if (jvm->pidfd < 0 && !jvm->gone && (millis < 0 || millis > PARENT_POLL_MILLIS))
        millis = PARENT_POLL_MILLIS;
    wait_for(fds, 3, millis);
    if (fds[1].revents || parent_changed(jvm))
        jvm->gone = 1;
}

enum heard jvm_hear(struct jvm *jvm, struct order *order)
{
    long size;
    *order = (struct order){ 0 };
    if (jvm->gone)
        return HEARD_NOTHING;
    size = sys_receive(jvm->channel, order, sizeof *order);
    if (size == -EAGAIN || size == -EINTR || size == -ENOMEM)
        return HEARD_NOTHING;
    if (size <= 0) {
        jvm->gone = 1; /* 0 is the end; ECONNRESET and whatever else: nothing will be heard any more */
        return HEARD_NOTHING;
    }
    return size == sizeof *order ? HEARD_ORDER : HEARD_NONSENSE;
}

__s64 clock_micros(int clock)
{
    struct __kernel_timespec time;
    return sys_clock(clock, &time) < 0 ? 0 : time.tv_sec * 1000000 + time.tv_nsec / 1000;
}
