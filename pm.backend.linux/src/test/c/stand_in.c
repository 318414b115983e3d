/* A process in the place of the JVM, which can be killed. */
#define _GNU_SOURCE
#include "client.h"
#include "fault.h"
#include "harness.h"
#include "os.h"
#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

struct told {
    int launcher, command;
};

/* In the stand-in: starts the launcher, tells of it, and does nothing more. */
static void stand_in(const struct spec *spec, int tell, int output, const int *leaked)
{
    struct message started;
    struct told told;
    int channel[2], request;
    if (leaked)
        memcpy(channel, leaked, sizeof channel);
    else if (socketpair(AF_UNIX, SOCK_SEQPACKET | SOCK_CLOEXEC, 0, channel) < 0)
        _exit(98);
    request = make_request(spec, channel[1]);
    told.launcher = fork();
    if (told.launcher == 0)
        become_launcher(spec, request, channel[1], output);
    close(channel[1]);
    close(output);
    if (read(channel[0], &started, sizeof started) != sizeof started
        || (started.kind != MESSAGE_STARTED && started.kind != MESSAGE_READY))
        _exit(97);
    told.command = started.pid;
    if (write(tell, &told, sizeof told) != sizeof told)
        _exit(96);
    for (;;)
        pause();
}

struct stand_in launch_by_stand_in(const struct spec *spec, int leak_channel)
{
    int channel[2], output[2], tell[2];
    struct stand_in s = { 0 };
    struct told told;
    require(!pipe2(output, O_CLOEXEC) && !pipe2(tell, O_CLOEXEC)
            && (!leak_channel || !socketpair(AF_UNIX, SOCK_SEQPACKET | SOCK_CLOEXEC, 0, channel)),
        "no pipes: %s", strerror(errno));
    fault_note(spec->fault);
    s.pid = fork();
    if (s.pid == 0)
        stand_in(spec, tell[1], output[1], leak_channel ? channel : NULL);
    close(output[1]);
    close(tell[1]);
    s.launched.output = output[0];
    s.launched.channel = leak_channel ? channel[0] : -1;
    if (leak_channel)
        close(channel[1]);
    require(os_read_pipe(tell[0], (char *)&told, sizeof told, PATIENCE) == sizeof told, "the stand-in did not start");
    s.launched.pid = told.launcher;
    s.command = told.command;
    return s;
}
