/* What turns this process into the command. */
#ifndef PM_STEPS_H
#define PM_STEPS_H

#include "request.h"

struct failure {
    enum step step;
    int error; /* -errno */
};

/* Takes all steps in the protocol's order; comes back only with the one that failed. */
struct failure become_command(struct launch *launch);

/* A string written to a file, opened below a folder; 0 or -errno. */
int write_to(int folder, const char *file, const char *text);

#endif
