/* The guard of one manager: kills and removes the manager's cgroups when the JVM is gone. */
#ifndef PM_GUARD_H
#define PM_GUARD_H

#include "request.h"

/* Returns the exit status. */
int guard(struct launch *launch);

#endif
