#include "guard.h"
#include "cgroup.h"
#include "descriptors.h"
#include "jvm.h"
#include "steps.h"
#include "syscall.h"

/* Folders of a manager: its own leaf, and the group that holds all its trees. */
#define OWN_LEAF "guard"
#define TREES "run"

/* Folders that stay busy are retried for 5 s in all. */
#define REMOVE_AGAIN_MILLIS 10
#define REMOVE_ROUNDS 500

/* So many milliseconds after the first kill of the group. A power of two. */
#define FIRST_OUTLIVED 8

static int join_leaf(int manager)
{
    int error, leaf = cgroup_open(manager, OWN_LEAF);
    if (leaf < 0)
        return leaf;
    error = cgroup_join(leaf);
    sys_close(leaf);
    return error;
}

static void close_the_rest(const struct launch *launch)
{
    int keep[CGROUP_LIMIT + 1], i, count = (int)launch->request->cgroup_count;
    for (i = 0; i < count; i++)
        keep[i] = launch->request->cgroup[i];
    keep[count] = launch->request->channel;
    descriptors_close_but(keep, count + 1);
}

/* 0 or -errno with the step that failed. */
static int stand(const struct launch *launch, struct jvm *jvm, enum step *step)
{
    int error;
    *step = STEP_SESSION;
    if ((error = sys_setsid()) < 0)
        return error;
    *step = STEP_SIGNALS;
    if ((error = sys_set_mask(~0ull)) < 0)
        return error;
    *step = STEP_CGROUP;
    if ((error = join_leaf(launch->request->cgroup[GUARD_MANAGER])) < 0)
        return error;
    close_the_rest(launch);
    return jvm_watch(jvm, step);
}

static void pause_millis(int millis)
{
    wait_for(NULL, 0, millis);
}

/* Killed again after so many milliseconds: soon at first, seldom when a second was not enough (state D). */
static int patience(int round)
{
    if (round < 10)
        return 1;
    return round < 110 ? 10 : 100;
}

/* Whether the members are also killed one by one, which takes longer the more there are: in rounds 8, 16, 32 … */
static int outlived(int round)
{
    return round >= FIRST_OUTLIVED && (round & (round - 1)) == 0;
}

/* Kills until the kernel says that nobody is left. An unreadable cgroup.events ends it: the removal tells. */
static void empty(int trees)
{
    int round, events = cgroup_open_events(trees);
    for (round = 0;; round++) {
        struct pollfd change = { events, POLLPRI, 0 };
        cgroup_kill(trees, TREES);
        if (events < 0 || cgroup_populated(events) != 1)
            break;
        if (outlived(round))
            cgroup_kill_one_by_one(trees, TREES);
        wait_for(&change, 1, patience(round));
    }
    if (events >= 0)
        sys_close(events);
}

/* Whether to try again what gave this error; sleeps if so. */
static int busy(int error, int *rounds)
{
    if (error != -EBUSY || *rounds == 0)
        return 0;
    --*rounds;
    pause_millis(REMOVE_AGAIN_MILLIS);
    return 1;
}

static int remove_folder(int parent, const char *name, int *rounds)
{
    int error;
    do
        error = cgroup_remove(parent, name);
    while (busy(error, rounds));
    return error == -ENOENT ? 0 : error;
}

static int remove_trees(int manager, int trees, int *rounds)
{
    int error;
    while (busy(error = cgroup_remove_below(trees), rounds))
        cgroup_kill(trees, TREES);
    return error < 0 ? error : remove_folder(manager, TREES, rounds);
}

static int end_trees(int manager, int *rounds)
{
    int error, trees = cgroup_open(manager, TREES);
    if (trees < 0)
        return trees == -ENOENT ? 0 : trees;
    empty(trees);
    error = remove_trees(manager, trees, rounds);
    sys_close(trees);
    return error;
}

/* A folder of the manager in another hierarchy, and all below it: its groups only limit and count what v2's hold. */
static int remove_further(int folder, const char *name, int *rounds)
{
    int error, parent;
    do
        error = cgroup_remove_below(folder);
    while (busy(error, rounds));
    if (error < 0)
        return error == -ENOENT ? 0 : error; /* somebody has removed it */
    parent = cgroup_open(folder, "..");
    if (parent < 0)
        return parent;
    error = remove_folder(parent, name, rounds);
    sys_close(parent);
    return error;
}

/* What cannot be removed in one hierarchy does not keep the rest, nor take its time. */
static int remove_all_further(const struct launch *launch)
{
    int result = 0, rounds = REMOVE_ROUNDS;
    __u32 i;
    for (i = GUARD_FURTHER; i < launch->request->cgroup_count; i++) {
        int error = remove_further(launch->request->cgroup[i], launch->paths[0], &rounds);
        if (error < 0)
            result = error;
    }
    return result;
}

/* The JVM is gone: nothing of its trees may stay. */
static int avenge(const struct launch *launch)
{
    const int *folder = launch->request->cgroup;
    int further = 0, rounds = REMOVE_ROUNDS;
    int error = end_trees(folder[GUARD_MANAGER], &rounds);
    if (!error) {
        further = remove_all_further(launch);
        error = cgroup_join(folder[GUARD_REFUGE]);
    }
    if (!error)
        error = remove_folder(folder[GUARD_MANAGER], OWN_LEAF, &rounds);
    if (!error)
        error = remove_folder(folder[GUARD_PARENT], launch->paths[0], &rounds);
    return error || further ? EXIT_GAVE_UP : EXIT_DONE;
}

/* All orders but BYE are none of the guard's. */
static void refuse(struct jvm *jvm, const struct order *order)
{
    struct message answer = { .kind = MESSAGE_ANSWER, .error = EPROTO, .sequence = order->sequence };
    jvm_tell(jvm, &answer);
}

int guard(struct launch *launch)
{
    struct jvm jvm = { .pid = launch->request->jvm, .channel = launch->request->channel, .pidfd = -1 };
    struct message ready = { .kind = MESSAGE_READY };
    struct order order;
    enum step step;
    enum heard heard;
    int error = stand(launch, &jvm, &step);
    if (step == STEP_PARENT && error == -ESRCH)
        return avenge(launch); /* the JVM was killed meanwhile */
    if (error < 0) {
        jvm_tell_failed(&jvm, step, error);
        return EXIT_FAILED;
    }
    jvm_tell(&jvm, &ready);
    while (!jvm.gone) {
        jvm_wait(&jvm, -1, 0, FOREVER);
        while ((heard = jvm_hear(&jvm, &order)) != HEARD_NOTHING) {
            if (heard == HEARD_ORDER && order.kind == ORDER_BYE)
                return EXIT_DONE;
            refuse(&jvm, &order);
        }
    }
    return avenge(launch);
}
