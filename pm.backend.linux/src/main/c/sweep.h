/*
 * Signals to every descendant, whatever session or group it moved to: since this process is the subreaper (prctl(2)),
 * what lost its parent is its child. Descendants are found by the lists of children in /proc, in as many steps as there
 * are descendants; or by the parent pids of all processes, where the kernel has no such lists.
 */
#ifndef PM_SWEEP_H
#define PM_SWEEP_H

#include "processes.h"

struct sweep {
    int proc; /* descriptor of /proc */
    int self; /* our pid */
    struct processes now, before;
    int unsettled;    /* the last pass saw a pid change hands: it counts for no fixed point */
    int vanished;     /* a process ended during the last pass: others may have been left out of its parent's list */
    unsigned reached; /* living processes which took the signal, in this round or kill */
    unsigned refused; /* living ones which did not */
    int error;        /* the last -errno of a signal or of the scan, 0 if none */
};

/* Forgets who has been signalled: the next pass starts a round. */
void sweep_begin(struct sweep *sweep);

/*
 * One look at all descendants; each that has not had this round's signal gets it, at once. Members of the
 * process group `skipped` count as reached without one, and signal 0 only counts. Returns how many were new: 0 is the fixed point.
 */
unsigned sweep_pass(struct sweep *sweep, int signal, int skipped);

/* A whole round: passes to the fixed point, at most so many. 0, or -EAGAIN where new ones kept appearing. */
int sweep_round(struct sweep *sweep, int signal, int skipped, unsigned passes);

/* SIGKILL to everything that the last pass found; returns how many had none before. */
unsigned sweep_kill(struct sweep *sweep);

#endif
