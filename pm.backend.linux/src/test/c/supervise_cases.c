/* Role supervise: what it tells, and what the JVM can ask of it. */
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

static void signal_leader(void)
{
    struct launched l = supervise_act("family", NULL);
    struct message started = expect(&l, MESSAGE_STARTED), answer;
    char line[64], expected[64];
    await_lines(&l, 3);
    order(&l, ORDER_SIGNAL_LEADER, SIGUSR1, 11);
    answer = answer_to(&l, 11);
    require(answer.value == 1 && answer.error == 0, "count %d, error %d", answer.value, answer.error);
    snprintf(expected, sizeof expected, "%d got %d\n", started.pid, SIGUSR1);
    line[os_read_pipe(l.output, line, strlen(expected), PATIENCE)] = 0;
    require(!strcmp(line, expected), "heard '%s'", line);
    order(&l, ORDER_SIGNAL_LEADER, 1000, 12);
    require(answer_to(&l, 12).error == EINVAL, "no EINVAL");
    order(&l, ORDER_SIGNAL_LEADER, SIGKILL, 13);
    require(answer_to(&l, 13).error == 0, "not killed");
    require(expect(&l, MESSAGE_EXITED).value == SIGKILL, "not by SIGKILL");
    order(&l, ORDER_SIGNAL_LEADER, SIGTERM, 14);
    require(answer_to(&l, 14).error == ESRCH, "a reaped leader was signalled");
    order(&l, ORDER_KILL, 0, 15);
    ended(&l);
}

/* Everyone hears TERM exactly once, and CONT after it, whatever group it is in. */
static void terminate_reaches_all_once(void)
{
    struct launched l = supervise_act("family", NULL);
    char heard[1024], *at;
    struct message answer;
    int terms = 0, conts = 0;
    size_t length = 0;
    long long end;
    expect(&l, MESSAGE_STARTED);
    await_lines(&l, 3);
    order(&l, ORDER_TERMINATE, SIGTERM, 21);
    answer = answer_to(&l, 21);
    require(answer.value == 3 && answer.error == 0, "count %d, error %d", answer.value, answer.error);
    end = now_millis() + PATIENCE;
    while (terms < 3 || conts < 3) {
        require(now_millis() < end, "%d TERM, %d CONT", terms, conts);
        length += os_read_pipe(l.output, heard + length, 1, PATIENCE);
        if (heard[length - 1] != '\n')
            continue;
        heard[length] = 0;
        for (at = heard + length - 1; at > heard && at[-1] != '\n';)
            at--;
        terms += strstr(at, "got 15\n") != NULL;
        conts += strstr(at, "got 18\n") != NULL;
    }
    order(&l, ORDER_KILL, 0, 22);
    ended(&l);
    length += os_read_pipe(l.output, heard + length, sizeof heard - length - 1, PATIENCE);
    heard[length] = 0;
    for (terms = 0, at = heard; (at = strstr(at, "got 15\n")); at++)
        terms++;
    require(terms == 3, "%d TERM", terms);
}

/* A stopped tree ends by TERM: that is what the CONT is for. */
static void terminate_wakes_the_stopped(void)
{
    struct launched l = supervise_act("brood", "3");
    struct message answer;
    expect(&l, MESSAGE_STARTED);
    await_lines(&l, 3);
    order(&l, ORDER_STOP, 0, 31);
    answer = answer_to(&l, 31);
    require(answer.value == 4 && answer.error == 0, "count %d, error %d", answer.value, answer.error);
    order(&l, ORDER_TERMINATE, SIGTERM, 32);
    answer_to(&l, 32);
    ended(&l);
}

/* The leader is reaped: its group's number may be anyone's, so members hear it one by one. */
static void terminate_without_leader(void)
{
    struct launched l = supervise_act("family", NULL);
    struct message answer;
    expect(&l, MESSAGE_STARTED);
    await_lines(&l, 3);
    order(&l, ORDER_SIGNAL_LEADER, SIGKILL, 41);
    skip_to(&l, MESSAGE_EXITED);
    order(&l, ORDER_TERMINATE, SIGTERM, 42);
    answer = answer_to(&l, 42);
    require(answer.value == 2 && answer.error == 0, "count %d, error %d", answer.value, answer.error);
    order(&l, ORDER_TERMINATE, 65, 43);
    require(answer_to(&l, 43).error == EINVAL, "signal 65 taken");
    order(&l, ORDER_KILL, 0, 44);
    answer = answer_to(&l, 44);
    require(answer.value == 2 && answer.error == 0, "killed %d, error %d", answer.value, answer.error);
    ended(&l);
}

static int all_in_state(const int *pids, int count, char state)
{
    for (; count > 0; count--, pids++)
        if (os_state(*pids) != state)
            return 0;
    return 1;
}

static int children_of(int pid, int *pids, int most)
{
    char text[4096], *at;
    int count = 0, length;
    os_read(text, sizeof text, "/proc/%d/task/%d/children", pid, pid);
    for (at = text; count < most && sscanf(at, "%d%n", &pids[count], &length) == 1; at += length)
        count++;
    return count;
}

static void stop_and_continue(void)
{
    struct launched l = supervise_act("brood", "5");
    struct message started = expect(&l, MESSAGE_STARTED);
    int pids[6] = { started.pid };
    await_lines(&l, 5);
    if (children_of(started.pid, pids + 1, 5) != 5)
        skip("no /proc/pid/task/tid/children in this kernel");
    order(&l, ORDER_STOP, 0, 51);
    require(answer_to(&l, 51).value == 6, "not six stopped");
    await(all_in_state(pids, 6, 'T'), PATIENCE, "all are stopped");
    order(&l, ORDER_CONTINUE, 0, 52);
    require(answer_to(&l, 52).value == 6, "not six continued");
    await(all_in_state(pids, 6, 'S'), PATIENCE, "all sleep");
    order(&l, ORDER_KILL, 0, 53);
    ended(&l);
}

static void unknown_orders(void)
{
    struct launched l = supervise_act("hold", NULL);
    char big[40] = { 3, 0, 0, 0, 0, 0, 0, 0, 77 };
    expect(&l, MESSAGE_STARTED);
    await_lines(&l, 1);
    order(&l, 99, 0, 61);
    require(answer_to(&l, 61).error == EPROTO, "order 99 taken");
    order(&l, ORDER_BYE, 0, 62);
    require(answer_to(&l, 62).error == EPROTO, "BYE taken");
    require(send(l.channel, big, sizeof big, MSG_NOSIGNAL) == sizeof big, "not sent");
    require(answer_to(&l, 77).error == EPROTO, "an order of 40 bytes taken");
    require(send(l.channel, big, 8, MSG_NOSIGNAL) == 8, "not sent");
    require(answer_to(&l, 0).error == EPROTO, "an order of 8 bytes taken");
    require(os_descendants(l.pid) == 1, "the command is gone");
    order(&l, ORDER_KILL, 0, 63);
    ended(&l);
}

/* Several KILLs get an answer each, before EMPTY. */
static void kill_answers(void)
{
    struct launched l = supervise_act("family", NULL);
    struct message answer;
    expect(&l, MESSAGE_STARTED);
    await_lines(&l, 3);
    order(&l, ORDER_KILL, 0, 71);
    order(&l, ORDER_KILL, 0, 72);
    answer = answer_to(&l, 71);
    require(answer.value == 3 && answer.error == 0, "killed %d, error %d", answer.value, answer.error);
    answer_to(&l, 72);
    expect(&l, MESSAGE_EMPTY);
    expect_end(&l);
    expect_exit(&l, 0);
    require(os_pipe_ended(l.output), "somebody lives");
}

/* A JVM that does not read must not cost the tree its end. */
static void unread_answers(void)
{
    struct launched l = supervise_act("hold", NULL);
    int i;
    expect(&l, MESSAGE_STARTED);
    await_lines(&l, 1);
    for (i = 0; i < 5000; i++) {
        struct order o = { 99, 0, 1, 0 };
        if (send(l.channel, &o, sizeof o, MSG_NOSIGNAL | MSG_DONTWAIT) < 0)
            break;
    }
    require(i < 5000, "the channel takes everything");
    close(l.channel);
    await_all_gone(&l, PATIENCE);
    expect_exit(&l, 0);
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
    { "supervise: SIGNAL_LEADER", signal_leader, 0 },
    { "supervise: TERMINATE reaches all once", terminate_reaches_all_once, 0 },
    { "supervise: TERMINATE wakes the stopped", terminate_wakes_the_stopped, 0 },
    { "supervise: TERMINATE without leader", terminate_without_leader, 0 },
    { "supervise: STOP and CONTINUE", stop_and_continue, 0 },
    { "supervise: unknown orders", unknown_orders, 0 },
    { "supervise: KILL answered", kill_answers, 0 },
    { "supervise: answers that nobody reads", unread_answers, 0 },
    { NULL, NULL, 0 },
};
