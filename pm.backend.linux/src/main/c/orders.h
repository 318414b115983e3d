/* What the JVM asks of a supervisor, and the sweep that ends the tree. */
#ifndef PM_ORDERS_H
#define PM_ORDERS_H

#include "jvm.h"
#include "sweep.h"

/* KILLs that may wait for one answer each. */
#define KILLS_WAITING 16

/* Too many processes? Looked at now and then; the JVM decides what becomes of it. */
struct sampling {
    unsigned most;  /* 0: no limit, nothing is counted */
    unsigned among; /* so many launchers share the time for looks; 0 counts as 1 */
    int over;       /* has been told: once until the count is below again */
    __s64 due;      /* microseconds of the clock */
    __s64 used;     /* microseconds of processor time up to the last look */
};

struct supervisor {
    struct jvm jvm;
    struct sampling sampling;
    int signals; /* signalfd of SIGCHLD */
    int tree;    /* the group in which the command was born, -1 if that is not known */
    int command;
    int running; /* the command is not reaped: its pid and process group are its own */
    struct sweep killing; /* the kill sweep goes on over many turns of the loop; orders may come in between */
    struct sweep asked;
    int ending; /* the kill sweep is on */
    int pause;  /* milliseconds until its next pass, if nothing is reaped before */
    __s64 rest; /* microseconds of the clock: no pass before, so that a large tree is not looked through for each child that ends */
    int stuck_passes;
    int told_stuck;
    unsigned killed; /* processes that took a SIGKILL */
    __u32 waiting[KILLS_WAITING];
    unsigned waiting_count;
};

/* Carries out all orders that are there. */
void orders_carry_out(struct supervisor *s);

/* Waits for one order: 1, or 0 when the JVM is gone. All others are refused meanwhile. */
int orders_await(struct supervisor *s, enum order_kind wanted);

/* Answers every waiting KILL; error as an errno. */
void orders_killed(struct supervisor *s, int error);

/* One pass of the kill sweep, when it is time for it; 1 when it is stuck: no signal gets through. */
int kill_pass(struct supervisor *s);

/* Milliseconds until that time. */
int kill_pause(const struct supervisor *s);

#endif
