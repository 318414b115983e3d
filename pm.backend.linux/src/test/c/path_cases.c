/* Role exec: which program is executed, and what comes of those that cannot be. */
#define _GNU_SOURCE
#include "cases.h"
#include "client.h"
#include "os.h"
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

/* A file of this run with these contents and mode; its path. */
static const char *file(const char *name, const char *contents, mode_t mode)
{
    static char paths[8][128];
    static int next;
    char *path = paths[next++ % 8];
    int fd;
    snprintf(path, 128, "%s/%s", scratch, name);
    fd = open(path, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0600);
    require(fd >= 0 && write(fd, contents, strlen(contents)) >= 0, "could not write %s", path);
    fchmod(fd, mode);
    close(fd);
    return path;
}

static void expect_exec_error(const char *first, const char *second, int error)
{
    const char *argv[] = { "x", NULL }, *paths[] = { first, second, NULL };
    struct spec spec = { .role = ROLE_EXEC, .argv = argv, .paths = paths };
    struct launched l = launch(&spec);
    expect_failed(&l, STEP_EXEC, error);
}

static void exec_errors(void)
{
    char loop[128], deep[5000];
    const char *plain = file("plain", "#!/bin/sh\n", 0644);
    snprintf(loop, sizeof loop, "%s/loop", scratch);
    require(symlink("loop", loop) == 0, "no symlink");
    memset(deep, 'x', sizeof deep);
    deep[sizeof deep - 1] = 0;
    expect_exec_error("/nonexistent/x", NULL, ENOENT);
    expect_exec_error("/etc/passwd/x", NULL, ENOTDIR);
    expect_exec_error(loop, NULL, ELOOP);
    expect_exec_error(deep, NULL, ENAMETOOLONG);
    expect_exec_error(plain, NULL, EACCES);
    expect_exec_error(scratch, NULL, EACCES);
    expect_exec_error(file("no-interpreter", "#!/nonexistent/sh\n", 0755), NULL, ENOENT);
    expect_exec_error(plain, "/nonexistent/x", EACCES);
    expect_exec_error("/nonexistent/x", "/etc/passwd/x", ENOTDIR);
    unlink(loop);
}

static void expect_candidate(const char *first, const char *second)
{
    const char *argv[] = { "pm-check", "--act", "exit", "5", NULL }, *paths[] = { first, second, driver, NULL };
    struct launched l = launch(&(struct spec){ .role = ROLE_EXEC, .argv = argv, .paths = paths });
    expect_end(&l);
    expect_exit(&l, 5);
}

static void candidates(void)
{
    expect_candidate("/nonexistent/x", "/etc/passwd/x");
    expect_candidate(file("plain", "", 0644), "/nonexistent/x");
}

/* A busy file ends the search: the next candidate would be another program than the one meant. */
static void other_errors_end_search(void)
{
    const char *busy = file("busy", "#!/bin/sh\nexit 3\n", 0755);
    int writer = open(busy, O_WRONLY | O_CLOEXEC);
    require(writer >= 0, "could not open %s", busy);
    expect_exec_error(busy, driver, ETXTBSY);
}

static void script_without_interpreter(void)
{
    const char *argv[] = { "name", "one", "two words", NULL };
    const char *paths[] = { "/nonexistent/x", file("script", "echo \"$0|$1|$2|$#\"\nexit 9\n", 0755), NULL };
    struct launched l = launch(&(struct spec){ .role = ROLE_EXEC, .argv = argv, .paths = paths });
    char said[512], expected[512];
    snprintf(expected, sizeof expected, "%s|one|two words|2\n", paths[1]);
    said[os_read_pipe(l.output, said, sizeof said - 1, PATIENCE)] = 0;
    require(!strcmp(said, expected), "said '%s'", said);
    expect_exit(&l, 9);
}

/* One string may have 128 KiB (execve(2), MAX_ARG_STRLEN). */
static void too_long_argument(void)
{
    static char big[140000];
    const char *argv[] = { big, NULL }, *paths[] = { driver, NULL };
    struct spec spec = { .role = ROLE_EXEC, .argv = argv, .paths = paths };
    struct launched l;
    memset(big, 'x', sizeof big - 1);
    l = launch(&spec);
    expect_failed(&l, STEP_EXEC, E2BIG);
}

const struct test_case path_cases[] = {
    { "path: errors of execve", exec_errors, 0 },
    { "path: candidates of the path", candidates, 0 },
    { "path: other errors end the search", other_errors_end_search, 0 },
    { "path: script without #!", script_without_interpreter, 0 },
    { "path: too long an argument", too_long_argument, 0 },
    { NULL, NULL, 0 },
};
