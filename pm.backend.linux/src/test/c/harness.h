/* Cases, their requirements, and what a case must leave behind: nothing. */
#ifndef PM_TEST_HARNESS_H
#define PM_TEST_HARNESS_H

#define _GNU_SOURCE
#include <stddef.h>

/*
 * What a case needs; without it the case is SKIPPED, loudly, and with CI=true that is a failure. Cases that mean nothing
 * under an emulator are left out there.
 */
enum need {
    NEED_NOTHING = 0,
    NEED_NATIVE = 1, /* a filter for system calls, which would meet the emulator's own calls as well */
    NEED_ROOT = 2,
    NEED_CGROUP2 = 4,
    NEED_TEST_BUILD = 8 /* the launcher built without cgroup.kill and without becoming subreaper */
};

struct test_case {
    const char *name;
    void (*run)(void);
    int needs;
};

/* The launcher under test, its emulator or NULL, and the build for tests (see launcher/check), or NULL. */
extern const char *launcher, *emulator, *test_build;
/* This driver's own file: the programs that are launched are its acts. */
extern char driver[];
/* A folder for this run's files. */
extern char scratch[];
/* A writable folder in a cgroup2 mount, or "". */
extern char cgroup2[];

/* Ends the case with this reason unless the condition holds. */
#define require(condition, ...) \
    do { \
        if (!(condition)) \
            fail(__VA_ARGS__); \
    } while (0)

void fail(const char *format, ...) __attribute__((noreturn, format(printf, 1, 2)));

/* For what only this machine lacks (a perl, say): the case ends as SKIPPED. */
void skip(const char *why) __attribute__((noreturn));

/* A remark in the case's line, such as a duration. */
void note(const char *format, ...) __attribute__((format(printf, 1, 2)));

/* Asks again until it is true; fails with what was awaited after so long. */
#define await(condition, millis, what) \
    do { \
        long long end_ = now_millis() + (millis); \
        while (!(condition)) { \
            require(now_millis() < end_, "not within %d ms: %s", (int)(millis), what); \
            nap(); \
        } \
    } while (0)

long long now_millis(void);
void nap(void);

/* Runs all cases of the tables (each ended by a row without a name); the exit status. */
int run_cases(const struct test_case *const tables[], const char *only);

#endif
