#define _GNU_SOURCE
#include "guard_client.h"
#include "os.h"
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

static const char *below(const struct manager *m, const char *name)
{
    static char path[1024];
    snprintf(path, sizeof path, "%s/%s", m->path, name);
    return path;
}

void make_group(const struct manager *m, const char *name)
{
    require(mkdir(below(m, name), 0755) == 0, "could not make %s: %s", below(m, name), strerror(errno));
}

int open_group(const struct manager *m, const char *name)
{
    int fd = open(below(m, name), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    require(fd >= 0, "could not open %s: %s", below(m, name), strerror(errno));
    return fd;
}

struct manager make_manager(void)
{
    struct manager m = { 0 };
    snprintf(m.path, sizeof m.path, "%s/" MANAGER, cgroup2);
    make_group(&m, "");
    make_group(&m, "guard");
    make_group(&m, "run");
    make_group(&m, "run/a");
    m.folder = open_group(&m, "");
    m.parent = open(cgroup2, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    m.refuge = open(cgroup2, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    return m;
}

static const char *further_path(const char *parent, const char *name)
{
    static char path[1024];
    snprintf(path, sizeof path, "%s/%s%s", cgroup2, parent, name);
    return path;
}

void add_further(struct manager *m, const char *parent)
{
    static const char *const names[] = { "", "/" MANAGER, "/" MANAGER "/a", "/" MANAGER "/a/b", "/" MANAGER "/c" };
    unsigned i;
    for (i = 0; i < sizeof names / sizeof *names; i++)
        require(mkdir(further_path(parent, names[i]), 0755) == 0, "could not make %s%s: %s", parent, names[i], strerror(errno));
    m->further[m->further_count++] = open(further_path(parent, names[1]), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
}

int further_exists(const char *parent)
{
    return access(further_path(parent, "/" MANAGER), F_OK) == 0;
}

int open_further(const char *parent, const char *below)
{
    char name[64];
    snprintf(name, sizeof name, "/" MANAGER "%s", below);
    return open(further_path(parent, name), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
}

int rmdir_below(const struct manager *m, const char *name)
{
    return rmdir(below(m, name));
}

int access_group(const struct manager *m, const char *name)
{
    return access(below(m, name), F_OK);
}

void remove_manager(const struct manager *m)
{
    static const char *const names[] = { "run/a", "run", "guard", "" };
    unsigned i;
    while (os_reap_any())
        ;
    for (i = 0; i < sizeof names / sizeof *names; i++)
        await(rmdir_below(m, names[i]) == 0 || errno == ENOENT, PATIENCE, "a group can be removed");
}

static void write_group(const struct manager *m, const char *name, const char *file, const char *text)
{
    char path[256];
    int fd;
    snprintf(path, sizeof path, "%s/%s", name, file);
    fd = open(below(m, path), O_WRONLY | O_CLOEXEC);
    require(fd >= 0 && write(fd, text, strlen(text)) > 0, "could not write %s: %s", below(m, path), strerror(errno));
    close(fd);
}

void kill_group(const struct manager *m, const char *name)
{
    write_group(m, name, "cgroup.kill", "1");
}

static int frozen(const struct manager *m, const char *name)
{
    char events[256];
    return strstr(os_read(events, sizeof events, "%s/%s/cgroup.events", m->path, name), "frozen 1") != NULL;
}

void freeze_group(const struct manager *m, const char *name)
{
    write_group(m, name, "cgroup.freeze", "1");
    await(frozen(m, name), PATIENCE, "the group is frozen");
}

struct launched launch_in(const struct manager *m, const char *group, const char *act, const char *argument)
{
    struct spec spec = { .role = ROLE_EXEC, .act = act, .act_argument = argument, .cgroup = { open_group(m, group) },
        .cgroup_count = 1 };
    struct launched l = launch(&spec);
    expect_end(&l);
    return l;
}

struct spec guard_spec(const struct manager *m, const char *binary)
{
    static const char *const paths[] = { MANAGER, NULL };
    struct spec spec = { .role = ROLE_GUARD, .paths = paths, .binary = binary, .cgroup_count = GUARD_FURTHER + m->further_count,
        .cgroup = { m->folder, m->parent, m->refuge } };
    memcpy(spec.cgroup + GUARD_FURTHER, m->further, sizeof m->further);
    return spec;
}

struct launched launch_guard(const struct manager *m, const char *binary)
{
    struct spec spec = guard_spec(m, binary);
    return launch(&spec);
}

struct stand_in stand_in_with_guard(const struct manager *m, const char *binary)
{
    struct spec spec = guard_spec(m, binary);
    return launch_by_stand_in(&spec, 0);
}
