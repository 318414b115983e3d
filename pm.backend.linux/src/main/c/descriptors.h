/* Descriptors that nobody asked for: the JVM's sockets are not close-on-exec and come along with posix_spawn(3). */
#ifndef PM_DESCRIPTORS_H
#define PM_DESCRIPTORS_H

/* Marks every descriptor from 3 up close-on-exec; 0 or -errno. */
int descriptors_close_on_exec(void);

/* Closes every descriptor but those in keep (sorted here; negative ones are ignored). */
void descriptors_close_but(int *keep, int count);

#endif
