/* Role supervise with the group of its tree: killed as one, with members that the launcher could not find by parent pids. */
#define _GNU_SOURCE
#include "cases.h"
#include "client.h"
#include "os.h"
#include <fcntl.h>
#include <libgen.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

struct grouped {
    struct launched launcher;
    struct launched stranger; /* in the tree's group, and no descendant of the launcher */
};

static const char *group(const char *name)
{
    static char path[512];
    snprintf(path, sizeof path, "%s/%s", cgroup2, name);
    return path;
}

static void move(int pid, const char *name)
{
    char procs[600];
    FILE *file;
    snprintf(procs, sizeof procs, "%s/cgroup.procs", group(name));
    file = fopen(procs, "w");
    require(file && fprintf(file, "%d", pid) > 0 && fclose(file) == 0, "could not move %d to %s", pid, name);
}

static int open_folder(const char *path)
{
    int folder = open(path, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    require(folder >= 0, "could not open %s", path);
    return folder;
}

static struct grouped launch_grouped(const char *binary, int leaves)
{
    char top[512];
    struct spec spec = { .role = ROLE_SUPERVISE, .act = "hold", .flags = FLAG_WAIT | FLAG_TREE_GROUP, .binary = binary,
        .cgroup_count = 1 };
    struct grouped g;
    snprintf(top, sizeof top, "%s", cgroup2);
    spec.cgroup[0] = open_folder(dirname(top));
    require(mkdir(group("tree"), 0755) == 0 && mkdir(group("launcher"), 0755) == 0, "no groups");
    g.launcher = launch(&spec);
    expect(&g.launcher, MESSAGE_READY);
    move(g.launcher.pid, "tree");
    order(&g.launcher, ORDER_GO, 0, 1);
    expect(&g.launcher, MESSAGE_STARTED);
    if (leaves)
        move(g.launcher.pid, "launcher");
    g.stranger = launch(&(struct spec){ .role = ROLE_EXEC, .act = "hold", .cgroup = { open_folder(group("tree")) },
        .cgroup_count = 1 });
    expect_end(&g.stranger);
    return g;
}

static void remove_groups(void)
{
    await(rmdir(group("tree")) == 0, PATIENCE, "the tree's group can be removed");
    await(rmdir(group("launcher")) == 0, PATIENCE, "the launcher's group can be removed");
}

static void expect_stranger_killed(const struct grouped *g)
{
    int status = os_wait(g->stranger.pid, PATIENCE);
    require(WIFSIGNALED(status) && WTERMSIG(status) == SIGKILL, "wait status 0x%x", status);
}

static void killed_by(const char *binary)
{
    struct grouped g = launch_grouped(binary, 1);
    order(&g.launcher, ORDER_KILL, 0, 2);
    skip_to(&g.launcher, MESSAGE_EMPTY);
    expect_stranger_killed(&g);
    order(&g.launcher, ORDER_BYE, 0, 3);
    expect_exit(&g.launcher, 0);
    remove_groups();
}

static void killed_as_one(void)
{
    killed_by(NULL);
}

static void without_kill_file(void)
{
    killed_by(test_build);
}

static void killed_when_the_jvm_is_gone(void)
{
    struct grouped g = launch_grouped(NULL, 1);
    close(g.launcher.channel);
    expect_stranger_killed(&g);
    expect_exit(&g.launcher, 0);
    remove_groups();
}

/* It must not kill, still less freeze, itself. */
static void inside_it_sweeps(void)
{
    struct grouped g = launch_grouped(NULL, 0);
    order(&g.launcher, ORDER_KILL, 0, 2);
    skip_to(&g.launcher, MESSAGE_EMPTY);
    await(os_state(g.stranger.pid) == 'S', PATIENCE, "the stranger lives");
    order(&g.launcher, ORDER_BYE, 0, 3);
    expect_exit(&g.launcher, 0);
    kill(g.stranger.pid, SIGKILL);
    expect_stranger_killed(&g);
    remove_groups();
}

const struct test_case group_cases[] = {
    { "group: killed as one", killed_as_one, NEED_CGROUP2 },
    { "group: killed without cgroup.kill", without_kill_file, NEED_CGROUP2 | NEED_TEST_BUILD },
    { "group: killed when the JVM is gone", killed_when_the_jvm_is_gone, NEED_CGROUP2 },
    { "group: a launcher inside sweeps only", inside_it_sweeps, NEED_CGROUP2 },
    { NULL, NULL, 0 },
};
