#include "birth.h"
#include "syscall.h"

static void tell_born(struct jvm *jvm, int pid)
{
    struct message born = { .kind = MESSAGE_BORN, .pid = pid };
    jvm_tell(jvm, &born);
}

/*
 * Told first: should this process die before the next step, the JVM knows whom to reap. The other one's end is certain
 * from here on, whatever the command does to it: it holds the command's pipes and the channel.
 */
static void be_born(struct launch *launch, struct jvm *jvm, int other)
{
    tell_born(jvm, sys_getpid());
    sys_pidfd_send_signal(other, SIGKILL);
    sys_close(other);
    launch->born_in = 1;
}

/*
 * To move a process into a group the kernel waits until no other is in the middle of a fork, and for that through a grace
 * period of RCU: 8 ms on a host where nothing was moved for a while (kernel/cgroup/cgroup.c, cgroup_threadgroup_rwsem). To
 * be born there waits for nothing. A kernel or a sandbox that has not all it takes: then we move.
 */
static int give_birth(struct launch *launch, struct jvm *jvm)
{
    int pid, self = sys_pidfd_open(sys_getpid());
    if (self < 0)
        return 0;
    pid = sys_fork_sibling_into(launch->request->cgroup[0]);
    if (pid == 0)
        be_born(launch, jvm, self);
    else
        sys_close(self);
    return pid;
}

int hand_over(struct launch *launch, struct jvm *jvm)
{
    int pid;
    if (launch->request->cgroup_count == 0 || jvm->gone)
        return 0;
    pid = give_birth(launch, jvm);
    if (pid > 0)
        tell_born(jvm, pid); /* it may be dead before it could tell */
    else if (!launch->born_in)
        tell_born(jvm, sys_getpid());
    return pid > 0;
}
