package pm.backend.linux.launcher;

import java.util.Arrays;

/** What the launcher does before the command runs; numbered by PROTOCOL.md. */
enum Step {
    PROTOCOL(1, "the launcher does not understand the request"),
    SESSION(2, "no new session"),
    CGROUP(3, "cannot join its cgroup"),
    SIGNALS(4, "cannot reset signals"),
    RLIMIT(5, "cannot set a resource limit"),
    OOM(6, "cannot set oom_score_adj"),
    NICE(7, "cannot set the nice value"),
    PRIVILEGES(8, "cannot set no_new_privs"),
    DIRECTORY(9, "cannot change to its directory"),
    DESCRIPTORS(10, "cannot close descriptors"),
    EXEC(11, "cannot execute"),
    SUBREAPER(12, "the launcher cannot become a subreaper"),
    FORK(13, "the launcher cannot fork"),
    WATCH(14, "the launcher cannot watch processes"),
    PARENT(15, "the launcher is no child of this JVM any more"),
    AFFINITY(16, "cannot limit affinity");

    private final int number;
    private final String failure;

    Step(int number, String failure) {
        this.number = number;
        this.failure = failure;
    }

    /** Whether this is the step of that number. */
    boolean is(int other) {
        return number == other;
    }

    /** What the failure of a step means. */
    static String failure(int number) {
        return Arrays.stream(values())
                .filter(step -> step.is(number))
                .map(step -> step.failure)
                .findFirst()
                .orElse("unknown step " + number + " of the launcher");
    }
}
