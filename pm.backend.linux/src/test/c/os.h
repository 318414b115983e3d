/* What the operating system says. */
#ifndef PM_TEST_OS_H
#define PM_TEST_OS_H

#include <stddef.h>

/* State letter of /proc/pid/stat, 0 when there is no such process. */
char os_state(int pid);
int os_parent(int pid);
/* One of its children, 0 when it has none. */
int os_child(int parent);

/* The CPUs on which we may run, of the first 64: bit 0 is CPU 0. */
unsigned long os_affinity(void);

/* How many living processes (no zombies) descend from the pid. */
int os_descendants(int pid);

/* SIGKILL to all our own children; how many there were alive. */
int os_kill_children(void);

/* Reads a small file; "" if there is none. */
const char *os_read(char *buffer, size_t size, const char *format, ...) __attribute__((format(printf, 3, 4)));

/* Waits for the end of our child; its wait status. Fails the case after so long. */
int os_wait(int pid, int millis);

/* Reaps one child that has ended, if there is one: orphans of a tree come to this subreaper. */
int os_reap_any(void);

/* Reads up to the end or until so many bytes are there; the count. Fails the case after so long. */
size_t os_read_pipe(int fd, char *buffer, size_t size, int millis);

/* True when nobody holds the other end of the pipe. */
int os_pipe_ended(int fd);

/*
 * Finds where cgroups can be made: sets cgroup2 to a folder of this run's, or to "". The folder is locked, as a manager's:
 * whoever clears up what dead managers left must not take it for such.
 */
void os_find_cgroup2(void);

/* Closes what a case opened. */
void os_close_all(void);

/* Kills and removes all groups below cgroup2; how many there were. */
int os_remove_cgroups(void);

#endif
