package pm.backend.linux.launcher;

/**
 * How a command is started.
 *
 * @param noNewPrivileges whether the command may gain privileges by executing
 * @param limits for each process
 * @param mostProcesses above which a supervisor tells how many live, 0 for none
 * @param waits whether a supervisor is ready and waits before it starts the command
 * @param killsGroup whether a supervisor that waits kills the group, too, in which it waited
 */
record Terms(boolean noNewPrivileges, ProcessLimits limits, int mostProcesses, boolean waits, boolean killsGroup) {
    /** Nothing special. */
    static final Terms PLAIN = new Terms(false, ProcessLimits.NONE, 0, false, false);
}
