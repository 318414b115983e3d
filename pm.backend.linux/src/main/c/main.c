/*
 * pm-launch: started by the JVM with the request's descriptor as only argument; PROTOCOL.md tells the rest.
 */
#include "birth.h"
#include "guard.h"
#include "jvm.h"
#include "request.h"
#include "steps.h"
#include "supervise.h"
#include "syscall.h"
#include "text.h"

#define STDOUT 1
#define STDERR 2

START_OF_PROGRAM;

void start(long *stack);

static void say(int fd, const char *text)
{
    sys_write(fd, text, text_length(text)); /* refused: the exit status says it as well */
}

static int misuse(const char *why)
{
    say(STDERR, "pm-launch: ");
    say(STDERR, why);
    say(STDERR, "; it is started by the pm process manager only\n");
    return EXIT_MISUSE;
}

static int exec(struct launch *launch, struct jvm *jvm)
{
    struct failure failure;
    if (hand_over(launch, jvm))
        return EXIT_DONE;
    failure = become_command(launch);
    jvm_tell_failed(jvm, failure.step, failure.error);
    return EXIT_FAILED;
}

static int serve(int fd)
{
    struct launch launch = { 0 };
    struct jvm jvm = { .pidfd = -1 };
    const char *why = request_map(fd, &launch);
    int error;
    if (why)
        return misuse(why);
    jvm.pid = launch.request->jvm;
    jvm.channel = launch.request->channel;
    jvm.gone = jvm.channel <= STDERR; /* those are the command's: nothing may be said there */
    error = request_unpack(&launch);
    if (error < 0) {
        jvm_tell_failed(&jvm, STEP_PROTOCOL, error);
        return EXIT_FAILED;
    }
    switch (launch.request->role) {
    case ROLE_EXEC:
        return exec(&launch, &jvm);
    case ROLE_SUPERVISE:
        return supervise(&launch);
    default:
        return guard(&launch);
    }
}

/* argc, argv[0] … as the kernel laid them on the stack. */
__attribute__((noreturn)) void start(long *stack)
{
    long argc = stack[0];
    char **argv = (char **)(stack + 1);
    int status, fd = argc == 2 ? text_to_number(argv[1]) : -1;
    if (argc == 2 && text_equals(argv[1], "--version")) {
        say(STDOUT, "pm-launch protocol 5\n");
        status = EXIT_DONE;
    } else if (fd < 0)
        status = misuse("usage: pm-launch --version | pm-launch descriptor");
    else
        status = serve(fd);
    sys_exit_group(status);
}
