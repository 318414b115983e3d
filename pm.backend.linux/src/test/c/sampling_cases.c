/* Role supervise: too many processes are told, once in an episode. */
#define _GNU_SOURCE
#include "cases.h"
#include "client.h"
#include "os.h"
#include <errno.h>
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/syscall.h>

static void ended(const struct launched *l)
{
    order(l, ORDER_KILL, 0, 99);
    skip_to(l, MESSAGE_EMPTY);
    expect_exit(l, 0);
}

static int quiet(const struct launched *l)
{
    struct pollfd said = { l->channel, POLLIN, 0 };
    return poll(&said, 1, 0) == 0;
}

/* How often the launcher has gone to sleep: each look at the tree ends with it. */
static int sleeps_of(int pid)
{
    char status[8192], *found;
    os_read(status, sizeof status, "/proc/%d/status", pid);
    found = strstr(status, "\nvoluntary_ctxt_switches:");
    return found ? atoi(strchr(found + 1, ':') + 1) : -1;
}

static void await_looks(const struct launched *l)
{
    int before = sleeps_of(l->pid);
    await(sleeps_of(l->pid) >= before + 3, PATIENCE, "the launcher looks");
}

static void signal_command(const struct launched *l, int signal, unsigned sequence)
{
    order(l, ORDER_SIGNAL_LEADER, signal, sequence);
    require(answer_to(l, sequence).error == 0, "not signalled");
    await_lines(l, 1);
}

/* LIMIT may overtake an answer: it is looked for, not skipped. */
static void told(const struct fault fault)
{
    struct launched l = launch(&(struct spec){ .role = ROLE_SUPERVISE, .act = "brood", .act_argument = "10",
        .max_processes = 5, .fault = { fault } });
    struct message limit;
    expect(&l, MESSAGE_STARTED);
    limit = expect(&l, MESSAGE_LIMIT);
    require(limit.value > 5 && limit.value <= 11, "%d processes", limit.value);
    await_lines(&l, 10);
    ended(&l);
}

static void too_many(void)
{
    told((struct fault){ 0 });
}

static void without_a_clock(void)
{
    told((struct fault){ .call = SYS_clock_gettime, .error = ENOSYS });
}

static void as_many_as_allowed(void)
{
    struct launched l = launch(
        &(struct spec){ .role = ROLE_SUPERVISE, .act = "brood", .act_argument = "4", .max_processes = 5 });
    expect(&l, MESSAGE_STARTED);
    await_lines(&l, 4);
    await_looks(&l);
    require(quiet(&l), "five are not more than five");
    ended(&l);
}

static void once_in_an_episode(void)
{
    struct launched l = launch(
        &(struct spec){ .role = ROLE_SUPERVISE, .act = "swell", .act_argument = "6", .max_processes = 3 });
    int episode;
    expect(&l, MESSAGE_STARTED);
    await_lines(&l, 1);
    for (episode = 0; episode < 3; episode++) {
        order(&l, ORDER_SIGNAL_LEADER, SIGUSR1, 7);
        expect(&l, MESSAGE_ANSWER);
        expect(&l, MESSAGE_LIMIT);
        await_lines(&l, 1);
        await_looks(&l);
        require(quiet(&l), "told twice");
        signal_command(&l, SIGUSR2, 8);
        await_looks(&l);
        require(quiet(&l), "told of few");
    }
    ended(&l);
}

static void changed_while_it_runs(void)
{
    struct launched l = launch(&(struct spec){ .role = ROLE_SUPERVISE, .act = "brood", .act_argument = "10" });
    expect(&l, MESSAGE_STARTED);
    await_lines(&l, 10);
    order(&l, ORDER_SET_MAX_PROCESSES, 20, 1);
    require(expect(&l, MESSAGE_ANSWER).error == 0, "20 refused");
    await_looks(&l);
    require(quiet(&l), "eleven are not more than twenty");
    order(&l, ORDER_SET_MAX_PROCESSES, 5, 2);
    require(expect(&l, MESSAGE_ANSWER).error == 0, "5 refused");
    require(expect(&l, MESSAGE_LIMIT).value == 11, "not eleven");
    order(&l, ORDER_SET_MAX_PROCESSES, -1, 3);
    require(expect(&l, MESSAGE_ANSWER).error == EINVAL, "-1 taken");
    order(&l, ORDER_SHARE_SAMPLING, 0, 4);
    require(expect(&l, MESSAGE_ANSWER).error == EINVAL, "a share of none taken");
    order(&l, ORDER_SET_MAX_PROCESSES, 0, 5);
    require(expect(&l, MESSAGE_ANSWER).error == 0, "0 refused");
    ended(&l);
}

/* User and kernel time of a process in clock ticks, fields 14 and 15 of its stat. */
static long cpu_ticks(int pid)
{
    char stat[1024], *field;
    unsigned long user, kernel;
    os_read(stat, sizeof stat, "/proc/%d/stat", pid);
    field = strrchr(stat, ')');
    require(field && sscanf(field + 2, "%*c %*d %*d %*d %*d %*d %*u %*u %*u %*u %*u %lu %lu", &user, &kernel) == 2,
        "no processor time");
    return (long)(user + kernel);
}

#define SHARERS 100
#define CROWD 50
#define LOOKED_AT_MILLIS 3000

/* One of a hundred may spend a hundredth of a fiftieth: of three seconds six tenths of a millisecond, which a tick or two hold. */
static void little_time(void)
{
    struct launched l = launch(
        &(struct spec){ .role = ROLE_SUPERVISE, .act = "brood", .act_argument = "50", .max_processes = CROWD + 50 });
    long long end;
    long before;
    expect(&l, MESSAGE_STARTED);
    await_lines(&l, CROWD);
    order(&l, ORDER_SHARE_SAMPLING, SHARERS, 1);
    require(expect(&l, MESSAGE_ANSWER).error == 0, "share refused");
    before = cpu_ticks(l.pid);
    for (end = now_millis() + LOOKED_AT_MILLIS; now_millis() < end;)
        nap();
    require(cpu_ticks(l.pid) - before <= 2, "%ld ticks", cpu_ticks(l.pid) - before);
    ended(&l);
}

const struct test_case sampling_cases[] = {
    { "sampling: too many", too_many, 0 },
    { "sampling: without a clock", without_a_clock, NEED_NATIVE },
    { "sampling: as many as allowed", as_many_as_allowed, 0 },
    { "sampling: once in an episode", once_in_an_episode, 0 },
    { "sampling: changed while it runs", changed_while_it_runs, 0 },
    { "sampling: takes little time", little_time, NEED_NATIVE },
    { NULL, NULL, 0 },
};
