/*
 * The protocol between the JVM and pm-launch, version 5, as PROTOCOL.md tells it. Both sides run on
 * the same machine: native byte order. Offsets are checked below and must not move within a version.
 */
#ifndef PM_PROTOCOL_H
#define PM_PROTOCOL_H

#include <linux/types.h>
#include <stddef.h>

#define PROTOCOL_VERSION 5
#define REQUEST_MAGIC 0x51524d50u
#define CGROUP_LIMIT 8
#define RLIMIT_LIMIT 16
#define MOST_PROCESSES 0x7fffffffu

/* Exit statuses of the launcher itself; the command's own travel in EXITED. */
#define EXIT_DONE 0
#define EXIT_GAVE_UP 1
#define EXIT_MISUSE 125
#define EXIT_FAILED 127

enum role { ROLE_EXEC = 1, ROLE_SUPERVISE = 2, ROLE_GUARD = 3 };

#define FLAG_NO_NEW_PRIVS 1u
#define FLAG_NICE 2u
#define FLAG_OOM_SCORE_ADJ 4u
#define FLAG_WAIT 8u
#define FLAG_TREE_GROUP 16u
#define FLAGS_KNOWN 31u

/* With FLAG_TREE_GROUP: the name of the group in which the command is born. */
#define TREE_GROUP "tree"

enum guard_folder { GUARD_MANAGER = 0, GUARD_PARENT = 1, GUARD_REFUGE = 2, GUARD_FURTHER = 3 };

enum step {
    STEP_PROTOCOL = 1,
    STEP_SESSION = 2,
    STEP_CGROUP = 3,
    STEP_SIGNALS = 4,
    STEP_RLIMIT = 5,
    STEP_OOM = 6,
    STEP_NICE = 7,
    STEP_PRIVILEGES = 8,
    STEP_DIRECTORY = 9,
    STEP_DESCRIPTORS = 10,
    STEP_EXEC = 11,
    STEP_SUBREAPER = 12,
    STEP_FORK = 13,
    STEP_WATCH = 14,
    STEP_PARENT = 15,
    STEP_AFFINITY = 16
};

enum message_kind {
    MESSAGE_STARTED = 1,
    MESSAGE_FAILED = 2,
    MESSAGE_EXITED = 3,
    MESSAGE_EMPTY = 4,
    MESSAGE_READY = 5,
    MESSAGE_ANSWER = 6,
    MESSAGE_STUCK = 7,
    MESSAGE_LIMIT = 8,
    MESSAGE_BORN = 9
};

/* What the JVM asks for; "order" here, because "command" is the program that is run. */
enum order_kind {
    ORDER_SIGNAL_LEADER = 1,
    ORDER_TERMINATE = 2,
    ORDER_KILL = 3,
    ORDER_STOP = 4,
    ORDER_CONTINUE = 5,
    ORDER_BYE = 6,
    ORDER_GO = 7,
    ORDER_SET_MAX_PROCESSES = 8,
    ORDER_SHARE_SAMPLING = 9
};

struct resource_limit {
    __u32 resource;
    __u32 zero;
    __u64 soft;
    __u64 hard;
};

struct request {
    __u32 magic;
    __u32 version;
    __u32 size;
    __u32 role;
    __s32 jvm;
    __s32 channel;
    __u32 flags;
    __s32 nice;
    __s32 oom_score_adj;
    __u32 cgroup_count;
    __s32 cgroup[CGROUP_LIMIT];
    __u32 rlimit_count;
    __u32 argv_offset;
    __u32 argv_count;
    __u32 env_offset;
    __u32 env_count;
    __u32 path_offset;
    __u32 path_count;
    __u32 cwd_offset;
    __u32 max_processes;
    __u32 zero;
    struct resource_limit rlimit[RLIMIT_LIMIT];
    __u64 affinity;
};

struct message {
    __u32 kind;
    __s32 pid;
    __s32 value;
    __s32 error;
    __u32 sequence;
    __u32 zero;
    __u64 user_micros;
    __u64 system_micros;
    __u64 peak_kib;
    __u64 blocks_read;
    __u64 blocks_written;
};

struct order {
    __u32 kind;
    __s32 value;
    __u32 sequence;
    __u32 zero;
};

_Static_assert(offsetof(struct request, channel) == 20, "request.channel");
_Static_assert(offsetof(struct request, cgroup) == 40, "request.cgroup");
_Static_assert(offsetof(struct request, rlimit_count) == 72, "request.rlimitCount");
_Static_assert(offsetof(struct request, cwd_offset) == 100, "request.cwdOffset");
_Static_assert(offsetof(struct request, max_processes) == 104, "request.maxProcesses");
_Static_assert(offsetof(struct request, rlimit) == 112, "request.rlimits");
_Static_assert(offsetof(struct request, affinity) == 496, "request.affinity");
_Static_assert(sizeof(struct request) == 504, "request");
_Static_assert(sizeof(struct message) == 64, "message");
_Static_assert(sizeof(struct order) == 16, "order");

#endif
