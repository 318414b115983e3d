/* Role supervise: what the JVM can ask of it. */
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

/* /proc is read in the order of pids: a child may come before its parent. */
static void child_with_lower_pid(void)
{
    struct launched l = supervise_act("lower", NULL);
    struct message answer;
    char said;
    expect(&l, MESSAGE_STARTED);
    os_read_pipe(l.output, &said, 1, PATIENCE);
    order(&l, ORDER_STOP, 0, 55);
    answer = answer_to(&l, 55);
    require(answer.value == 2 && answer.error == 0, "stopped %d, error %d", answer.value, answer.error);
    order(&l, ORDER_KILL, 0, 56);
    ended(&l);
    if (said != 'l')
        skip("this kernel does not let pids start over");
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

const struct test_case order_cases[] = {
    { "orders: SIGNAL_LEADER", signal_leader, 0 },
    { "orders: TERMINATE reaches all once", terminate_reaches_all_once, 0 },
    { "orders: TERMINATE wakes the stopped", terminate_wakes_the_stopped, 0 },
    { "orders: TERMINATE without leader", terminate_without_leader, 0 },
    { "orders: STOP and CONTINUE", stop_and_continue, 0 },
    { "orders: child with a lower pid", child_with_lower_pid, NEED_ROOT },
    { "orders: unknown orders", unknown_orders, 0 },
    { "orders: KILL answered", kill_answers, 0 },
    { "orders: answers that nobody reads", unread_answers, 0 },
    { NULL, NULL, 0 },
};
