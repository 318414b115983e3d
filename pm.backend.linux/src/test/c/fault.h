/* Errors of system calls, injected by a seccomp filter (seccomp(2), SECCOMP_RET_ERRNO). */
#ifndef PM_TEST_FAULT_H
#define PM_TEST_FAULT_H

#include "client.h"

/* Executes the file with the faults in force; returns only when that failed. */
void fault_inject(const struct fault fault[MOST_FAULTS], const char *path, char *const *argv);

/* Notes which calls have been made to fail; every_call_cases asks whether all were. */
void fault_note(const struct fault fault[MOST_FAULTS]);
int fault_was_injected(int call);

#endif
