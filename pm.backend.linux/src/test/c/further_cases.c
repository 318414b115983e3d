/* Role guard with folders in further hierarchies. */
#define _GNU_SOURCE
#include "guard_client.h"
#include "os.h"
#include <errno.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

static const char *path_of(const char *name)
{
    static char path[512];
    snprintf(path, sizeof path, "%s/%s", cgroup2, name);
    return path;
}

static void remove_group(const char *name)
{
    await(rmdir(path_of(name)) == 0 || errno == ENOENT, PATIENCE, "a group can be removed");
}

static void all_go(void)
{
    static const char *const parents[] = { "v1", "v2", "v3", "v4", "v5" };
    struct manager m = make_manager();
    struct launched tree = launch_in(&m, "run/a", "leave", "0");
    struct stand_in s;
    unsigned i;
    await_lines(&tree, 1);
    for (i = 0; i < 5; i++)
        add_further(&m, parents[i]);
    s = stand_in_with_guard(&m, launcher);
    kill(s.pid, SIGKILL);
    os_wait(s.pid, PATIENCE);
    os_wait(tree.pid, PATIENCE);
    expect_exit(&s.launched, 0);
    while (os_reap_any())
        ;
    require(access(m.path, F_OK) < 0, "%s is still there", m.path);
    for (i = 0; i < 5; i++) {
        require(!further_exists(parents[i]), "%s is still there", parents[i]);
        remove_group(parents[i]);
    }
}

static void bye_leaves_them(void)
{
    struct manager m = make_manager();
    struct launched l;
    add_further(&m, "v1");
    l = launch_guard(&m, launcher);
    expect(&l, MESSAGE_READY);
    order(&l, ORDER_BYE, 0, 1);
    expect_exit(&l, 0);
    require(further_exists("v1"), "the guard removed what is not its own to remove");
    remove_group("v1/" MANAGER "/a/b");
    remove_group("v1/" MANAGER "/a");
    remove_group("v1/" MANAGER "/c");
    remove_group("v1/" MANAGER);
    remove_group("v1");
    remove_manager(&m);
}

/* Somebody was there first: no failure. */
static void removed_before(void)
{
    struct manager m = make_manager();
    struct launched l;
    add_further(&m, "v1");
    l = launch_guard(&m, launcher);
    expect(&l, MESSAGE_READY);
    remove_group("v1/" MANAGER "/a/b");
    remove_group("v1/" MANAGER "/a");
    remove_group("v1/" MANAGER "/c");
    remove_group("v1/" MANAGER);
    close(l.channel);
    expect_exit(&l, 0);
    require(access(m.path, F_OK) < 0, "%s is still there", m.path);
    remove_group("v1");
}

/* One that stays busy is told by the exit status and keeps nothing else. */
static void busy_one(void)
{
    struct manager m = make_manager();
    struct launched intruder, l;
    int folder;
    add_further(&m, "v1");
    add_further(&m, "v2");
    require((folder = open_further("v1", "/a/b")) >= 0, "no folder: %s", strerror(errno));
    intruder = launch(&(struct spec){ .role = ROLE_EXEC, .act = "hold", .cgroup = { folder }, .cgroup_count = 1 });
    expect_end(&intruder);
    l = launch_guard(&m, launcher);
    expect(&l, MESSAGE_READY);
    close(l.channel);
    expect_exit(&l, EXIT_GAVE_UP);
    require(access(m.path, F_OK) < 0, "%s is still there", m.path);
    require(further_exists("v1") && !further_exists("v2"), "not the one that is busy");
    require(os_state(intruder.pid) == 'S', "what lives there was killed");
    kill(intruder.pid, SIGKILL);
    os_wait(intruder.pid, PATIENCE);
    remove_group("v1/" MANAGER "/a/b");
    remove_group("v1/" MANAGER "/a");
    remove_group("v1/" MANAGER);
    remove_group("v1");
    remove_group("v2");
}

const struct test_case further_cases[] = {
    { "guard: further folders go", all_go, NEED_CGROUP2 },
    { "guard: further folders stay after BYE", bye_leaves_them, NEED_CGROUP2 },
    { "guard: further folder removed before", removed_before, NEED_CGROUP2 },
    { "guard: busy further folder", busy_one, NEED_CGROUP2 },
    { NULL, NULL, 0 },
};
