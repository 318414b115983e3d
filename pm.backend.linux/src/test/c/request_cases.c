/* Misuse, and requests that are wrong in one place each. */
#define _GNU_SOURCE
#include "cases.h"
#include "client.h"
#include "harness.h"
#include "os.h"
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

/* Runs the launcher with these arguments; its exit status, and what it said on the descriptor. */
static int run_with(const char *first, const char *second, int fd, char *said, size_t size)
{
    const char *argv[5];
    int ends[2], pid, n = 0, status;
    require(pipe2(ends, O_CLOEXEC) == 0, "no pipe");
    if (emulator)
        argv[n++] = emulator;
    argv[n++] = launcher;
    argv[n++] = first;
    argv[n++] = second;
    argv[n] = NULL;
    pid = fork();
    if (pid == 0) {
        dup2(ends[1], fd);
        execv(argv[0], (char *const *)argv);
        _exit(99);
    }
    close(ends[1]);
    said[os_read_pipe(ends[0], said, size - 1, PATIENCE)] = 0;
    status = os_wait(pid, PATIENCE);
    require(WIFEXITED(status), "wait status 0x%x", status);
    return WEXITSTATUS(status);
}

static void version(void)
{
    char said[256];
    int status = run_with("--version", NULL, 1, said, sizeof said);
    require(status == 0 && !strcmp(said, "pm-launch protocol 5\n"), "exit %d, '%s'", status, said);
}

static void misuse(void)
{
    static const char *const wrong[][2] = { { NULL, NULL }, { "x", NULL }, { "", NULL }, { "-1", NULL }, { "3x", NULL },
        { "99999999999", NULL }, { "2147483647", NULL }, { "3", "4" }, { "--version", "x" }, { "--help", NULL } };
    unsigned i;
    for (i = 0; i < sizeof wrong / sizeof *wrong; i++) {
        char said[256];
        int status = run_with(wrong[i][0], wrong[i][1], 2, said, sizeof said);
        char *newline = strchr(said, '\n');
        require(status == 125, "exit %d for '%s'", status, wrong[i][0] ? wrong[i][0] : "");
        require(newline && !newline[1] && !strncmp(said, "pm-launch: ", 11), "said '%s'", said);
    }
}

static void expect_misuse(struct spec *spec)
{
    struct launched l;
    spec->role = ROLE_EXEC;
    spec->act = "exit";
    l = launch(spec);
    expect_end(&l);
    expect_exit(&l, 125);
}

static void no_file(void)
{
    expect_misuse(&(struct spec){ .descriptor_argument_only = 1 });
}

static void short_file(void)
{
    expect_misuse(&(struct spec){ .file_size = 1 });
    expect_misuse(&(struct spec){ .file_size = sizeof(struct request) - 1 });
}

static void wrong_magic(void)
{
    expect_misuse(&(struct spec){ .patch = { { 0, 0x51524d51, 1 } } });
}

static void expect_refused(enum role role, unsigned offset, unsigned value, int error)
{
    struct spec spec = { .role = role, .act = "exit", .patch = { { offset, value, 1 } } };
    struct launched l = launch(&spec);
    expect_failed(&l, STEP_PROTOCOL, error);
}

static void wrong_version(void)
{
    expect_refused(ROLE_EXEC, 4, 0, EPROTO);
    expect_refused(ROLE_EXEC, 4, 1, EPROTO);
    expect_refused(ROLE_EXEC, 4, 2, EPROTO);
    expect_refused(ROLE_SUPERVISE, 4, PROTOCOL_VERSION + 1, EPROTO);
}

#define OFFSET(field) (unsigned)offsetof(struct request, field)

static void out_of_bounds(void)
{
    static const struct {
        unsigned offset, value;
    } wrong[] = { { OFFSET(size), 0 }, { OFFSET(size), 503 }, { OFFSET(size), 70000 }, { OFFSET(size), ~0u },
        { OFFSET(role), 0 }, { OFFSET(role), 4 }, { OFFSET(jvm), 0 }, { OFFSET(jvm), ~0u }, { OFFSET(flags), 16 }, { OFFSET(flags), 32 },
        { OFFSET(flags), 1u << 31 }, { OFFSET(cgroup_count), 9 }, { OFFSET(cgroup_count), ~0u },
        { OFFSET(cgroup_count), 1 }, { OFFSET(rlimit_count), 17 }, { OFFSET(rlimit_count), ~0u },
        { OFFSET(argv_count), 0 }, { OFFSET(argv_count), 100 }, { OFFSET(argv_count), 0x7fffffff },
        { OFFSET(argv_count), ~0u }, { OFFSET(argv_offset), 0 }, { OFFSET(argv_offset), 503 },
        { OFFSET(argv_offset), 70000 }, { OFFSET(argv_offset), ~0u }, { OFFSET(env_count), 100 },
        { OFFSET(env_count), ~0u }, { OFFSET(path_count), 0 }, { OFFSET(path_count), 2 }, { OFFSET(path_count), ~0u },
        { OFFSET(path_offset), ~0u }, { OFFSET(cwd_offset), 1 }, { OFFSET(cwd_offset), 70000 },
        { OFFSET(cwd_offset), ~0u },
        { OFFSET(max_processes), 0x80000000u } };
    unsigned i;
    for (i = 0; i < sizeof wrong / sizeof *wrong; i++) {
        expect_refused(ROLE_EXEC, wrong[i].offset, wrong[i].value, EBADMSG);
        if (wrong[i].offset != OFFSET(role))
            expect_refused(ROLE_SUPERVISE, wrong[i].offset, wrong[i].value, EBADMSG);
    }
}

/* What only a supervisor can do is not silently left out by the others. */
static void of_supervisors_only(void)
{
    expect_refused(ROLE_EXEC, OFFSET(flags), FLAG_WAIT, EBADMSG);
    expect_refused(ROLE_EXEC, OFFSET(flags), FLAG_TREE_GROUP, EBADMSG);
    expect_refused(ROLE_SUPERVISE, OFFSET(flags), FLAG_WAIT | FLAG_TREE_GROUP, EBADMSG); /* and no folder */
    expect_refused(ROLE_EXEC, OFFSET(max_processes), 1, EBADMSG);
}

/* The last string has no end when the size leaves out its NUL. */
static void unterminated(void)
{
    static const char *const argv[] = { "x", NULL };
    struct spec spec = { .role = ROLE_EXEC, .argv = argv, .paths = argv };
    struct launched l;
    spec.patch[0] = (struct patch){ OFFSET(size), sizeof(struct request) + 3, 1 };
    l = launch(&spec);
    expect_failed(&l, STEP_PROTOCOL, EBADMSG);
}

static void channel_below_three(void)
{
    static const unsigned wrong[] = { 0, 1, 2, ~0u };
    unsigned i;
    for (i = 0; i < sizeof wrong / sizeof *wrong; i++) {
        struct spec spec = { .role = ROLE_EXEC, .act = "exit", .patch = { { OFFSET(channel), wrong[i], 1 } } };
        struct launched l = launch(&spec);
        char said[64];
        expect_end(&l); /* it has nowhere to say it, least of all the command's output */
        require(os_read_pipe(l.output, said, sizeof said, PATIENCE) == 0, "told to descriptor %u", wrong[i]);
        expect_exit(&l, EXIT_FAILED);
    }
}

static void guard_request(void)
{
    static const char *const names[] = { "", ".", "..", "a/b", "/a" };
    unsigned i;
    for (i = 0; i < sizeof names / sizeof *names; i++) {
        const char *paths[] = { names[i], NULL };
        int folder = open("/", O_RDONLY | O_CLOEXEC);
        struct spec spec = { .role = ROLE_GUARD, .paths = paths, .cgroup = { folder, folder, folder }, .cgroup_count = 3 };
        struct launched l = launch(&spec);
        expect_failed(&l, STEP_PROTOCOL, EBADMSG);
    }
    expect_refused(ROLE_GUARD, OFFSET(cgroup_count), 2, EBADMSG);
}

const struct test_case request_cases[] = {
    { "version", version, 0 },
    { "misuse", misuse, 0 },
    { "request: no file", no_file, 0 },
    { "request: short file", short_file, 0 },
    { "request: wrong magic", wrong_magic, 0 },
    { "request: wrong version", wrong_version, 0 },
    { "request: out of bounds", out_of_bounds, 0 },
    { "request: of supervisors only", of_supervisors_only, 0 },
    { "request: string without an end", unterminated, 0 },
    { "request: channel below three", channel_below_three, 0 },
    { "request: guard's folder name and count", guard_request, 0 },
    { NULL, NULL, 0 },
};
