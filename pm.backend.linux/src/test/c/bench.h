/* How long a command takes, from the spawn to its exit. */
#ifndef PM_TEST_BENCH_H
#define PM_TEST_BENCH_H

/* Prints medians of plain posix_spawn and of both roles; the exit status. */
int bench(void);

#endif
