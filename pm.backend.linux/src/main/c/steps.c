#include "steps.h"
#include "cgroup.h"
#include "descriptors.h"
#include "syscall.h"
#include "text.h"

#define SHELL "/bin/sh"

int write_to(int folder, const char *file, const char *text)
{
    long written;
    int fd = sys_openat(folder, file, O_WRONLY);
    if (fd < 0)
        return fd;
    written = sys_write(fd, text, text_length(text));
    sys_close(fd);
    return written < 0 ? (int)written : 0;
}

static int new_session(struct launch *launch)
{
    int session = sys_setsid();
    (void)launch;
    return session < 0 ? session : 0;
}

static int join_cgroups(struct launch *launch)
{
    int error = 0;
    __u32 i;
    if (launch->request->flags & FLAG_TREE_GROUP)
        return 0; /* born there; the descriptor is that of the hierarchy */
    for (i = launch->born_in; !error && i < launch->request->cgroup_count; i++)
        error = cgroup_join(launch->request->cgroup[i]);
    return error;
}

/* execve(2) resets handlers but keeps SIG_IGN and the mask: a JVM under nohup would hand both on. */
static int reset_signals(struct launch *launch)
{
    static const struct kernel_sigaction by_default;
    int signal, error;
    (void)launch;
    for (signal = 1; signal <= SIGNALS; signal++) {
        if (signal == SIGKILL || signal == SIGSTOP)
            continue;
        error = sys_sigaction(signal, &by_default);
        if (error < 0)
            return error;
    }
    return sys_set_mask(0);
}

/* Last before the command: they must not hinder the steps, which open files and have descriptors above a low limit. */
static int set_rlimits(struct launch *launch)
{
    __u32 i;
    for (i = 0; i < launch->request->rlimit_count; i++) {
        const struct resource_limit *wanted = &launch->request->rlimit[i];
        struct rlimit64 new = { wanted->soft, wanted->hard };
        int error = sys_prlimit(wanted->resource, &new, NULL);
        if (error < 0)
            return error;
    }
    return 0;
}

static int set_oom_score(struct launch *launch)
{
    char number[DECIMAL_BYTES];
    if (!(launch->request->flags & FLAG_OOM_SCORE_ADJ))
        return 0;
    number_to_text(launch->request->oom_score_adj, number);
    return write_to(AT_FDCWD, "/proc/self/oom_score_adj", number);
}

static int set_nice(struct launch *launch)
{
    return launch->request->flags & FLAG_NICE ? sys_set_nice(launch->request->nice) : 0;
}

static int set_affinity(struct launch *launch)
{
    return launch->request->affinity ? sys_set_affinity(launch->request->affinity) : 0;
}

static int give_up_privileges(struct launch *launch)
{
    return launch->request->flags & FLAG_NO_NEW_PRIVS ? sys_prctl(PR_SET_NO_NEW_PRIVS, 1) : 0;
}

static int change_directory(struct launch *launch)
{
    return launch->cwd ? sys_chdir(launch->cwd) : 0;
}

static int shut_descriptors(struct launch *launch)
{
    (void)launch;
    return descriptors_close_on_exec();
}

/* A file without #! is a script for the shell, as execvp(3) has it; argv[-1] is there for this. */
static int execute_by_shell(struct launch *launch, char *script)
{
    char **argv = launch->argv - 1, *name = launch->argv[0];
    int error;
    argv[0] = (char *)SHELL;
    argv[1] = script;
    error = sys_execve(SHELL, argv, launch->envp);
    argv[1] = name;
    return error;
}

static int next_is_tried(int error)
{
    return error == -ENOENT || error == -ENOTDIR || error == -ENAMETOOLONG || error == -ELOOP || error == -EACCES;
}

static int execute(struct launch *launch)
{
    char **candidate;
    int error = -ENOENT, refused = 0;
    for (candidate = launch->paths; *candidate; candidate++) {
        error = sys_execve(*candidate, launch->argv, launch->envp);
        if (error == -ENOEXEC)
            error = execute_by_shell(launch, *candidate);
        if (error == -EACCES)
            refused = error;
        if (!next_is_tried(error))
            return error;
    }
    return refused ? refused : error;
}

struct failure become_command(struct launch *launch)
{
    static const struct {
        enum step step;
        int (*take)(struct launch *);
    } steps[] = {
        { STEP_SESSION, new_session },
        { STEP_CGROUP, join_cgroups },
        { STEP_SIGNALS, reset_signals },
        { STEP_OOM, set_oom_score },
        { STEP_NICE, set_nice },
        { STEP_AFFINITY, set_affinity },
        { STEP_PRIVILEGES, give_up_privileges },
        { STEP_DIRECTORY, change_directory },
        { STEP_DESCRIPTORS, shut_descriptors },
        { STEP_RLIMIT, set_rlimits },
        { STEP_EXEC, execute },
    };
    unsigned i = 0;
    int error;
    while ((error = steps[i].take(launch)) == 0)
        i++; /* EXEC, the last, returns only with an error */
    return (struct failure){ steps[i].step, error };
}
