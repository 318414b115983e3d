/* What the driver does when it is the command: programs that behave, and that do not. */
#define _GNU_SOURCE
#include "client.h"
#include "os.h"
#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <sched.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#define LOWEST_NICE_SHIFT 20

static void say(const char *line)
{
    if (write(1, line, strlen(line)) < 0)
        _exit(1);
}

static void wait_forever(void)
{
    for (;;)
        pause();
}

static void print_signals(void)
{
    sigset_t mask;
    int signal;
    sigprocmask(SIG_SETMASK, NULL, &mask);
    for (signal = 1; signal < NSIG; signal++) {
        struct sigaction action;
        if (sigismember(&mask, signal) == 1)
            printf("blocked %d\n", signal);
        if (sigaction(signal, NULL, &action) == 0 && action.sa_handler == SIG_IGN)
            printf("ignored %d\n", signal);
    }
}

static void print_descriptors(void)
{
    struct dirent *entry;
    DIR *folder = opendir("/proc/self/fd");
    while (folder && (entry = readdir(folder)))
        if (*entry->d_name != '.' && atoi(entry->d_name) != dirfd(folder))
            printf("fd %s\n", entry->d_name);
    if (folder)
        closedir(folder);
}

/* All that the steps set, as this process finds it. */
static void state(int argc, char **argv)
{
    char text[4096];
    struct rlimit files;
    int i, fd;
    setvbuf(stdout, NULL, _IOFBF, 65536);
    for (i = 0; i < argc; i++)
        printf("arg %s\n", argv[i]);
    for (i = 0; environ[i]; i++)
        printf("env %s\n", environ[i]);
    printf("leader %d %d\n", getsid(0) == getpid(), getpgrp() == getpid());
    printf("nice %d\n", LOWEST_NICE_SHIFT - (int)syscall(SYS_getpriority, PRIO_PROCESS, 0));
    printf("affinity %lx\n", os_affinity());
    printf("no_new_privs %d\n", prctl(PR_GET_NO_NEW_PRIVS, 0, 0, 0, 0));
    getrlimit(RLIMIT_NOFILE, &files);
    printf("files %lu %lu\n", (unsigned long)files.rlim_cur, (unsigned long)files.rlim_max);
    printf("cwd %s\n", getcwd(text, sizeof text));
    fd = open("/proc/self/oom_score_adj", O_RDONLY | O_CLOEXEC);
    text[fd >= 0 ? read(fd, text, 20) : 0] = 0;
    close(fd);
    printf("oom %s", text);
    print_signals();
    print_descriptors();
    printf("end\n");
    fflush(stdout);
}

static void caught(int signal)
{
    char line[32];
    snprintf(line, sizeof line, "%d got %d\n", getpid(), signal);
    say(line);
}

/* Says which signals it gets, and lives on. */
static void listen_to_signals(void)
{
    struct sigaction action = { .sa_handler = caught, .sa_flags = SA_RESTART };
    sigfillset(&action.sa_mask);
    sigaction(SIGTERM, &action, NULL);
    sigaction(SIGCONT, &action, NULL);
    sigaction(SIGUSR1, &action, NULL);
}

/* The leader, one in its group, one in a session of its own. */
static void family(void)
{
    listen_to_signals();
    if (fork() == 0) {
        say("member\n");
        wait_forever();
    }
    if (fork() == 0) {
        setsid();
        say("outsider\n");
        wait_forever();
    }
    say("leader\n");
    wait_forever();
}

/* Forks as fast as it can, up to so many in all, half of them in sessions of their own; all spin. */
static void storm(int most)
{
    int *made = mmap(NULL, sizeof *made, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
    for (;;) {
        int number = *(volatile int *)made < most ? __sync_add_and_fetch(made, 1) : most + 1;
        if (number > most)
            continue;
        if (number == most / 2)
            say("half\n");
        if (fork() == 0 && number % 2)
            setsid();
    }
}

/* So many sleeping children. */
static void brood(int count)
{
    for (; count > 0; count--)
        if (fork() == 0) {
            say("up\n");
            wait_forever();
        }
    wait_forever();
}

/* Has so many children after SIGUSR1, and none after SIGUSR2; says which. */
static void swell(int count)
{
    sigset_t both;
    int signal, i;
    sigemptyset(&both);
    sigaddset(&both, SIGUSR1);
    sigaddset(&both, SIGUSR2);
    sigprocmask(SIG_BLOCK, &both, NULL);
    say("up\n");
    while (sigwait(&both, &signal) == 0) {
        for (i = 0; signal == SIGUSR1 && i < count; i++)
            if (fork() == 0) {
                sigprocmask(SIG_UNBLOCK, &both, NULL);
                wait_forever();
            }
        if (signal == SIGUSR2) {
            struct sigaction ignore = { .sa_handler = SIG_IGN }, by_default = { .sa_handler = SIG_DFL };
            sigaction(SIGTERM, &ignore, NULL);
            kill(0, SIGTERM);
            while (wait(NULL) > 0)
                ;
            sigaction(SIGTERM, &by_default, NULL);
        }
        say(signal == SIGUSR1 ? "many\n" : "few\n");
    }
}

/* A chain of so many, each the child of the last and a session leader; the intermediates stay. */
static void chain(int count)
{
    while (count-- > 0 && fork() == 0)
        setsid();
    say("up\n");
    wait_forever();
}

static int set_last_pid(const char *number)
{
    int fd = open("/proc/sys/kernel/ns_last_pid", O_WRONLY | O_CLOEXEC);
    return fd >= 0 && write(fd, number, strlen(number)) > 0;
}

/* A child whose pid is below its parent's, as when pids have wrapped around (proc(5), ns_last_pid). */
static void lower_pid(void)
{
    int set = set_last_pid("300"), child = fork();
    if (child != 0) {
        say(set && child < getpid() ? "lower\n" : "higher\n");
        wait_forever();
    }
    wait_forever();
}

/*
 * A child in a session of its own, whose pid is below its parent's, so that it is looked at first; and which nobody has to
 * reap: its pid is free as soon as it has ended. Says that pid in 10 digits.
 */
static void ward(void)
{
    char line[16];
    signal(SIGCHLD, SIG_IGN);
    set_last_pid("300");
    if (fork() == 0) {
        setsid();
        snprintf(line, sizeof line, "%010d\n", getpid());
        say(line);
    }
    wait_forever();
}

/* Gives up being anybody but root, so that no other user may signal it. */
static void become_root(void)
{
    if (setresuid(0, 0, 0) < 0)
        _exit(1);
    say("root\n");
    wait_forever();
}

static int stay(void *unused)
{
    (void)unused;
    say("late\n");
    wait_forever();
    return 0;
}

/* A process whose first thread has ended shows as a zombie, and lives. */
static void first_thread_ends(void)
{
    static char stack[65536] __attribute__((aligned(16)));
    clone(stay, stack + sizeof stack, CLONE_VM | CLONE_FS | CLONE_FILES | CLONE_SIGHAND | CLONE_THREAD, NULL);
    syscall(SYS_exit, 0);
}

static void multiply_and_end_first_thread(int *left);

static int multiply(void *left)
{
    static const struct timespec pause = { 0, 1000000 };
    for (;;) {
        if (*(volatile int *)left > 0) {
            int number = __sync_fetch_and_sub((int *)left, 1);
            if (number == 50)
                say("fifty left\n");
            if (number > 0 && syscall(SYS_clone, SIGCHLD, 0, 0, 0, 0) == 0)
                multiply_and_end_first_thread(left);
        }
        syscall(SYS_nanosleep, &pause, NULL);
    }
    return 0;
}

/* Forks again and again, as many as are left in all; the first thread of each process has ended. */
static void multiply_and_end_first_thread(int *left)
{
    size_t size = 65536;
    char *stack = mmap(NULL, size, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
    clone(multiply, stack + size, CLONE_VM | CLONE_FS | CLONE_FILES | CLONE_SIGHAND | CLONE_THREAD, left);
    syscall(SYS_exit, 0);
}

static void late_storm(int most)
{
    int *left = mmap(NULL, sizeof *left, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
    *left = most;
    multiply_and_end_first_thread(left);
}

/* Has something to report as usage. */
static void use_cpu_and_exit(int status)
{
    struct rusage usage;
    do
        getrusage(RUSAGE_SELF, &usage);
    while (usage.ru_utime.tv_usec + usage.ru_stime.tv_usec < 20000 && usage.ru_utime.tv_sec == 0);
    exit(status);
}

void act(int argc, char **argv)
{
    const char *name = argc > 0 ? argv[0] : "";
    int number = argc > 1 ? atoi(argv[1]) : 0;
    if (!strcmp(name, "exit"))
        exit(number);
    if (!strcmp(name, "state"))
        state(argc, argv);
    else if (!strcmp(name, "busy"))
        use_cpu_and_exit(number);
    else if (!strcmp(name, "die"))
        raise(number);
    else if (!strcmp(name, "family"))
        family();
    else if (!strcmp(name, "storm"))
        storm(number);
    else if (!strcmp(name, "brood"))
        brood(number);
    else if (!strcmp(name, "swell"))
        swell(number);
    else if (!strcmp(name, "chain"))
        chain(number);
    else if (!strcmp(name, "lower"))
        lower_pid();
    else if (!strcmp(name, "ward"))
        ward();
    else if (!strcmp(name, "root"))
        become_root();
    else if (!strcmp(name, "late"))
        first_thread_ends();
    else if (!strcmp(name, "late-storm"))
        late_storm(number);
    else if (!strcmp(name, "hold")) {
        say("up\n");
        wait_forever();
    } else if (!strcmp(name, "leave")) { /* the leader ends, a child in another session stays */
        if (fork() == 0) {
            setsid();
            say("up\n");
            wait_forever();
        }
        exit(number);
    } else
        exit(64);
    exit(0);
}
