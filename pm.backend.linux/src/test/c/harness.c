#include "harness.h"
#include "os.h"
#include <dirent.h>
#include <errno.h>
#include <setjmp.h>
#include <signal.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

static jmp_buf out;
static char why[512], remark[256];
static int skipped;

void fail(const char *format, ...)
{
    va_list arguments;
    va_start(arguments, format);
    vsnprintf(why, sizeof why, format, arguments);
    va_end(arguments);
    longjmp(out, 1);
}

void skip(const char *reason)
{
    skipped = 1;
    fail("%s", reason);
}

void note(const char *format, ...)
{
    size_t length = strlen(remark);
    va_list arguments;
    va_start(arguments, format);
    vsnprintf(remark + length, sizeof remark - length, format, arguments);
    va_end(arguments);
}

long long now_millis(void)
{
    struct timespec time;
    clock_gettime(CLOCK_MONOTONIC, &time);
    return time.tv_sec * 1000LL + time.tv_nsec / 1000000;
}

void nap(void)
{
    struct timespec millisecond = { 0, 1000000 };
    nanosleep(&millisecond, NULL);
}

/* This process is a subreaper: whatever a case lost is a child of ours by now. */
static int end_leftovers(void)
{
    int count = 0, pid, status;
    long long end = now_millis() + 60000;
    while ((pid = waitpid(-1, &status, WNOHANG | __WALL)) >= 0 && now_millis() < end) {
        if (pid > 0)
            continue;
        count += os_kill_children();
        nap();
    }
    return count;
}

static const char *missing(int needs)
{
    if (needs & NEED_ROOT && geteuid() != 0)
        return "needs root";
    if (needs & NEED_CGROUP2 && !*cgroup2)
        return "no writable cgroup2 mount";
    if (needs & NEED_TEST_BUILD && !test_build)
        return "no test build of the launcher for this processor";
    return NULL;
}

enum result { PASSED, FAILED, SKIPPED, LEFT_OUT };

static enum result run_case(const struct test_case *c)
{
    const char *lack = missing(c->needs);
    int left;
    if (c->needs & NEED_NATIVE && emulator)
        return LEFT_OUT;
    *why = *remark = 0;
    skipped = 0;
    if (lack) {
        skipped = 1;
        snprintf(why, sizeof why, "%s", lack);
    } else if (!setjmp(out))
        c->run();
    left = end_leftovers();
    os_close_all();
    if (os_remove_cgroups() && !*why)
        snprintf(why, sizeof why, "left a cgroup behind");
    if (left && !*why)
        snprintf(why, sizeof why, "left %d processes behind", left);
    if (skipped && !getenv("CI"))
        printf("ok %s # SKIPPED: %s\n", c->name, why);
    else if (*why)
        printf("not ok %s: %s%s\n", c->name, why, skipped ? " (SKIPPED; CI allows none)" : "");
    else
        printf("ok %s%s%s\n", c->name, *remark ? " #" : "", remark);
    if (!*why)
        return PASSED;
    return skipped && !getenv("CI") ? SKIPPED : FAILED;
}

int run_cases(const struct test_case *const tables[], const char *only)
{
    int counts[4] = { 0 };
    const struct test_case *c;
    for (; *tables; tables++)
        for (c = *tables; c->name; c++)
            if (!only || strstr(c->name, only))
                counts[run_case(c)]++;
    if (counts[LEFT_OUT])
        printf("%d left out: injected errors and listings of descriptors would meet the emulator's own\n", counts[LEFT_OUT]);
    if (emulator)
        printf("role supervise was a build without prctl(PR_SET_CHILD_SUBREAPER), which emulators lack\n");
    if (counts[SKIPPED])
        printf("%d SKIPPED: this was no full run\n", counts[SKIPPED]);
    printf("%d passed, %d failed\n", counts[PASSED], counts[FAILED]);
    return counts[FAILED] > 0 || counts[PASSED] == 0;
}
