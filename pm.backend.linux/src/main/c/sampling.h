/* The number of processes of a tree where no cgroup counts them: sampled, so a short peak is missed. */
#ifndef PM_SAMPLING_H
#define PM_SAMPLING_H

#include "orders.h"

/* Milliseconds until the next look, or FOREVER. */
int sampling_pause(const struct supervisor *s);

/* Counts when it is time to, and tells the JVM once when there are too many. */
void sampling_look(struct supervisor *s);

#endif
