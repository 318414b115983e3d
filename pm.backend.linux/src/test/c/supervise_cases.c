/* Role supervise: what it sets up, and what it tells. */
#define _GNU_SOURCE
#include "cases.h"
#include "client.h"
#include "os.h"
#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

static struct launched supervise_act(const char *name, const char *argument)
{
    return launch(&(struct spec){ .role = ROLE_SUPERVISE, .act = name, .act_argument = argument });
}

static void ended(const struct launched *l)
{
    skip_to(l, MESSAGE_EMPTY);
    expect_end(l);
    expect_exit(l, 0);
}

static void exit_status_and_usage(void)
{
    struct launched l = supervise_act("busy", "42");
    struct message started = expect(&l, MESSAGE_STARTED), exited = expect(&l, MESSAGE_EXITED),
                   empty = expect(&l, MESSAGE_EMPTY);
    expect_end(&l);
    expect_exit(&l, 0);
    require(started.pid > 0 && exited.pid == started.pid, "pids %d and %d", started.pid, exited.pid);
    require(WIFEXITED(exited.value) && WEXITSTATUS(exited.value) == 42, "wait status 0x%x", exited.value);
    require(exited.user_micros + exited.system_micros >= 20000, "CPU %llu us", exited.user_micros + exited.system_micros);
    require(exited.user_micros + exited.system_micros < 5000000, "CPU %llu us", exited.user_micros + exited.system_micros);
    require(exited.peak_kib > 100 && exited.peak_kib < 1000000, "peak %llu KiB", exited.peak_kib);
    require(empty.user_micros + empty.system_micros >= exited.user_micros + exited.system_micros, "EMPTY has less CPU");
}

static void died_by_signal(void)
{
    struct launched l = supervise_act("die", "9");
    struct message exited = skip_to(&l, MESSAGE_EXITED);
    require(WIFSIGNALED(exited.value) && WTERMSIG(exited.value) == SIGKILL, "wait status 0x%x", exited.value);
    ended(&l);
}

static void from_memfd(void)
{
    struct launched l = launch(&(struct spec){ .role = ROLE_SUPERVISE, .act = "exit", .from_memfd = 1 });
    ended(&l);
}

/* The steps in the child fail as those of exec do, and leave no zombie. */
static void steps_fail(void)
{
    static const char *const nothing[] = { "/nonexistent/x", NULL };
    struct launched l = launch(&(struct spec){ .role = ROLE_SUPERVISE, .argv = nothing, .paths = nothing });
    expect_failed(&l, STEP_EXEC, ENOENT);
    l = launch(&(struct spec){ .role = ROLE_SUPERVISE, .act = "exit", .cwd = "/nonexistent/folder" });
    expect_failed(&l, STEP_DIRECTORY, ENOENT);
    l = launch(&(struct spec){ .role = ROLE_SUPERVISE, .act = "exit", .cgroup = { 7777 }, .cgroup_count = 1 });
    expect_failed(&l, STEP_CGROUP, EBADF);
}

static void become_session_leader(void)
{
    setsid();
}

static void session_refused(void)
{
    struct launched l = launch(&(struct spec){ .role = ROLE_SUPERVISE, .act = "exit", .before = become_session_leader });
    expect_failed(&l, STEP_SESSION, EPERM);
}

static void parent_is_another(void)
{
    struct launched l = launch(&(struct spec){ .role = ROLE_SUPERVISE, .act = "exit", .jvm = 1 });
    expect_failed(&l, STEP_PARENT, ESRCH);
}

static void spoil_signals(void)
{
    sigset_t blocked;
    signal(SIGINT, SIG_IGN);
    signal(SIGPIPE, SIG_IGN);
    signal(SIGCHLD, SIG_IGN); /* inherited, this would have the kernel reap the command's status away */
    sigemptyset(&blocked);
    sigaddset(&blocked, SIGTERM);
    sigaddset(&blocked, SIGCHLD);
    sigprocmask(SIG_BLOCK, &blocked, NULL);
}

static void command_state(void)
{
    static char said[65536];
    struct launched l = launch(&(struct spec){ .role = ROLE_SUPERVISE, .act = "state", .before = spoil_signals });
    struct message exited;
    said[os_read_pipe(l.output, said, sizeof said - 1, PATIENCE)] = 0;
    require(strstr(said, "\nleader 1 1\n"), "no session leader: %s", said);
    require(strstr(said, "\nfd 0\nfd 1\nfd 2\nend\n"), "descriptors: %s", said);
    require(!strstr(said, "ignored") && !strstr(said, "blocked"), "signals: %s", said);
    exited = skip_to(&l, MESSAGE_EXITED);
    require(exited.value == 0, "wait status 0x%x", exited.value);
    ended(&l);
}

/* Else a reader would wait for an end that only the launcher withholds. */
static void holds_no_pipe(void)
{
    static const char close_output[] = "exec 1>&- 2>&- 0<&-; echo closed >&- 2>/dev/null; exec sleep 1000";
    static const char *const argv[] = { "sh", "-c", close_output, NULL }, *const paths[] = { "/bin/sh", NULL };
    struct launched l = launch(&(struct spec){ .role = ROLE_SUPERVISE, .argv = argv, .paths = paths });
    struct pollfd end = { l.output, 0, 0 };
    expect(&l, MESSAGE_STARTED);
    require(poll(&end, 1, PATIENCE) == 1 && end.revents & POLLHUP, "somebody holds the output");
    order(&l, ORDER_KILL, 0, 1);
    ended(&l);
}

/* Only what it needs: channel, JVM's pidfd, signalfd, /proc. */
static void launcher_descriptors(void)
{
    struct launched l = supervise_act("hold", NULL);
    char path[64], target[256];
    int fd, count = 0;
    expect(&l, MESSAGE_STARTED);
    await_lines(&l, 1);
    for (fd = 0; fd < 1024; fd++) {
        ssize_t length;
        snprintf(path, sizeof path, "/proc/%d/fd/%d", l.pid, fd);
        length = readlink(path, target, sizeof target - 1);
        if (length < 0)
            continue;
        target[length] = 0;
        require(strcmp(target, "/dev/null") && strncmp(target, "pipe:", 5), "%d is %s", fd, target);
        count++;
    }
    require(count == 4, "%d descriptors", count);
    order(&l, ORDER_KILL, 0, 1);
    ended(&l);
}

const struct test_case supervise_cases[] = {
    { "supervise: exit status and usage", exit_status_and_usage, 0 },
    { "supervise: died by a signal", died_by_signal, 0 },
    { "supervise: launcher from a sealed memfd", from_memfd, NEED_NATIVE },
    { "supervise: failed steps", steps_fail, 0 },
    { "supervise: setsid of a leader", session_refused, 0 },
    { "supervise: the parent is another", parent_is_another, 0 },
    { "supervise: session, descriptors and signals of the command", command_state, 0 },
    { "supervise: launcher does not hold the command's pipes", holds_no_pipe, 0 },
    { "supervise: launcher's own descriptors", launcher_descriptors, NEED_NATIVE },
    { NULL, NULL, 0 },
};
