#define _GNU_SOURCE
#include "bench.h"
#include "client.h"
#include "harness.h"
#include <poll.h>
#include <spawn.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#define WAYS 4
#define ROUNDS 1000
#define WARM_UP 50

extern char **environ;

static long long now_micros(void)
{
    struct timespec time;
    clock_gettime(CLOCK_MONOTONIC, &time);
    return time.tv_sec * 1000000LL + time.tv_nsec / 1000;
}

static void spawn_true(short flags)
{
    char *const argv[] = { "true", NULL };
    posix_spawnattr_t attributes;
    pid_t pid;
    posix_spawnattr_init(&attributes);
    posix_spawnattr_setflags(&attributes, flags);
    if (posix_spawn(&pid, "/bin/true", NULL, &attributes, argv, environ) != 0 || waitpid(pid, NULL, 0) != pid)
        exit(1);
    posix_spawnattr_destroy(&attributes);
}

static void plain(void)
{
    spawn_true(0);
}

/* What a session of its own costs by itself: on a busy machine, its own share of the processor (sched(7), autogroup). */
static void in_session(void)
{
    spawn_true(POSIX_SPAWN_SETSID);
}

static struct {
    int fd, channel[2];
} made;

/* Started with posix_spawn as the JVM does it; the channel's launcher end is handed over by number. */
static int spawn_launcher(enum role role)
{
    static const char *const argv[] = { "true", NULL }, *const paths[] = { "/bin/true", NULL };
    struct spec spec = { .role = role, .argv = argv, .paths = paths };
    posix_spawn_file_actions_t actions;
    char number[16], *launch_argv[] = { "pm-launch", number, NULL };
    pid_t pid;
    if (open_request(&spec, &made.fd, made.channel) < 0)
        exit(1);
    snprintf(number, sizeof number, "%d", made.fd);
    posix_spawn_file_actions_init(&actions);
    posix_spawn_file_actions_adddup2(&actions, made.fd, made.fd);
    posix_spawn_file_actions_adddup2(&actions, made.channel[1], made.channel[1]);
    if (posix_spawn(&pid, launcher, &actions, NULL, launch_argv, environ) != 0)
        exit(1);
    posix_spawn_file_actions_destroy(&actions);
    close(made.channel[1]);
    close(made.fd);
    return pid;
}

static void by_exec(void)
{
    struct message m;
    int pid = spawn_launcher(ROLE_EXEC);
    if (read(made.channel[0], &m, sizeof m) != 0 || waitpid(pid, NULL, 0) != pid)
        exit(1);
    close(made.channel[0]);
}

/* To the message EXITED: what comes after it is the launcher's own end. */
static void by_supervise(void)
{
    struct message m;
    int pid = spawn_launcher(ROLE_SUPERVISE);
    do
        if (read(made.channel[0], &m, sizeof m) != sizeof m)
            exit(1);
    while (m.kind != MESSAGE_EXITED);
    if (waitpid(pid, NULL, 0) != pid)
        exit(1);
    close(made.channel[0]);
}

static long long micros_of(const struct timeval *time)
{
    return time->tv_sec * 1000000LL + time->tv_usec;
}

/* Processor time of this process and of all that it has reaped: unlike the clock's, it does not grow with the load. */
static long long cpu_micros(void)
{
    struct rusage self, children;
    getrusage(RUSAGE_SELF, &self);
    getrusage(RUSAGE_CHILDREN, &children);
    return micros_of(&self.ru_utime) + micros_of(&self.ru_stime) + micros_of(&children.ru_utime) + micros_of(&children.ru_stime);
}

static int compare(const void *a, const void *b)
{
    long long x = *(const long long *)a, y = *(const long long *)b;
    return (x > y) - (x < y);
}

int bench(void)
{
    static const struct {
        const char *name;
        void (*run)(void);
    } ways[WAYS] = { { "posix_spawn", plain }, { "with setsid", in_session }, { "exec", by_exec }, { "supervise", by_supervise } };
    static long long took[WAYS][ROUNDS], cpu[WAYS];
    int i, way;
    /* in turns, so that a disturbance of the machine meets all alike */
    for (i = -WARM_UP; i < ROUNDS; i++)
        for (way = 0; way < WAYS; way++) {
            long long begin = now_micros(), cpu_begin = cpu_micros();
            ways[way].run();
            if (i < 0)
                continue;
            took[way][i] = now_micros() - begin;
            cpu[way] += cpu_micros() - cpu_begin;
        }
    for (way = 0; way < WAYS; way++) {
        qsort(took[way], ROUNDS, sizeof took[way][0], compare);
        printf("%-12s median %lld us, 90%% %lld us, ratio %.2f; processor %lld us, ratio %.2f\n", ways[way].name,
            took[way][ROUNDS / 2], took[way][ROUNDS * 9 / 10], (double)took[way][ROUNDS / 2] / (double)took[0][ROUNDS / 2],
            cpu[way] / ROUNDS, (double)cpu[way] / (double)cpu[0]);
    }
    return 0;
}
