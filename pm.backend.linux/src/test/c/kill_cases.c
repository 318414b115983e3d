/* Trees that do not want to end, and JVMs that end without a word. */
#define _GNU_SOURCE
#include "cases.h"
#include "client.h"
#include "os.h"
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mount.h>
#include <sys/stat.h>
#include <sys/statvfs.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

#define DETACHED 12
/* It takes some milliseconds; what is tested here is that it ends, also on a machine that is busy otherwise. */
#define SOON PATIENCE

/* Twelve processes, each by its own double fork and setsid, with an empty environment. */
static const char detach[] =
    "for i in 1 2 3 4; do"
    " env -i setsid sh -c 'trap \"\" TERM HUP; (echo sh; exec sleep 1000) & exit' &"
    " env -i setsid perl -MPOSIX -e '$SIG{TERM}=$SIG{HUP}=\"IGNORE\"; exit if fork; setsid; exit if fork; $|=1; print \"perl\\n\";"
    " sleep 1000' &"
    " env -i setsid $PYTHON -c 'import os,signal,time;signal.signal(15,signal.SIG_IGN)\n"
    "if os.fork(): os._exit(0)\nos.setsid()\nif os.fork(): os._exit(0)\nos.write(1,b\"python\\n\");time.sleep(1000)' &"
    " done; wait; sleep 1000";

static const char *const system_folders[] = { "/usr/bin", "/bin", "/usr/local/bin", NULL };

/* The program's path in the system's folders, or NULL. */
static const char *program(const char *name)
{
    static char path[256];
    const char *const *folder;
    for (folder = system_folders; *folder; folder++) {
        snprintf(path, sizeof path, "%s/%s", *folder, name);
        if (access(path, X_OK) == 0)
            return path;
    }
    return NULL;
}

static struct spec detaching(void)
{
    static const char *const argv[] = { "sh", "-c", detach, NULL }, *const paths[] = { "/bin/sh", NULL };
    static char python[300];
    static const char *const env[] = { "PATH=/usr/bin:/bin:/usr/local/bin", python, NULL };
    if (!program("perl") || !program("python3"))
        skip("no perl or no python3");
    snprintf(python, sizeof python, "PYTHON=%s", program("python3"));
    return (struct spec){ .role = ROLE_SUPERVISE, .argv = argv, .paths = paths, .env = env };
}

static void kill_stand_in(const struct stand_in *s)
{
    require(kill(s->pid, SIGKILL) == 0, "could not kill the stand-in");
    os_wait(s->pid, PATIENCE);
}

static void all_gone_after_jvm(const struct stand_in *s, int millis)
{
    long long took;
    kill_stand_in(s);
    took = await_all_gone(&s->launched, millis);
    expect_exit(&s->launched, 0);
    note(" gone after %lld ms", took);
}

static void detached_after_jvm_killed(void)
{
    struct spec spec = detaching();
    struct stand_in s = launch_by_stand_in(&spec, 0);
    await_lines(&s.launched, DETACHED);
    require(os_descendants(s.launched.pid) >= DETACHED, "only %d live", os_descendants(s.launched.pid));
    all_gone_after_jvm(&s, SOON);
}

static void detached_by_order(void)
{
    struct spec spec = detaching();
    struct launched l = launch(&spec);
    struct message answer;
    await_lines(&l, DETACHED);
    order(&l, ORDER_KILL, 0, 1);
    answer = answer_to(&l, 1);
    require(answer.error == 0 && answer.value >= DETACHED, "killed %d, error %d", answer.value, answer.error);
    expect(&l, MESSAGE_EMPTY);
    expect_exit(&l, 0);
    require(os_pipe_ended(l.output), "somebody lives");
}

/* Somebody else holds the JVM's end of the channel: only its death tells. */
static void channel_leaked(void)
{
    struct spec spec = { .role = ROLE_SUPERVISE, .act = "leave" };
    struct stand_in s = launch_by_stand_in(&spec, 1);
    await_lines(&s.launched, 1);
    all_gone_after_jvm(&s, SOON);
}

static void channel_closed(void)
{
    struct launched l = launch(&(struct spec){ .role = ROLE_SUPERVISE, .act = "leave" });
    expect(&l, MESSAGE_STARTED);
    await_lines(&l, 1);
    close(l.channel);
    note(" gone after %lld ms", await_all_gone(&l, SOON));
    expect_exit(&l, 0);
}

static void stops_itself(void)
{
    raise(SIGSTOP);
}

/* That the command was started cannot be told: nothing else shows the launcher that nobody is there. */
static void channel_closed_before_the_start(void)
{
    struct launched l = launch(&(struct spec){ .role = ROLE_SUPERVISE, .act = "hold", .before = stops_itself });
    await(os_state(l.pid) == 'T', PATIENCE, "the launcher is stopped");
    close(l.channel);
    kill(l.pid, SIGCONT);
    note(" gone after %lld ms", await_all_gone(&l, SOON));
    expect_exit(&l, 0);
}

/* A stopped launcher is woken by PDEATHSIG. */
static void launcher_stopped(void)
{
    struct spec spec = { .role = ROLE_SUPERVISE, .act = "leave" };
    struct stand_in s = launch_by_stand_in(&spec, 0);
    await_lines(&s.launched, 1);
    kill(s.launched.pid, SIGSTOP);
    await(os_state(s.launched.pid) == 'T', PATIENCE, "the launcher is stopped");
    all_gone_after_jvm(&s, SOON);
}

static void launcher_shrugs_off_signals(void)
{
    static const int signals[] = { SIGTERM, SIGINT, SIGHUP, SIGQUIT, SIGPIPE, SIGUSR1, SIGALRM, SIGTSTP };
    struct launched l = launch(&(struct spec){ .role = ROLE_SUPERVISE, .act = "hold" });
    unsigned i;
    expect(&l, MESSAGE_STARTED);
    for (i = 0; i < sizeof signals / sizeof *signals; i++)
        kill(l.pid, signals[i]);
    order(&l, ORDER_SIGNAL_LEADER, SIGKILL, 1);
    answer_to(&l, 1);
    skip_to(&l, MESSAGE_EMPTY);
    expect_exit(&l, 0);
}

static void storm_by_order(void)
{
    struct launched l = launch(&(struct spec){ .role = ROLE_SUPERVISE, .act = "storm", .act_argument = "500" });
    struct message answer;
    long long begin;
    expect(&l, MESSAGE_STARTED);
    await_lines(&l, 1);
    begin = now_millis();
    order(&l, ORDER_KILL, 0, 1);
    answer = answer_to(&l, 1);
    note(" %d killed in %lld ms", answer.value, now_millis() - begin);
    require(answer.error == 0, "error %d", answer.error);
    skip_to(&l, MESSAGE_EMPTY);
    expect_exit(&l, 0);
    require(os_pipe_ended(l.output), "somebody lives");
}

static void storm_after_jvm_killed(void)
{
    struct spec spec = { .role = ROLE_SUPERVISE, .act = "storm", .act_argument = "500" };
    struct stand_in s = launch_by_stand_in(&spec, 0);
    await_lines(&s.launched, 1);
    all_gone_after_jvm(&s, PATIENCE);
}

static void long_chain(void)
{
    struct launched l = launch(&(struct spec){ .role = ROLE_SUPERVISE, .act = "chain", .act_argument = "300" });
    struct message answer;
    expect(&l, MESSAGE_STARTED);
    await_lines(&l, 301);
    order(&l, ORDER_KILL, 0, 1);
    answer = answer_to(&l, 1);
    require(answer.value == 301 && answer.error == 0, "killed %d, error %d", answer.value, answer.error);
    skip_to(&l, MESSAGE_EMPTY);
    expect_exit(&l, 0);
}

/* Calls of read(2), proc_pid_io(5). */
static long reads_of(int pid)
{
    char io[512], *found;
    os_read(io, sizeof io, "/proc/%d/io", pid);
    found = strstr(io, "syscr: ");
    require(found, "no count of reads");
    return atol(found + strlen("syscr: "));
}

#define CROWD 300
#define ROUNDS 10
/* Each round of a tree of one takes two passes: our own list, its stat and its list, to their ends, and its order. */
#define READS_PER_ROUND 16

/* What a look costs does not depend on how many processes others have. */
static void costs_what_the_tree_is_large(void)
{
    struct launched crowd = launch(&(struct spec){ .role = ROLE_SUPERVISE, .act = "brood", .act_argument = "300" });
    struct launched l = launch(&(struct spec){ .role = ROLE_SUPERVISE, .act = "hold" });
    long before;
    unsigned i;
    expect(&crowd, MESSAGE_STARTED);
    await_lines(&crowd, CROWD);
    expect(&l, MESSAGE_STARTED);
    before = reads_of(l.pid);
    for (i = 0; i < ROUNDS; i++) {
        order(&l, ORDER_CONTINUE, 0, i);
        require(answer_to(&l, i).value == 1, "not one");
    }
    require(reads_of(l.pid) - before <= ROUNDS * READS_PER_ROUND, "%ld reads", reads_of(l.pid) - before);
    order(&l, ORDER_KILL, 0, 100);
    skip_to(&l, MESSAGE_EMPTY);
    expect_exit(&l, 0);
    require(reads_of(crowd.pid) > 0, "the crowd has gone");
    order(&crowd, ORDER_KILL, 0, 1);
    skip_to(&crowd, MESSAGE_EMPTY);
    expect_exit(&crowd, 0);
}

/* A process whose first thread has ended shows as a zombie, and must be killed all the same. */
static void first_thread_ended(void)
{
    struct launched l = launch(&(struct spec){ .role = ROLE_SUPERVISE, .act = "late" });
    struct message started = expect(&l, MESSAGE_STARTED);
    await_lines(&l, 1);
    await(os_state(started.pid) == 'Z', PATIENCE, "the first thread has ended");
    order(&l, ORDER_KILL, 0, 1);
    require(answer_to(&l, 1).value == 1, "not killed");
    skip_to(&l, MESSAGE_EMPTY);
    expect_exit(&l, 0);
}

static void descends_to_nobody(void)
{
    if (syscall(SYS_setresgid, 65534, 65534, 65534) < 0 || syscall(SYS_setresuid, 65534, 65534, 65534) < 0)
        _exit(95);
}

/* A copy of this driver that runs as root whoever starts it. */
static const char *setuid_root_copy(void)
{
    static char path[128];
    char bytes[65536];
    struct statvfs mount;
    ssize_t size;
    int from = open(driver, O_RDONLY | O_CLOEXEC), to;
    if (statvfs(scratch, &mount) == 0 && mount.f_flag & ST_NOSUID)
        skip("the folder for temporary files is mounted nosuid");
    snprintf(path, sizeof path, "%s/root", scratch);
    to = open(path, O_WRONLY | O_CREAT | O_CLOEXEC, 0700);
    while ((size = read(from, bytes, sizeof bytes)) > 0)
        require(write(to, bytes, (size_t)size) == size, "could not copy the driver");
    require(fchmod(to, 04755) == 0, "no setuid bit");
    close(to);
    return path;
}

/* Another user's process: told as STUCK, not hidden, not looped over for ever. */
static void stuck(void)
{
    const char *argv[] = { "pm-check", "--act", "root", NULL }, *paths[] = { setuid_root_copy(), NULL };
    struct spec spec = { .role = ROLE_SUPERVISE, .argv = argv, .paths = paths, .before = descends_to_nobody };
    struct launched l = launch(&spec);
    struct message m = expect(&l, MESSAGE_STARTED);
    int command = m.pid;
    await_lines(&l, 1);
    order(&l, ORDER_TERMINATE, SIGTERM, 1);
    m = answer_to(&l, 1);
    require(m.value == 0 && m.error == EPERM, "TERMINATE: count %d, error %d", m.value, m.error);
    order(&l, ORDER_KILL, 0, 2);
    m = expect(&l, MESSAGE_STUCK);
    require(m.value == 1 && m.error == EPERM, "STUCK: count %d, error %d", m.value, m.error);
    m = answer_to(&l, 2);
    require(m.value == 0 && m.error == EPERM, "KILL: count %d, error %d", m.value, m.error);
    order(&l, ORDER_KILL, 0, 3);
    require(answer_to(&l, 3).error == EPERM, "the second KILL");
    close(l.channel);
    expect_exit(&l, EXIT_GAVE_UP);
    require(kill(command, SIGKILL) == 0, "the command is gone");
    os_wait(command, PATIENCE);
}

/* It may end by itself meanwhile: then all is as it should be. */
static void stuck_then_ended(void)
{
    const char *argv[] = { "pm-check", "--act", "root", NULL }, *paths[] = { setuid_root_copy(), NULL };
    struct spec spec = { .role = ROLE_SUPERVISE, .argv = argv, .paths = paths, .before = descends_to_nobody };
    struct launched l = launch(&spec);
    int command = expect(&l, MESSAGE_STARTED).pid;
    await_lines(&l, 1);
    order(&l, ORDER_KILL, 0, 1);
    skip_to(&l, MESSAGE_STUCK);
    require(answer_to(&l, 1).error == EPERM, "KILL not answered");
    kill(command, SIGKILL);
    skip_to(&l, MESSAGE_EXITED);
    expect(&l, MESSAGE_EMPTY);
    expect_exit(&l, 0);
}

const struct test_case kill_cases[] = {
    { "kill: 12 detached, JVM killed", detached_after_jvm_killed, 0 },
    { "kill: 12 detached, by order", detached_by_order, 0 },
    { "kill: channel leaked, JVM killed", channel_leaked, 0 },
    { "kill: channel closed", channel_closed, 0 },
    { "kill: channel closed before the start", channel_closed_before_the_start, 0 },
    { "kill: launcher stopped, JVM killed", launcher_stopped, 0 },
    { "kill: launcher shrugs off signals", launcher_shrugs_off_signals, 0 },
    { "kill: storm of 500, by order", storm_by_order, 0 },
    { "kill: storm of 500, JVM killed", storm_after_jvm_killed, 0 },
    { "kill: chain of 300", long_chain, 0 },
    { "kill: a look costs what the tree is large", costs_what_the_tree_is_large, NEED_NATIVE },
    { "kill: first thread ended", first_thread_ended, 0 },
    { "kill: another user's process is told as STUCK", stuck, NEED_ROOT },
    { "kill: STUCK ends by itself", stuck_then_ended, NEED_ROOT },
    { NULL, NULL, 0 },
};
