#include "orders.h"
#include "cgroup.h"

/* A tree that forks faster than it can be signalled is left to KILL, which stops everything first. */
#define SIGNAL_PASSES 10
#define STOP_PASSES 200

#define NO_GROUP 0
#define STUCK_PASSES 10
#define LONGEST_PAUSE_MILLIS 100
#define SHORT_PASS_MICROS 1000

static void answer(struct supervisor *s, __u32 sequence, unsigned count, int error)
{
    struct message message
        = { .kind = MESSAGE_ANSWER, .value = (int)count, .error = -error, .sequence = sequence };
    jvm_tell(&s->jvm, &message);
}

static void signal_leader(struct supervisor *s, const struct order *order)
{
    int error = s->running ? sys_kill(s->command, order->value) : -ESRCH;
    answer(s, order->sequence, error == 0, error);
}

static int valid_signal(int signal)
{
    return signal >= 0 && signal <= SIGNALS;
}

/*
 * The group in one call, which no fork within it can escape; but once the leader is reaped the group's number may
 * be anyone's, and its members are signalled one by one like the others.
 */
static void terminate(struct supervisor *s, const struct order *order)
{
    int group = s->running ? s->command : NO_GROUP;
    unsigned reached;
    int error = -EINVAL, refusal;
    if (!valid_signal(order->value)) {
        answer(s, order->sequence, 0, error);
        return;
    }
    if (group && sys_kill(-group, order->value) == -EPERM)
        group = NO_GROUP; /* not one member may be signalled: each shall say so itself */
    error = sweep_round(&s->asked, order->value, group, SIGNAL_PASSES);
    reached = s->asked.reached;
    refusal = s->asked.error;
    if (group)
        sys_kill(-group, SIGCONT);
    sweep_round(&s->asked, SIGCONT, group, SIGNAL_PASSES);
    answer(s, order->sequence, reached, refusal ? refusal : error);
}

static void signal_all(struct supervisor *s, const struct order *order, int signal, unsigned passes)
{
    int error = sweep_round(&s->asked, signal, NO_GROUP, passes);
    answer(s, order->sequence, s->asked.reached, s->asked.error ? s->asked.error : error);
}

static void kill_tree(struct supervisor *s, const struct order *order)
{
    if (s->waiting_count == KILLS_WAITING) {
        answer(s, order->sequence, 0, -EBUSY);
        return;
    }
    s->waiting[s->waiting_count++] = order->sequence;
    s->ending = 1;
    s->pause = 0;
}

static void set_most(struct supervisor *s, const struct order *order)
{
    if (order->value < 0) {
        answer(s, order->sequence, 0, -EINVAL);
        return;
    }
    s->sampling.most = (unsigned)order->value;
    s->sampling.over = 0;
    s->sampling.due = 0;
    answer(s, order->sequence, 0, 0);
}

static void share_sampling(struct supervisor *s, const struct order *order)
{
    if (order->value < 1) {
        answer(s, order->sequence, 0, -EINVAL);
        return;
    }
    s->sampling.among = (unsigned)order->value;
    answer(s, order->sequence, 0, 0);
}

static void carry_out(struct supervisor *s, const struct order *order)
{
    switch (order->kind) {
    case ORDER_SIGNAL_LEADER:
        signal_leader(s, order);
        break;
    case ORDER_TERMINATE:
        terminate(s, order);
        break;
    case ORDER_KILL:
        kill_tree(s, order);
        break;
    case ORDER_STOP:
        signal_all(s, order, SIGSTOP, STOP_PASSES);
        break;
    case ORDER_CONTINUE:
        signal_all(s, order, SIGCONT, SIGNAL_PASSES);
        break;
    case ORDER_SET_MAX_PROCESSES:
        set_most(s, order);
        break;
    case ORDER_SHARE_SAMPLING:
        share_sampling(s, order);
        break;
    default:
        answer(s, order->sequence, 0, -EPROTO);
    }
}

void orders_carry_out(struct supervisor *s)
{
    struct order order;
    enum heard heard;
    while ((heard = jvm_hear(&s->jvm, &order)) != HEARD_NOTHING)
        if (heard == HEARD_ORDER)
            carry_out(s, &order);
        else
            answer(s, order.sequence, 0, -EPROTO);
}

int orders_await(struct supervisor *s, enum order_kind wanted)
{
    struct order order;
    enum heard heard;
    while (!s->jvm.gone) {
        jvm_wait(&s->jvm, -1, 0, FOREVER);
        while ((heard = jvm_hear(&s->jvm, &order)) != HEARD_NOTHING)
            if (heard == HEARD_ORDER && order.kind == wanted)
                return 1;
            else
                answer(s, order.sequence, 0, -EPROTO);
    }
    return 0;
}

void orders_killed(struct supervisor *s, int error)
{
    unsigned i;
    for (i = 0; i < s->waiting_count; i++)
        answer(s, s->waiting[i], s->killed, -error);
    s->waiting_count = 0;
}

static void tell_stuck(struct supervisor *s, int error)
{
    struct message message
        = { .kind = MESSAGE_STUCK, .value = (int)s->killing.refused, .error = error };
    if (!s->told_stuck)
        jvm_tell(&s->jvm, &message);
    s->told_stuck = 1;
    orders_killed(s, error);
}

/* Without a readable /proc at least what the kernel finds for us: the command's own group. */
static void kill_group(struct supervisor *s)
{
    if (s->running && sys_kill(-s->command, SIGKILL) == 0)
        s->killing.reached++;
}

static int longer(int pause)
{
    if (pause == 0)
        return 1;
    return pause * 2 < LONGEST_PAUSE_MILLIS ? pause * 2 : LONGEST_PAUSE_MILLIS;
}

/*
 * The group first, where there is one: that takes also whom we may not signal, and a storm at once. For all else, stop
 * first: what still runs forks faster than a list of processes can be read. SIGKILL only when a pass finds nobody new.
 * 1 when all that were found have had it.
 */
static int stop_and_kill(struct supervisor *s)
{
    unsigned fresh;
    if (s->tree >= 0)
        cgroup_kill_beside(s->tree, TREE_GROUP);
    s->killing.error = 0;
    fresh = sweep_pass(&s->killing, SIGSTOP, NO_GROUP);
    if (fresh > 0 || s->killing.unsettled) {
        s->pause = 0;
        return 0;
    }
    fresh = sweep_kill(&s->killing);
    s->killed += fresh;
    if (s->killing.reached == 0 && s->killing.error)
        kill_group(s);
    s->pause = longer(fresh > 0 ? 0 : s->pause);
    return 1;
}

int kill_pass(struct supervisor *s)
{
    __s64 begin = clock_micros(CLOCK_MONOTONIC), took;
    if (begin < s->rest || !stop_and_kill(s))
        return 0;
    took = clock_micros(CLOCK_MONOTONIC) - begin;
    s->rest = took > SHORT_PASS_MICROS ? begin + 2 * took : 0;
    s->stuck_passes = s->killing.reached > 0 ? 0 : s->stuck_passes + 1;
    if (s->stuck_passes < STUCK_PASSES)
        return 0;
    /* wait4(2) says that there are children, and no signal reached one: refused, or hidden (hidepid, proc(5)) */
    tell_stuck(s, s->killing.error ? -s->killing.error : ESRCH);
    return 1;
}

int kill_pause(const struct supervisor *s)
{
    __s64 left = s->rest ? s->rest - clock_micros(CLOCK_MONOTONIC) : 0;
    int millis = left > 0 ? (int)(left / 1000 + 1) : 0;
    return millis > s->pause ? millis : s->pause;
}
