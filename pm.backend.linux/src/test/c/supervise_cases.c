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

static char hanging_folder[128], fifo[160];

/* On its way to the command the child hangs until somebody reads what it writes to "cgroup.procs". */
static struct launched launch_hanging(int *child)
{
    struct spec spec = { .role = ROLE_SUPERVISE, .act = "hold", .cgroup_count = 1 };
    struct launched l;
    snprintf(hanging_folder, sizeof hanging_folder, "%s/hanging", scratch);
    snprintf(fifo, sizeof fifo, "%s/cgroup.procs", hanging_folder);
    require(mkdir(hanging_folder, 0755) == 0 && mkfifo(fifo, 0644) == 0, "no fifo: %s", strerror(errno));
    spec.cgroup[0] = open(hanging_folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    l = launch(&spec);
    await((*child = os_child(l.pid)) > 0, PATIENCE, "there is a child");
    return l;
}

static void remove_hanging(void)
{
    unlink(fifo);
    rmdir(hanging_folder);
}

/* Somebody stops the child before it has become the command. */
static void stopped_on_its_way(void)
{
    int child, reader;
    struct launched l = launch_hanging(&child);
    require(kill(child, SIGSTOP) == 0, "could not stop %d: %s", child, strerror(errno));
    reader = open(fifo, O_RDONLY | O_NONBLOCK | O_CLOEXEC);
    require(expect(&l, MESSAGE_STARTED).pid == child, "another child");
    close(reader);
    order(&l, ORDER_KILL, 0, 1);
    require(answer_to(&l, 1).value == 1, "not killed");
    skip_to(&l, MESSAGE_EMPTY);
    expect_exit(&l, 0);
    remove_hanging();
}

static void given_up_on_its_way(void)
{
    int child;
    struct launched l = launch_hanging(&child);
    close(l.channel);
    expect_exit(&l, EXIT_FAILED);
    require(os_state(child) == 0, "the child is still there");
    remove_hanging();
}

const struct test_case supervise_cases[] = {
    { "supervise: child stopped on its way to the command", stopped_on_its_way, 0 },
    { "supervise: start given up by the JVM", given_up_on_its_way, 0 },
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
