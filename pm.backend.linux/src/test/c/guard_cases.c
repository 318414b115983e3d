/* Role guard: the manager's cgroups are killed and removed when the JVM is gone, and left alone after BYE. */
#define _GNU_SOURCE
#include "guard_client.h"
#include "os.h"
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

static void says_ready(void)
{
    struct manager m = make_manager();
    struct launched l = launch_guard(&m, launcher);
    char membership[4096];
    expect(&l, MESSAGE_READY);
    os_read(membership, sizeof membership, "/proc/%d/cgroup", l.pid);
    require(strstr(membership, "/" MANAGER "/guard\n"), "guard in %s", membership);
    order(&l, ORDER_KILL, 0, 5);
    require(answer_to(&l, 5).error == EPROTO, "the guard takes KILL");
    order(&l, ORDER_BYE, 0, 6);
    expect_end(&l);
    expect_exit(&l, 0);
    remove_manager(&m);
}

static void bye_kills_nothing(void)
{
    struct manager m = make_manager();
    struct launched tree = launch_in(&m, "run/a", "brood", "2"), l = launch_guard(&m, launcher);
    await_lines(&tree, 2);
    expect(&l, MESSAGE_READY);
    order(&l, ORDER_BYE, 0, 1);
    expect_exit(&l, 0);
    require(os_state(tree.pid) == 'S', "the tree is gone");
    require(rmdir_below(&m, "guard") == 0, "the guard's leaf is not free: %s", strerror(errno));
    kill_group(&m, "run");
    os_wait(tree.pid, PATIENCE);
    remove_manager(&m);
}

/* The guard may close what is of no use to it, not what it needs. */
static void guard_descriptors(void)
{
    struct manager m = make_manager();
    struct launched l = launch_guard(&m, launcher);
    char path[64], target[256];
    int fd, count = 0;
    expect(&l, MESSAGE_READY);
    for (fd = 0; fd < 1024; fd++) {
        snprintf(path, sizeof path, "/proc/%d/fd/%d", l.pid, fd);
        count += readlink(path, target, sizeof target) > 0;
    }
    require(count == 5, "%d descriptors instead of three folders, channel and pidfd", count);
    order(&l, ORDER_BYE, 0, 1);
    expect_exit(&l, 0);
    remove_manager(&m);
}

/* Sub-groups made by the tree itself, a frozen one, a process in a session of its own: all end, all folders go. */
static void kill_everything(const char *binary, int by_death)
{
    struct manager m = make_manager();
    struct launched trees[3], l;
    struct stand_in s;
    int i, held = by_death ? -1 : open_group(&m, "");
    make_group(&m, "run/a/x");
    make_group(&m, "run/a/x/y");
    make_group(&m, "run/a/empty");
    trees[0] = launch_in(&m, "run/a", "leave", "0");
    trees[1] = launch_in(&m, "run/a/x/y", "brood", "5");
    trees[2] = launch_in(&m, "run/a/x", "chain", "5");
    await_lines(&trees[0], 1);
    await_lines(&trees[1], 5);
    await_lines(&trees[2], 6);
    freeze_group(&m, "run/a/x/y");
    if (by_death) {
        s = stand_in_with_guard(&m, binary);
        l = s.launched;
        kill(s.pid, SIGKILL);
        os_wait(s.pid, PATIENCE);
    } else {
        l = launch_guard(&m, binary);
        expect(&l, MESSAGE_READY);
        close(l.channel);
    }
    for (i = 0; i < 3; i++) {
        long long took = await_all_gone(&trees[i], PATIENCE);
        os_wait(trees[i].pid, PATIENCE);
        if (i == 2)
            note(" gone after %lld ms", took);
    }
    expect_exit(&l, 0);
    while (os_reap_any())
        ;
    require(access(m.path, F_OK) < 0, "%s is still there", m.path);
    if (held >= 0)
        close(held);
}

static void channel_closed(void)
{
    kill_everything(launcher, 0);
}

static void jvm_killed(void)
{
    kill_everything(launcher, 1);
}

static void without_kill_file(void)
{
    kill_everything(test_build, 0);
    kill_everything(test_build, 1);
}

static void storm(const char *binary)
{
    struct manager m = make_manager();
    struct launched tree = launch_in(&m, "run/a", "storm", "500"), l = launch_guard(&m, binary);
    expect(&l, MESSAGE_READY);
    await_lines(&tree, 1);
    close(l.channel);
    note(" gone after %lld ms", await_all_gone(&tree, PATIENCE));
    os_wait(tree.pid, PATIENCE);
    expect_exit(&l, 0);
    while (os_reap_any())
        ;
    require(access(m.path, F_OK) < 0, "%s is still there", m.path);
}

static void storm_with_kill(void)
{
    storm(launcher);
}

static void storm_without_kill_file(void)
{
    storm(test_build);
}

/* Nobody outside `run` may be hurt: not the neighbour whose name only begins the same. */
static void neighbours_live(void)
{
    struct manager m = make_manager();
    struct launched tree = launch_in(&m, "run/a", "hold", NULL), neighbour, l;
    make_group(&m, "runner");
    neighbour = launch_in(&m, "runner", "hold", NULL);
    await_lines(&tree, 1);
    await_lines(&neighbour, 1);
    l = launch_guard(&m, test_build);
    expect(&l, MESSAGE_READY);
    close(l.channel);
    await_all_gone(&tree, PATIENCE);
    os_wait(tree.pid, PATIENCE);
    await(access_group(&m, "run") < 0, PATIENCE, "run is removed");
    require(os_state(neighbour.pid) == 'S', "the neighbour is gone");
    kill(neighbour.pid, SIGKILL);
    os_wait(neighbour.pid, PATIENCE);
    rmdir_below(&m, "runner");
    expect_exit(&l, 0);
    require(access(m.path, F_OK) < 0, "%s is still there", m.path);
}

static void stopped_guard(void)
{
    struct manager m = make_manager();
    struct launched tree = launch_in(&m, "run/a", "leave", "0");
    struct stand_in s;
    await_lines(&tree, 1);
    s = stand_in_with_guard(&m, launcher);
    kill(s.launched.pid, SIGSTOP);
    await(os_state(s.launched.pid) == 'T', PATIENCE, "the guard is stopped");
    kill(s.pid, SIGKILL);
    os_wait(s.pid, PATIENCE);
    await_all_gone(&tree, PATIENCE);
    os_wait(tree.pid, PATIENCE);
    expect_exit(&s.launched, 0);
    while (os_reap_any())
        ;
}

/* A process whose first thread has ended, in a group below its tree's; cgroup.kill does not reach it. */
static void first_thread_ended(const char *binary)
{
    struct manager m = make_manager();
    struct launched tree, l;
    make_group(&m, "run/a/x");
    tree = launch_in(&m, "run/a/x", "late", NULL);
    await_lines(&tree, 1);
    await(os_state(tree.pid) == 'Z', PATIENCE, "the first thread has ended");
    l = launch_guard(&m, binary);
    expect(&l, MESSAGE_READY);
    close(l.channel);
    note(" gone after %lld ms", await_all_gone(&tree, PATIENCE));
    os_wait(tree.pid, PATIENCE);
    expect_exit(&l, 0);
    require(access(m.path, F_OK) < 0, "%s is still there", m.path);
}

static void first_thread_ended_with_kill_file(void)
{
    first_thread_ended(launcher);
}

static void first_thread_ended_without_kill_file(void)
{
    first_thread_ended(test_build);
}

static void first_threads_ended_in_a_storm(void)
{
    struct manager m = make_manager();
    struct launched tree = launch_in(&m, "run/a", "late-storm", "200"), l;
    await_lines(&tree, 1);
    l = launch_guard(&m, launcher);
    expect(&l, MESSAGE_READY);
    close(l.channel);
    note(" gone after %lld ms", await_all_gone(&tree, PATIENCE));
    os_wait(tree.pid, PATIENCE);
    expect_exit(&l, 0);
    while (os_reap_any())
        ;
    require(access(m.path, F_OK) < 0, "%s is still there", m.path);
}

/* Groups in each other, with names of this length, and a process in the last; its first thread has ended. */
static struct launched nest(const struct manager *m, int depth, int length)
{
    struct spec spec = { .role = ROLE_EXEC, .act = "late", .cgroup_count = 1 };
    int here = open_group(m, "run/a"), below;
    struct launched tree;
    char name[256];
    memset(name, 'n', sizeof name);
    name[length] = 0;
    for (; depth > 0; depth--) {
        require(mkdirat(here, name, 0755) == 0, "could not nest: %s", strerror(errno));
        below = openat(here, name, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
        close(here);
        here = below;
    }
    spec.cgroup[0] = here;
    tree = launch(&spec);
    expect_end(&tree);
    await_lines(&tree, 1);
    return tree;
}

static void ends_nested(const char *binary, int depth, int length)
{
    struct manager m = make_manager();
    struct launched tree = nest(&m, depth, length), l;
    long long begin;
    make_group(&m, "run/a/m");
    make_group(&m, "run/a/z");
    l = launch_guard(&m, binary);
    expect(&l, MESSAGE_READY);
    begin = now_millis();
    close(l.channel);
    await_all_gone(&tree, PATIENCE);
    os_wait(tree.pid, PATIENCE);
    expect_exit(&l, 0);
    note(" removed after %lld ms", now_millis() - begin);
    require(access(m.path, F_OK) < 0, "%s is still there", m.path);
}

static void two_thousand_deep(void)
{
    ends_nested(launcher, 2000, 2);
}

static void two_thousand_deep_without_kill_file(void)
{
    ends_nested(test_build, 2000, 2);
}

/* No path can name them: it has at most 4096 bytes. */
static void long_names(void)
{
    ends_nested(launcher, 40, 250);
}

static void long_names_without_kill_file(void)
{
    ends_nested(test_build, 40, 250);
}

static struct manager *nobodys;

static void give_to_nobody(const char *name)
{
    char path[1024];
    snprintf(path, sizeof path, "%s/%s", nobodys->path, name);
    require(chown(path, 65534, 65534) == 0, "could not give %s away: %s", path, strerror(errno));
}

static void take_permissions(const char *name)
{
    char path[1024];
    snprintf(path, sizeof path, "%s/%s", nobodys->path, name);
    require(chmod(path, 0) == 0, "could not change %s: %s", path, strerror(errno));
}

/* A user may move itself only below a group of its own. */
static void join_as_nobody(void)
{
    int procs = openat(nobodys->folder, "cgroup.procs", O_WRONLY | O_CLOEXEC);
    if (write(procs, "0", 1) != 1 || syscall(SYS_setresgid, 65534, 65534, 65534) < 0
        || syscall(SYS_setresuid, 65534, 65534, 65534) < 0)
        _exit(95);
}

/* The tree belongs to the same user as the guard: it may take all permissions away, and the guard may give them back. */
static void without_permissions(const char *binary)
{
    static const char *const given[] = { "..", "../cgroup.procs", "", "cgroup.procs", "guard", "guard/cgroup.procs", "run",
        "run/cgroup.kill", "run/cgroup.freeze", "run/cgroup.events", "run/cgroup.procs", "run/a", "run/a/cgroup.procs", "run/a/x",
        "run/a/x/y" };
    static const char *const taken[] = { "run/cgroup.kill", "run/cgroup.freeze", "run/cgroup.events", "run/cgroup.procs",
        "run/a/cgroup.procs", "run/a/x/y", "run/a/x", "run/a", "run", "guard", "" };
    struct manager m = make_manager();
    struct spec spec = guard_spec(&m, binary), held = { .role = ROLE_EXEC, .act = "late", .cgroup_count = 1 };
    struct launched tree, l;
    unsigned i;
    make_group(&m, "run/a/x");
    make_group(&m, "run/a/x/y");
    nobodys = &m;
    for (i = 0; i < sizeof given / sizeof *given; i++)
        give_to_nobody(given[i]);
    held.cgroup[0] = open_group(&m, "run/a");
    held.before = join_as_nobody;
    tree = launch(&held);
    expect_end(&tree);
    await_lines(&tree, 1);
    spec.before = join_as_nobody;
    l = launch(&spec);
    expect(&l, MESSAGE_READY);
    for (i = 0; i < sizeof taken / sizeof *taken; i++)
        take_permissions(taken[i]);
    close(l.channel);
    await_all_gone(&tree, PATIENCE);
    os_wait(tree.pid, PATIENCE);
    expect_exit(&l, 0);
    require(access(m.path, F_OK) < 0, "%s is still there", m.path);
}

static void without_permissions_with_kill_file(void)
{
    without_permissions(launcher);
}

static void without_permissions_without_kill_file(void)
{
    without_permissions(test_build);
}

static int lock_is_free(const char *path)
{
    int fd = open(path, O_RDONLY | O_DIRECTORY | O_CLOEXEC), free;
    require(fd >= 0, "no folder %s: %s", path, strerror(errno));
    free = flock(fd, LOCK_EX | LOCK_NB) == 0;
    close(fd);
    return free;
}

/* The lock on the manager's folder is the guard's as well: free only when both are gone. */
static void lock_is_held(void)
{
    struct manager m = make_manager();
    struct launched l;
    require(flock(m.folder, LOCK_EX | LOCK_NB) == 0, "no lock on a cgroup folder: %s", strerror(errno));
    l = launch_guard(&m, launcher);
    expect(&l, MESSAGE_READY);
    close(m.folder); /* the JVM's copy */
    require(!lock_is_free(m.path), "the guard does not hold the lock");
    order(&l, ORDER_BYE, 0, 1);
    expect_exit(&l, 0);
    require(lock_is_free(m.path), "the lock outlives the guard");
    remove_manager(&m);
}

/* A folder that stays busy is given up after five seconds, and said so by the exit status. */
static void busy_folder(void)
{
    struct manager m = make_manager();
    struct launched l, intruder;
    long long begin, took;
    make_group(&m, "other");
    intruder = launch_in(&m, "other", "hold", NULL);
    l = launch_guard(&m, launcher);
    expect(&l, MESSAGE_READY);
    begin = now_millis();
    close(l.channel);
    expect_exit(&l, EXIT_GAVE_UP);
    took = now_millis() - begin;
    require(took >= 4500, "gave up after %lld ms", took);
    require(access_group(&m, "run") < 0 && access_group(&m, "guard") < 0, "run or guard is still there");
    kill(intruder.pid, SIGKILL);
    os_wait(intruder.pid, PATIENCE);
    rmdir_below(&m, "other");
    require(rmdir(m.path) == 0, "could not remove %s: %s", m.path, strerror(errno));
}

static void no_leaf(void)
{
    struct manager m = make_manager();
    struct launched l;
    rmdir_below(&m, "guard");
    l = launch_guard(&m, launcher);
    expect_failed(&l, STEP_CGROUP, ENOENT);
    remove_manager(&m);
}

static void become_session_leader(void)
{
    setsid();
}

static void refused_at_start(void)
{
    struct manager m = make_manager();
    struct spec spec = guard_spec(&m, launcher);
    struct launched l;
    spec.before = become_session_leader;
    l = launch(&spec);
    expect_failed(&l, STEP_SESSION, EPERM);
    remove_manager(&m);
}

/* The JVM is killed right after it has started the guard: its pid is no longer that of the guard's parent. */
static void jvm_killed_at_start(void)
{
    struct manager m = make_manager();
    struct spec spec = guard_spec(&m, launcher);
    struct launched tree = launch_in(&m, "run/a", "leave", "0"), l;
    await_lines(&tree, 1);
    spec.jvm = 1;
    l = launch(&spec);
    await_all_gone(&tree, PATIENCE);
    os_wait(tree.pid, PATIENCE);
    expect_exit(&l, 0);
    while (os_reap_any())
        ;
    require(access(m.path, F_OK) < 0, "%s is still there", m.path);
}

/* Somebody was there first: nothing to do is no failure. */
static void nothing_left(void)
{
    struct manager m = make_manager();
    struct launched l = launch_guard(&m, launcher);
    expect(&l, MESSAGE_READY);
    require(rmdir_below(&m, "run/a") == 0 && rmdir_below(&m, "run") == 0, "could not remove run");
    close(l.channel);
    expect_exit(&l, 0);
    require(access(m.path, F_OK) < 0, "%s is still there", m.path);
}

const struct test_case guard_cases[] = {
    { "guard: READY, in its leaf, refuses orders", says_ready, NEED_CGROUP2 },
    { "guard: BYE kills and removes nothing", bye_kills_nothing, NEED_CGROUP2 },
    { "guard: its descriptors", guard_descriptors, NEED_CGROUP2 | NEED_NATIVE },
    { "guard: channel closed", channel_closed, NEED_CGROUP2 },
    { "guard: JVM killed", jvm_killed, NEED_CGROUP2 },
    { "guard: JVM killed while the guard starts", jvm_killed_at_start, NEED_CGROUP2 },
    { "guard: without cgroup.kill", without_kill_file, NEED_CGROUP2 | NEED_TEST_BUILD },
    { "guard: storm of 500", storm_with_kill, NEED_CGROUP2 },
    { "guard: storm of 500 without cgroup.kill", storm_without_kill_file, NEED_CGROUP2 | NEED_TEST_BUILD },
    { "guard: first thread ended", first_thread_ended_with_kill_file, NEED_CGROUP2 },
    { "guard: first thread ended, without cgroup.kill", first_thread_ended_without_kill_file, NEED_CGROUP2 | NEED_TEST_BUILD },
    { "guard: first threads ended in a storm", first_threads_ended_in_a_storm, NEED_CGROUP2 },
    { "guard: 2000 groups deep", two_thousand_deep, NEED_CGROUP2 },
    { "guard: 2000 groups deep, without cgroup.kill", two_thousand_deep_without_kill_file, NEED_CGROUP2 | NEED_TEST_BUILD },
    { "guard: paths that are too long", long_names, NEED_CGROUP2 },
    { "guard: paths that are too long, without cgroup.kill", long_names_without_kill_file, NEED_CGROUP2 | NEED_TEST_BUILD },
    { "guard: permissions taken away", without_permissions_with_kill_file, NEED_CGROUP2 | NEED_ROOT },
    { "guard: permissions taken away, without cgroup.kill", without_permissions_without_kill_file,
        NEED_CGROUP2 | NEED_ROOT | NEED_TEST_BUILD },
    { "guard: neighbours live", neighbours_live, NEED_CGROUP2 | NEED_TEST_BUILD },
    { "guard: stopped guard", stopped_guard, NEED_CGROUP2 },
    { "guard: lock is held", lock_is_held, NEED_CGROUP2 },
    { "guard: busy folder", busy_folder, NEED_CGROUP2 },
    { "guard: no leaf", no_leaf, NEED_CGROUP2 },
    { "guard: refused at the start", refused_at_start, NEED_CGROUP2 },
    { "guard: nothing left to do", nothing_left, NEED_CGROUP2 },
    { NULL, NULL, 0 },
};
