#define _GNU_SOURCE
#include "fault.h"
#include <linux/audit.h>
#include <linux/filter.h>
#include <linux/seccomp.h>
#include <stddef.h>
#include <sys/prctl.h>
#include <sys/syscall.h>
#include <unistd.h>

#define RULE_LENGTH 5

#define MOST_CALLS 1024

static char injected[MOST_CALLS];

void fault_note(const struct fault fault[MOST_FAULTS])
{
    unsigned i;
    for (i = 0; i < MOST_FAULTS && fault[i].error; i++)
        injected[fault[i].call] = 1;
}

int fault_was_injected(int call)
{
    return injected[call];
}

static char *const no_environment[] = { NULL };

static unsigned low_half(unsigned argument)
{
    return (unsigned)offsetof(struct seccomp_data, args) + argument * (unsigned)sizeof(__u64);
}

/* The rule's five instructions; the next rule follows. */
static void add(struct sock_filter *f, const struct fault *fault)
{
    /* when the comparison does not matter it compares the argument with anything and goes on either way */
    unsigned char equal = fault->when == UNLESS_EQUAL, different = fault->when == IF_EQUAL;
    f[0] = (struct sock_filter)BPF_STMT(BPF_LD | BPF_W | BPF_ABS, offsetof(struct seccomp_data, nr));
    f[1] = (struct sock_filter)BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, (unsigned)fault->call, 0, RULE_LENGTH - 2);
    f[2] = (struct sock_filter)BPF_STMT(BPF_LD | BPF_W | BPF_ABS, low_half(fault->argument));
    f[3] = (struct sock_filter)BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, (unsigned)fault->value, equal, different);
    f[4] = (struct sock_filter)BPF_STMT(BPF_RET | BPF_K,
        fault->error == DEADLY ? SECCOMP_RET_KILL_PROCESS : SECCOMP_RET_ERRNO | (unsigned)fault->error);
}

void fault_inject(const struct fault fault[MOST_FAULTS], const char *path, char *const *argv)
{
    struct sock_filter filter[MOST_FAULTS * RULE_LENGTH + 2];
    struct sock_fprog program = { 0, filter };
    unsigned i, n = 0;
    /* the launcher's calls of execve fail, this one must not: it is known by its path's address */
    for (i = 0; i < MOST_FAULTS && fault[i].error; i++) {
        struct fault f = fault[i];
        if (f.call == SYS_execve) {
            f.when = UNLESS_EQUAL;
            f.argument = 0;
            f.value = (unsigned)(unsigned long)path;
        }
        add(filter + n, &f);
        n += RULE_LENGTH;
    }
    filter[n++] = (struct sock_filter)BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_ALLOW);
    program.len = (unsigned short)n;
    if (i > 0 && (prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) < 0 || prctl(PR_SET_SECCOMP, SECCOMP_MODE_FILTER, &program) < 0))
        return;
    execve(path, argv, no_environment);
}
