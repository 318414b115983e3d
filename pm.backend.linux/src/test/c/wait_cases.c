/* Role supervise: nothing starts before GO when the request says so. */
#define _GNU_SOURCE
#include "cases.h"
#include "client.h"
#include "os.h"
#include <errno.h>
#include <signal.h>
#include <sys/wait.h>
#include <unistd.h>

static struct spec waiting(const char *act)
{
    return (struct spec){ .role = ROLE_SUPERVISE, .act = act, .act_argument = "42", .flags = FLAG_WAIT };
}

static void starts_after_go(void)
{
    struct spec spec = waiting("exit");
    struct launched l = launch(&spec);
    struct message exited;
    expect(&l, MESSAGE_READY);
    require(os_descendants(l.pid) == 0, "something runs before GO");
    order(&l, ORDER_GO, 0, 1);
    expect(&l, MESSAGE_STARTED);
    exited = expect(&l, MESSAGE_EXITED);
    require(WIFEXITED(exited.value) && WEXITSTATUS(exited.value) == 42, "wait status 0x%x", exited.value);
    expect(&l, MESSAGE_EMPTY);
    order(&l, ORDER_KILL, 0, 2);
    require(answer_to(&l, 2).error == EPROTO, "KILL taken after EMPTY");
    require(waitpid(l.pid, NULL, WNOHANG) == 0, "left without BYE");
    order(&l, ORDER_BYE, 0, 3);
    expect_exit(&l, 0);
}

/* Nobody says BYE any more. */
static void channel_closed_after_empty(void)
{
    struct spec spec = waiting("exit");
    struct launched l = launch(&spec);
    expect(&l, MESSAGE_READY);
    order(&l, ORDER_GO, 0, 1);
    skip_to(&l, MESSAGE_EMPTY);
    close(l.channel);
    expect_exit(&l, 0);
}

/* Failed steps are told as ever. */
static void fails_after_go(void)
{
    static const char *const nothing[] = { "/nonexistent/x", NULL };
    struct launched l
        = launch(&(struct spec){ .role = ROLE_SUPERVISE, .argv = nothing, .paths = nothing, .flags = FLAG_WAIT });
    expect(&l, MESSAGE_READY);
    order(&l, ORDER_GO, 0, 1);
    expect_failed(&l, STEP_EXEC, ENOENT);
}

/* Whatever else is asked is refused, and does not start the command; nor does a packet that is no order. */
static void other_orders(void)
{
    static const enum order_kind kinds[] = { ORDER_SIGNAL_LEADER, ORDER_TERMINATE, ORDER_KILL, ORDER_STOP, ORDER_CONTINUE,
        ORDER_BYE, ORDER_SET_MAX_PROCESSES, ORDER_SHARE_SAMPLING };
    struct spec spec = waiting("hold");
    struct launched l = launch(&spec);
    unsigned i;
    expect(&l, MESSAGE_READY);
    for (i = 0; i < sizeof kinds / sizeof *kinds; i++) {
        order(&l, kinds[i], 1, i);
        require(answer_to(&l, i).error == EPROTO, "order %d taken", kinds[i]);
    }
    require(os_descendants(l.pid) == 0, "something runs before GO");
    order(&l, ORDER_GO, 0, 50);
    expect(&l, MESSAGE_STARTED);
    order(&l, ORDER_GO, 0, 51);
    require(answer_to(&l, 51).error == EPROTO, "GO taken twice");
    order(&l, ORDER_KILL, 0, 52);
    skip_to(&l, MESSAGE_EMPTY);
    order(&l, ORDER_BYE, 0, 53);
    expect_exit(&l, 0);
}

/* The output's end comes with the launcher's own: nobody else ever held it. */
static void channel_closed_before_go(void)
{
    struct spec spec = waiting("hold");
    struct launched l = launch(&spec);
    char said[16];
    expect(&l, MESSAGE_READY);
    close(l.channel);
    require(os_read_pipe(l.output, said, sizeof said, PATIENCE) == 0, "something ran");
    expect_exit(&l, 0);
}

static void jvm_killed_before_go(void)
{
    struct spec spec = waiting("hold");
    struct stand_in s = launch_by_stand_in(&spec, 1);
    char said[16];
    kill(s.pid, SIGKILL);
    os_wait(s.pid, PATIENCE);
    require(os_read_pipe(s.launched.output, said, sizeof said, PATIENCE) == 0, "something ran");
    expect_exit(&s.launched, 0);
}

const struct test_case wait_cases[] = {
    { "wait: starts after GO", starts_after_go, 0 },
    { "wait: channel closed after EMPTY", channel_closed_after_empty, 0 },
    { "wait: fails after GO", fails_after_go, 0 },
    { "wait: other orders before GO", other_orders, 0 },
    { "wait: channel closed before GO", channel_closed_before_go, 0 },
    { "wait: JVM killed before GO", jvm_killed_before_go, 0 },
    { NULL, NULL, 0 },
};
