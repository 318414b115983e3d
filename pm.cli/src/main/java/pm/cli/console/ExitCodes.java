package pm.cli.console;

/** The exit statuses that are pm's own, as env(1) and timeout(1) of the GNU coreutils use them. */
public final class ExitCodes {
    /** Done. */
    public static final int OK = 0;
    /** A timeout ended the command. */
    public static final int TIMED_OUT = 124;
    /** pm itself failed, was misused, or could not prove the tree gone. */
    public static final int PM_FAILED = 125;
    /** The command was found but cannot be executed. */
    public static final int NOT_EXECUTABLE = 126;
    /** The command was not found. */
    public static final int NOT_FOUND = 127;
    /** Out of memory: what a shell reports for SIGKILL, by which the kernel ends such a process. */
    public static final int OUT_OF_MEMORY = 128 + 9;

    private ExitCodes() {}
}
