#include "cases.h"
#include "fault.h"
#include <sys/syscall.h>

/* Made by launcher/check from the launcher's syscall.h: CALL(openat) CALL(close) … */
static const struct {
    const char *name;
    int number;
} calls[] = {
#define CALL(name) { #name, SYS_##name },
#include "launcher-calls.inc"
};

/* No system call gets into the launcher without a case in which it fails. */
static void every_call(void)
{
    unsigned i;
    require(sizeof calls / sizeof *calls > 30, "the list of calls is too short");
    for (i = 0; i < sizeof calls / sizeof *calls; i++)
        require(fault_was_injected(calls[i].number), "no case lets %s fail", calls[i].name);
}

const struct test_case every_call_cases[] = {
    { "faults: every system call of the launcher was made to fail", every_call, NEED_NATIVE | NEED_CGROUP2 | NEED_ROOT },
    { NULL, NULL, 0 },
};

const struct test_case *const all_cases[] = { request_cases, exec_cases, path_cases, supervise_cases, order_cases, kill_cases,
    wait_cases, group_cases, sampling_cases, guard_cases, reuse_cases, further_cases, exec_faults, supervise_faults, guard_faults, every_call_cases, NULL };
