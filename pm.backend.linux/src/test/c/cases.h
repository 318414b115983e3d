/* The tables of cases, each ended by a row without a name. */
#ifndef PM_TEST_CASES_H
#define PM_TEST_CASES_H

#include "harness.h"

extern const struct test_case request_cases[], exec_cases[], path_cases[], supervise_cases[], order_cases[], kill_cases[], guard_cases[], reuse_cases[], further_cases[], wait_cases[], group_cases[], sampling_cases[], exec_faults[],
    supervise_faults[], guard_faults[], every_call_cases[];

/* All of them, ended by NULL. */
extern const struct test_case *const all_cases[];

#endif
