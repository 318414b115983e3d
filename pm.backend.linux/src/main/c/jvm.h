/* The JVM as seen from here: told of things, listened to, and watched until it is gone. */
#ifndef PM_JVM_H
#define PM_JVM_H

#include "protocol.h"
#include "syscall.h"

struct jvm {
    int pid;
    int channel;
    int pidfd; /* -1: this kernel has none; then getppid(2) is asked every 100 ms */
    int gone;  /* dead, or it closed the channel: nobody listens any more */
};

/* Without pidfds the parent is looked at this often. */
#define PARENT_POLL_MILLIS 100
#define FOREVER (-1)

/*
 * Has the kernel wake us when the JVM dies, and opens its pidfd. Sets *step and returns -errno when that fails or
 * the JVM is not our parent any more.
 */
int jvm_watch(struct jvm *jvm, enum step *step);

/* Sends a message; waits while the JVM does not read, as long as it lives. Cannot be sent: the JVM counts as gone. */
void jvm_tell(struct jvm *jvm, const struct message *message);
void jvm_tell_failed(struct jvm *jvm, enum step step, int error);

/*
 * Waits for the channel, the JVM's death, or one more descriptor, at most so long (milliseconds or FOREVER).
 * Updates gone.
 */
void jvm_wait(struct jvm *jvm, int other, short other_events, int millis);

enum heard { HEARD_NOTHING, HEARD_ORDER, HEARD_NONSENSE };

/* The next order, if one is there. HEARD_NONSENSE: a packet of another size; its sequence as far as it has one. */
enum heard jvm_hear(struct jvm *jvm, struct order *order);

/* ppoll(2) that cannot fail: where the kernel refuses, a short sleep, and everything counts as ready. */
void wait_for(struct pollfd *fds, unsigned count, int millis);

/* Microseconds of a clock (clock_gettime(2)), 0 where a sandbox has none. */
__s64 clock_micros(int clock);

#endif
