/* Descriptors that nobody asked for: the JVM's sockets are not close-on-exec and come along with posix_spawn(3). */
#ifndef PM_DESCRIPTORS_H
#define PM_DESCRIPTORS_H

#include <linux/types.h>

/* Marks every descriptor from 3 up close-on-exec; 0 or -errno. limit: as far as the last resort counts. */
int descriptors_close_on_exec(__u64 limit);

/* Closes every descriptor but those in keep (sorted here; negative ones are ignored). */
void descriptors_close_but(int *keep, int count);

#endif
