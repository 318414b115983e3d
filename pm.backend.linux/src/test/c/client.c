#define _GNU_SOURCE
#include "client.h"
#include "fault.h"
#include "harness.h"
#include "os.h"
#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

#define MOST_BYTES 262144
#define OUTPUT_FD 1

struct blob {
    char bytes[MOST_BYTES];
    unsigned size;
};

static unsigned put_string(struct blob *blob, const char *text)
{
    unsigned at = blob->size;
    memcpy(blob->bytes + at, text, strlen(text) + 1);
    blob->size += (unsigned)strlen(text) + 1;
    return at;
}

static void put_list(struct blob *blob, const char *const *list, __u32 *offset, __u32 *count)
{
    *offset = blob->size;
    for (*count = 0; list && list[*count]; ++*count)
        put_string(blob, list[*count]);
}

static void put_strings(struct blob *blob, const struct spec *spec, struct request *r)
{
    const char *acted[] = { "pm-check", "--act", spec->act, spec->act_argument, NULL };
    const char *self[] = { driver, NULL };
    put_list(blob, spec->argv ? spec->argv : spec->act ? acted : NULL, &r->argv_offset, &r->argv_count);
    put_list(blob, spec->env, &r->env_offset, &r->env_count);
    put_list(blob, spec->paths ? spec->paths : spec->act ? self : NULL, &r->path_offset, &r->path_count);
    if (spec->cwd)
        r->cwd_offset = put_string(blob, spec->cwd);
}

int make_request(const struct spec *spec, int channel)
{
    static struct blob blob;
    struct request r = { .magic = REQUEST_MAGIC, .version = PROTOCOL_VERSION, .role = spec->role, .channel = channel };
    unsigned i;
    int fd = memfd_create("request", MFD_CLOEXEC);
    blob.size = sizeof r;
    r.jvm = spec->jvm ? spec->jvm : getpid();
    r.flags = spec->flags;
    r.nice = spec->nice;
    r.oom_score_adj = spec->oom_score_adj;
    r.max_processes = spec->max_processes;
    r.affinity = spec->affinity;
    r.cgroup_count = spec->cgroup_count;
    memcpy(r.cgroup, spec->cgroup, sizeof r.cgroup);
    r.rlimit_count = spec->rlimit_count;
    memcpy(r.rlimit, spec->rlimit, sizeof r.rlimit);
    put_strings(&blob, spec, &r);
    r.size = blob.size;
    memcpy(blob.bytes, &r, sizeof r);
    for (i = 0; i < MOST_PATCHES; i++)
        if (spec->patch[i].set)
            memcpy(blob.bytes + spec->patch[i].offset, &spec->patch[i].value, sizeof spec->patch[i].value);
    if (write(fd, blob.bytes, blob.size) != (ssize_t)blob.size
        || (spec->file_size && ftruncate(fd, spec->file_size) < 0))
        return -1;
    return fd;
}

static void inherit(int fd)
{
    fcntl(fd, F_SETFD, 0);
}

/* Descriptors that are not close-on-exec, as a JVM's sockets: the command must not get them. */
static void leak_descriptors(void)
{
    fcntl(0, F_DUPFD, 100);
    fcntl(0, F_DUPFD, 500);
}

static int memfd_of(const char *path)
{
    char bytes[4096];
    ssize_t size;
    int from = open(path, O_RDONLY | O_CLOEXEC), to = memfd_create("pm-launch", MFD_CLOEXEC | MFD_ALLOW_SEALING);
    while ((size = read(from, bytes, sizeof bytes)) > 0)
        if (write(to, bytes, (size_t)size) != size)
            return -1;
    fcntl(to, F_ADD_SEALS, F_SEAL_SEAL | F_SEAL_SHRINK | F_SEAL_GROW | F_SEAL_WRITE);
    return to;
}

/* An emulator does not know prctl(PR_SET_CHILD_SUBREAPER): it is set for it, and the launcher built not to ask. */
static const char *binary_for(const struct spec *spec)
{
    if (!emulator || spec->role != ROLE_SUPERVISE)
        return spec->binary ? spec->binary : launcher;
    prctl(PR_SET_CHILD_SUBREAPER, 1, 0, 0, 0);
    return test_build ? test_build : launcher;
}

void become_launcher(const struct spec *spec, int request, int channel, int output)
{
    const char *binary = binary_for(spec);
    char number[16], memfd[32];
    const char *argv[4];
    unsigned i, n = 0;
    inherit(request);
    inherit(channel);
    for (i = 0; i < spec->cgroup_count; i++)
        inherit(spec->cgroup[i]);
    dup2(open("/dev/null", O_RDONLY | O_CLOEXEC), 0);
    dup2(0, 2);
    dup2(output, OUTPUT_FD);
    leak_descriptors();
    snprintf(number, sizeof number, "%d", request);
    if (spec->from_memfd) {
        snprintf(memfd, sizeof memfd, "/proc/self/fd/%d", memfd_of(binary));
        binary = memfd;
    }
    if (emulator)
        argv[n++] = emulator;
    argv[n++] = emulator ? binary : "pm-launch";
    argv[n++] = number;
    argv[n] = NULL;
    if (spec->before)
        spec->before();
    fault_inject(spec->fault, emulator ? emulator : binary, (char *const *)argv);
    _exit(99);
}

int open_request(const struct spec *spec, int *request, int channel[2])
{
    if (spec->role == ROLE_EXEC ? pipe2(channel, O_CLOEXEC) : socketpair(AF_UNIX, SOCK_SEQPACKET | SOCK_CLOEXEC, 0, channel))
        return -1;
    *request = spec->descriptor_argument_only ? open("/dev/null", O_RDONLY | O_CLOEXEC) : make_request(spec, channel[1]);
    return *request < 0 ? -1 : 0;
}

/* With a cgroup BORN comes first, unless the start fails before: it names who becomes the command. */
static void follow(struct launched *l)
{
    static struct message first;
    if (!receive(l, &first))
        return;
    if (first.kind != MESSAGE_BORN) {
        l->kept = &first;
        return;
    }
    l->followed = 1;
    if (first.pid == l->pid)
        return;
    require(os_parent(first.pid) == getpid(), "born as a child of %d", os_parent(first.pid));
    os_wait(l->pid, PATIENCE);
    l->pid = first.pid;
    l->born = 1;
}

struct launched launch(const struct spec *spec)
{
    int channel[2], output[2], request;
    struct launched l = { 0 };
    require(open_request(spec, &request, channel) == 0 && pipe2(output, O_CLOEXEC) == 0, "no request: %s", strerror(errno));
    fault_note(spec->fault);
    l.pid = fork();
    if (l.pid == 0)
        become_launcher(spec, request, channel[1], output[1]);
    close(channel[1]);
    close(output[1]);
    close(request);
    l.channel = channel[0];
    l.output = output[0];
    if (spec->role == ROLE_EXEC && spec->cgroup_count > 0)
        follow(&l);
    return l;
}

int receive(const struct launched *l, struct message *message)
{
    struct pollfd ready = { l->channel, POLLIN, 0 };
    ssize_t size;
    if (l->kept && l->kept->kind) {
        *message = *l->kept;
        l->kept->kind = 0;
        return 1;
    }
    require(poll(&ready, 1, PATIENCE) == 1, "no message within %d ms", PATIENCE);
    size = read(l->channel, message, sizeof *message);
    if (size == 0 || (size < 0 && errno == ECONNRESET))
        return 0;
    require(size == sizeof *message, "a message of %zd bytes: %s", size, size < 0 ? strerror(errno) : "too short");
    if (l->followed && message->kind == MESSAGE_BORN && message->pid == l->pid)
        return receive(l, message); /* from the other one as well */
    return 1;
}

struct message expect(const struct launched *l, enum message_kind kind)
{
    struct message m;
    require(receive(l, &m), "the channel ended instead of message %d", kind);
    require(m.kind == kind, "message %u (pid %d, value %d, error %d) instead of %d", m.kind, m.pid, m.value, m.error, kind);
    require(m.zero == 0, "reserved field set");
    return m;
}

void expect_end(const struct launched *l)
{
    struct message m;
    require(!receive(l, &m), "message %u (pid %d, value %d, error %d) instead of the end", m.kind, m.pid, m.value, m.error);
}

void expect_exit(const struct launched *l, int status)
{
    int ended = os_wait(l->pid, PATIENCE);
    require(WIFEXITED(ended) && WEXITSTATUS(ended) == status, "launcher's wait status 0x%x instead of exit %d", ended, status);
}

void expect_failed(const struct launched *l, enum step step, int error)
{
    struct message m = expect(l, MESSAGE_FAILED);
    require((int)step == m.value && error == m.error, "step %d, %s instead of step %d, %s", m.value, strerror(m.error), step,
        strerror(error));
    expect_end(l);
    expect_exit(l, EXIT_FAILED);
}

void order(const struct launched *l, enum order_kind kind, int value, unsigned sequence)
{
    struct order o = { kind, value, sequence, 0 };
    require(send(l->channel, &o, sizeof o, MSG_NOSIGNAL) == sizeof o, "could not send: %s", strerror(errno));
}

struct message answer_to(const struct launched *l, unsigned sequence)
{
    struct message m = skip_to(l, MESSAGE_ANSWER);
    require(m.sequence == sequence, "answer to %u instead of %u", m.sequence, sequence);
    return m;
}

struct message skip_to(const struct launched *l, enum message_kind kind)
{
    struct message m;
    do
        require(receive(l, &m), "the channel ended before message %d", kind);
    while (m.kind != kind);
    return m;
}

void await_lines(const struct launched *l, int lines)
{
    char byte;
    while (lines > 0) {
        require(os_read_pipe(l->output, &byte, 1, PATIENCE) == 1, "the output ended before %d more lines", lines);
        lines -= byte == '\n';
    }
}

long long await_all_gone(const struct launched *l, int millis)
{
    long long begin = now_millis();
    struct pollfd end = { l->output, 0, 0 };
    require(poll(&end, 1, millis) == 1, "the tree lives after %d ms", millis);
    return now_millis() - begin;
}
