/* The JVM's side of the protocol. */
#ifndef PM_TEST_CLIENT_H
#define PM_TEST_CLIENT_H

#include "../../main/c/protocol.h"

#define PATIENCE 120000 /* milliseconds: far more than anything here takes, also on a busy machine */
#define MOST_FAULTS 5
#define MOST_PATCHES 4

/* In the place of an errno: the call ends the process with SIGSYS. */
#define DEADLY (-1)

/* One system call that the kernel shall refuse to the launcher (and to what it starts) with this errno. */
struct fault {
    int call;
    int error;
    enum { ALWAYS, IF_EQUAL, UNLESS_EQUAL } when; /* the lower half of argument number `argument` */
    unsigned argument;
    unsigned long value;
};

struct patch {
    unsigned offset, value;
    int set;
};

struct spec {
    enum role role;
    const char *const *argv, *const *env, *const *paths; /* NULL-ended; argv's default: the driver's act */
    const char *act; /* shorthand: argv = {"pm-check", "--act", act…}, path = the driver */
    const char *act_argument;
    const char *cwd;
    int cgroup[CGROUP_LIMIT];
    unsigned cgroup_count;
    struct resource_limit rlimit[RLIMIT_LIMIT];
    unsigned rlimit_count;
    unsigned flags;
    int nice, oom_score_adj;
    unsigned max_processes;
    unsigned long affinity; /* 0: as it is */
    int jvm; /* 0: whoever starts the launcher */
    struct patch patch[MOST_PATCHES]; /* written over the finished request */
    long file_size; /* the request's file is cut to this; 0: as it is */
    struct fault fault[MOST_FAULTS];
    const char *binary; /* NULL: launcher */
    void (*before)(void); /* in the launcher's process, before it is executed */
    int descriptor_argument_only; /* no request at all: the number of /dev/null */
    int from_memfd;
};

struct launched {
    int pid;
    int channel; /* our end */
    int output; /* standard output of the command */
    int born; /* the command was born in its cgroup: pid is its own, and the launcher is gone */
    int followed; /* BORN was received, and may come once more */
    struct message *kept; /* read already, and not yet received; NULL: none */
};

/* The request in a file and the channel, for whoever starts the launcher otherwise; 0 or -1. */
int open_request(const struct spec *spec, int *request, int channel[2]);

struct launched launch(const struct spec *spec);

/* The parts of it, for a stand-in: the request's file, and, in a child, becoming the launcher. */
int make_request(const struct spec *spec, int channel);
void become_launcher(const struct spec *spec, int request, int channel, int output);

/* 1 and the message, 0 at the end of the channel; fails the case when nothing comes. */
int receive(const struct launched *l, struct message *message);
/* The next message, which must be of this kind. */
struct message expect(const struct launched *l, enum message_kind kind);
/* FAILED with this step and errno, the channel's end, exit status 127. */
void expect_failed(const struct launched *l, enum step step, int error);
/* The launcher's own end. */
void expect_exit(const struct launched *l, int status);
/* Nothing more is said: the channel has ended. */
void expect_end(const struct launched *l);

void order(const struct launched *l, enum order_kind kind, int value, unsigned sequence);
/* The answer to it: messages of other kinds may come before, and are dropped. */
struct message answer_to(const struct launched *l, unsigned sequence);

/* EXITED or EMPTY … until this one. */
struct message skip_to(const struct launched *l, enum message_kind kind);

/* Reads from the command's output until it has said so many lines. */
void await_lines(const struct launched *l, int lines);
/* Waits until nobody holds the command's output: the whole tree is gone. Returns the milliseconds it took. */
long long await_all_gone(const struct launched *l, int millis);

/* A process in the place of the JVM, which can be killed. */
struct stand_in {
    int pid;
    int command;
    struct launched launched; /* its channel is the stand-in's alone, unless leaked */
};
struct stand_in launch_by_stand_in(const struct spec *spec, int leak_channel);

/* The acts: what the driver does when it is the command (never returns). */
void act(int argc, char **argv) __attribute__((noreturn));

#endif
