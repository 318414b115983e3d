/* The supervisor of one tree: its subreaper, which reports what ends and ends what is left. */
#ifndef PM_SUPERVISE_H
#define PM_SUPERVISE_H

#include "request.h"

/* Returns the exit status. */
int supervise(struct launch *launch);

#endif
