/* The request: mapped, checked to the last byte, its strings turned into the arrays that execve(2) wants. */
#ifndef PM_REQUEST_H
#define PM_REQUEST_H

#include "protocol.h"

struct launch {
    const struct request *request;
    char **argv; /* argv[-1] is a free place, for the shell that runs a script without #! */
    char **envp;
    char **paths;
    const char *cwd; /* NULL: stay */
    __u32 born_in; /* how many of the cgroups we are in already: the first, or none */
};

/* Why the file cannot even be asked for its channel, or NULL. */
const char *request_map(int fd, struct launch *launch);

/* Checks and unpacks; 0, or -errno: EPROTO another version, EBADMSG anything out of its bounds, ENOMEM. */
int request_unpack(struct launch *launch);

#endif
