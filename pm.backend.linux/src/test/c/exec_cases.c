/* Role exec: what each step does, and the failure of each but EXEC. */
#define _GNU_SOURCE
#include "cases.h"
#include "client.h"
#include "harness.h"
#include "os.h"
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

static char said[65536];

/* Runs the command to its end; what it said is in `said`. */
static int run(const struct spec *spec)
{
    struct launched l = launch(spec);
    int status;
    expect_end(&l);
    said[os_read_pipe(l.output, said, sizeof said - 1, PATIENCE)] = 0;
    status = os_wait(l.pid, PATIENCE);
    require(WIFEXITED(status), "wait status 0x%x", status);
    return WEXITSTATUS(status);
}

static void expect_line(const char *format, ...) __attribute__((format(printf, 1, 2)));

static void expect_line(const char *format, ...)
{
    char line[512] = "\n", text[sizeof said + 1] = "\n";
    va_list arguments;
    va_start(arguments, format);
    vsnprintf(line + 1, sizeof line - 2, format, arguments);
    va_end(arguments);
    strcat(line, "\n");
    strcpy(text + 1, said);
    require(strstr(text, line), "no line '%s' in: %s", line + 1, said);
}

static int count_lines(const char *start)
{
    const char *at;
    int count = strncmp(said, start, strlen(start)) == 0;
    for (at = said; (at = strchr(at, '\n')); at++)
        count += strncmp(at + 1, start, strlen(start)) == 0;
    return count;
}

static void exit_status(void)
{
    require(run(&(struct spec){ .role = ROLE_EXEC, .act = "exit", .act_argument = "42" }) == 42, "not 42");
}

static void from_memfd(void)
{
    struct spec spec = { .role = ROLE_EXEC, .act = "exit", .act_argument = "7", .from_memfd = 1 };
    require(run(&spec) == 7, "not 7");
}

static void arguments_and_environment(void)
{
    static const char *const env[] = { "A=1", "B=", "C=two words", NULL };
    struct spec spec = { .role = ROLE_EXEC, .act = "state", .act_argument = "last argument", .env = env };
    run(&spec);
    expect_line("arg last argument");
    require(count_lines("arg ") == 2, "arguments: %s", said);
    expect_line("env A=1");
    expect_line("env B=");
    expect_line("env C=two words");
    require(count_lines("env ") == 3, "environment: %s", said);
}

static void every_setting(void)
{
    unsigned long ours = os_affinity(), first = ours & -ours;
    struct spec spec = { .role = ROLE_EXEC, .act = "state", .cwd = "/usr", .nice = 7, .oom_score_adj = 321, .flags = 7, .affinity = first,
        .rlimit = { { RLIMIT_NOFILE, 0, 123, 456 }, { RLIMIT_CORE, 0, 0, 0 } }, .rlimit_count = 2 };
    run(&spec);
    expect_line("leader 1 1");
    expect_line("cwd /usr");
    expect_line("nice 7");
    expect_line("oom 321");
    expect_line("affinity %lx", first);
    expect_line("no_new_privs 1");
    expect_line("files 123 456");
}

/* Limits are for the command: the steps open files and write, and /proc takes no notice of file sizes. */
static void limits_do_not_hinder(void)
{
    run(&(struct spec){ .role = ROLE_EXEC, .act = "state", .flags = FLAG_OOM_SCORE_ADJ, .oom_score_adj = 321,
        .rlimit = { { RLIMIT_NOFILE, 0, 3, 3 }, { RLIMIT_FSIZE, 0, 0, 0 } }, .rlimit_count = 2 });
    expect_line("files 3 3");
}

static void nothing_set(void)
{
    struct rlimit files;
    char cwd[512], oom[32];
    getrlimit(RLIMIT_NOFILE, &files);
    run(&(struct spec){ .role = ROLE_EXEC, .act = "state", .nice = 7, .oom_score_adj = 321 });
    expect_line("leader 1 1");
    expect_line("nice %d", getpriority(PRIO_PROCESS, 0));
    expect_line("affinity %lx", os_affinity());
    expect_line("no_new_privs 0");
    expect_line("cwd %s", getcwd(cwd, sizeof cwd));
    expect_line("files %lu %lu", (unsigned long)files.rlim_cur, (unsigned long)files.rlim_max);
    os_read(oom, sizeof oom, "/proc/self/oom_score_adj");
    expect_line("oom %d", atoi(oom));
}

static void only_three_descriptors(void)
{
    run(&(struct spec){ .role = ROLE_EXEC, .act = "state" });
    expect_line("fd 0");
    expect_line("fd 1");
    expect_line("fd 2");
    require(count_lines("fd ") == 3, "descriptors: %s", said);
}

/* Also those above a limit that was lowered after they were opened. */
static void descriptors_above_limit(void)
{
    struct spec spec = { .role = ROLE_EXEC, .act = "state", .rlimit = { { RLIMIT_NOFILE, 0, 50, 50 } }, .rlimit_count = 1 };
    run(&spec);
    require(count_lines("fd ") == 3, "descriptors: %s", said);
}

static void spoil_signals(void)
{
    static const int ignored[] = { SIGINT, SIGQUIT, SIGPIPE, SIGCHLD, SIGHUP, SIGUSR1 };
    sigset_t blocked;
    unsigned i;
    for (i = 0; i < sizeof ignored / sizeof *ignored; i++)
        signal(ignored[i], SIG_IGN);
    sigemptyset(&blocked);
    sigaddset(&blocked, SIGTERM);
    sigaddset(&blocked, SIGCHLD);
    sigaddset(&blocked, SIGRTMAX);
    sigprocmask(SIG_BLOCK, &blocked, NULL);
}

static void signals_reset(void)
{
    run(&(struct spec){ .role = ROLE_EXEC, .act = "state", .before = spoil_signals });
    expect_line("end");
    require(count_lines("ignored ") == 0 && count_lines("blocked ") == 0, "signals: %s", said);
}

static void become_session_leader(void)
{
    setsid();
}

static void session_refused(void)
{
    struct spec spec = { .role = ROLE_EXEC, .act = "exit", .before = become_session_leader };
    struct launched l = launch(&spec);
    expect_failed(&l, STEP_SESSION, EPERM);
}

static void no_cgroup(void)
{
    struct spec spec = { .role = ROLE_EXEC, .act = "exit", .cgroup = { open("/", O_RDONLY | O_CLOEXEC) }, .cgroup_count = 1 };
    struct launched l = launch(&spec);
    expect_failed(&l, STEP_CGROUP, ENOENT);
}

static void not_a_descriptor(void)
{
    struct spec spec = { .role = ROLE_EXEC, .act = "exit", .cgroup = { 7777 }, .cgroup_count = 1 };
    struct launched l = launch(&spec);
    expect_failed(&l, STEP_CGROUP, EBADF);
}

static void wrong_rlimit(void)
{
    struct spec spec = { .role = ROLE_EXEC, .act = "exit", .rlimit = { { 1000, 0, 1, 1 } }, .rlimit_count = 1 };
    struct launched l = launch(&spec);
    expect_failed(&l, STEP_RLIMIT, EINVAL);
    spec.rlimit[0] = (struct resource_limit){ RLIMIT_NOFILE, 0, 100, 50 };
    l = launch(&spec);
    expect_failed(&l, STEP_RLIMIT, EINVAL);
}

static void wrong_oom_score(void)
{
    struct spec spec = { .role = ROLE_EXEC, .act = "exit", .flags = FLAG_OOM_SCORE_ADJ, .oom_score_adj = 1001 };
    struct launched l = launch(&spec);
    expect_failed(&l, STEP_OOM, EINVAL);
}

/* The kernel leaves out what is not there, and refuses when nothing is left (sched_setaffinity(2), EINVAL). */
static void no_such_cpu(void)
{
    struct spec spec = { .role = ROLE_EXEC, .act = "state", .affinity = 1ul << 62 };
    struct launched l = launch(&spec);
    expect_failed(&l, STEP_AFFINITY, EINVAL);
    spec.affinity |= os_affinity();
    run(&spec);
    expect_line("affinity %lx", os_affinity());
}

static void no_directory(void)
{
    struct spec spec = { .role = ROLE_EXEC, .act = "exit", .cwd = "/nonexistent/folder" };
    struct launched l = launch(&spec);
    expect_failed(&l, STEP_DIRECTORY, ENOENT);
    spec.cwd = "/etc/passwd";
    l = launch(&spec);
    expect_failed(&l, STEP_DIRECTORY, ENOTDIR);
}

static void joins_cgroups(void)
{
    char one[512], membership[4096], line[600];
    int folder;
    struct launched l;
    snprintf(one, sizeof one, "%s/one", cgroup2);
    require(mkdir(one, 0755) == 0, "no folder %s", one);
    folder = open(one, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    l = launch(&(struct spec){ .role = ROLE_EXEC, .act = "hold", .cgroup = { folder }, .cgroup_count = 1 });
    require(l.born || emulator, "moved, and not born there");
    expect_end(&l);
    snprintf(line, sizeof line, "%s/one\n", strrchr(cgroup2, '/'));
    require(strstr(os_read(membership, sizeof membership, "/proc/%d/cgroup", l.pid), line), "in %s", membership);
    kill(l.pid, SIGKILL);
    os_wait(l.pid, PATIENCE);
    await(rmdir(one) == 0, PATIENCE, "the group can be removed");
}

const struct test_case exec_cases[] = {
    { "exec: exit status", exit_status, 0 },
    { "exec: launcher from a sealed memfd", from_memfd, NEED_NATIVE },
    { "exec: arguments and environment", arguments_and_environment, 0 },
    { "exec: every setting", every_setting, NEED_ROOT },
    { "exec: limits do not hinder the steps", limits_do_not_hinder, 0 },
    { "exec: nothing set that was not asked for", nothing_set, 0 },
    { "exec: descriptors 0, 1, 2 only", only_three_descriptors, 0 },
    { "exec: descriptors above the lowered limit", descriptors_above_limit, 0 },
    { "exec: signals reset", signals_reset, 0 },
    { "exec: setsid of a leader", session_refused, 0 },
    { "exec: cgroup.procs missing", no_cgroup, 0 },
    { "exec: cgroup that is no descriptor", not_a_descriptor, 0 },
    { "exec: wrong rlimit", wrong_rlimit, 0 },
    { "exec: wrong oom_score_adj", wrong_oom_score, 0 },
    { "exec: no such CPU", no_such_cpu, 0 },
    { "exec: missing directory", no_directory, 0 },
    { "exec: joins its cgroups", joins_cgroups, NEED_CGROUP2 },
    { NULL, NULL, 0 },
};
