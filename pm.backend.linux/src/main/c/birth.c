#include "birth.h"
#include "syscall.h"

/* The other one's end is certain from here on, whatever the command does to it: it holds the command's pipes and the channel. */
static void be_born(struct launch *launch, struct jvm *jvm, int other)
{
    struct message born = { .kind = MESSAGE_BORN, .pid = sys_getpid() };
    sys_pidfd_send_signal(other, SIGKILL);
    sys_close(other);
    launch->born_in = 1;
    jvm_tell(jvm, &born);
}

/*
 * To move a process into a group the kernel waits until no other is in the middle of a fork, and for that through a grace
 * period of RCU: 8 ms on a host where nothing was moved for a while (kernel/cgroup/cgroup.c, cgroup_threadgroup_rwsem). To
 * be born there waits for nothing. A kernel or a sandbox that has not all it takes: then we move.
 */
int hand_over(struct launch *launch, struct jvm *jvm)
{
    int self, pid;
    if (launch->request->cgroup_count == 0 || jvm->gone)
        return 0;
    self = sys_pidfd_open(sys_getpid());
    if (self < 0)
        return 0;
    pid = sys_fork_sibling_into(launch->request->cgroup[0]);
    if (pid == 0) {
        be_born(launch, jvm, self);
        return 0;
    }
    sys_close(self);
    return pid > 0;
}
