package pm.tests.hostile;

/** What holds the tree. */
enum Mode {
    /** As root below our own control group. */
    CGROUP,
    /** As an unprivileged user without a control group: the launcher stays as subreaper. */
    SUPERVISION;

    boolean allows(Program program, Ending ending) {
        if (program == Program.HUNDRED && ending != Ending.SIGKILL) {
            return false; // the size matters to its time alone
        }
        return switch (this) {
            case CGROUP -> ending != Ending.LAUNCHER_STOPPED_THEN_JVM;
            case SUPERVISION -> ending != Ending.GUARD_KILLED_THEN_JVM && !program.needsRoot();
        };
    }
}
