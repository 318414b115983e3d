/*
 * Signals to every descendant, whatever session or group it moved to: descendants are found by parent pids in /proc,
 * and since this process is the subreaper (prctl(2)), what lost its parent is its child.
 */
#ifndef PM_SWEEP_H
#define PM_SWEEP_H

#include "processes.h"

struct sweep {
    int proc; /* descriptor of /proc */
    int self; /* our pid */
    struct processes now, before;
    int unsettled;    /* the last pass saw a pid change hands: it counts for no fixed point */
    unsigned reached; /* living processes which took the signal, in this round or kill */
    unsigned refused; /* living ones which did not */
    int error;        /* the last -errno of a signal or of the scan, 0 if none */
};

/* Forgets who has been signalled: the next pass starts a round. */
void sweep_begin(struct sweep *sweep);

/*
 * One look at all processes; each descendant that has not had this round's signal gets it, at once. Members of the
 * process group `skipped` count as reached without one. Returns how many were new: 0 is the fixed point.
 */
unsigned sweep_pass(struct sweep *sweep, int signal, int skipped);

/* A whole round: passes to the fixed point, at most so many. 0, or -EAGAIN where new ones kept appearing. */
int sweep_round(struct sweep *sweep, int signal, int skipped, unsigned passes);

/* SIGKILL to everything that the last pass found; returns how many had none before. */
unsigned sweep_kill(struct sweep *sweep);

#endif
