package pm.backend.linux.proc;

/**
 * One line of {@code /proc/<pid>/stat}, see proc_pid_stat(5). Times are in clock ticks.
 *
 * @param pid its id
 * @param name file name of the program, at most 15 bytes
 * @param state R, S, D, Z, T, …
 * @param parentPid its parent, 0 when that is outside our PID namespace
 * @param group its process group
 * @param session its session
 * @param userTicks CPU time in user mode
 * @param systemTicks CPU time in the kernel
 * @param childrenUserTicks CPU time in user mode of children that it waited for
 * @param childrenSystemTicks CPU time in the kernel of children that it waited for
 * @param startTicks when it started, since boot: with the pid it is an identity
 * @param residentPages pages of its memory that are in RAM
 */
public record ProcessStat(
        long pid,
        String name,
        char state,
        long parentPid,
        long group,
        long session,
        long userTicks,
        long systemTicks,
        long childrenUserTicks,
        long childrenSystemTicks,
        long startTicks,
        long residentPages) {

    /** Reads a line; the name is in parentheses and may itself hold spaces and parentheses. */
    static ProcessStat parse(String line) {
        int open = line.indexOf('(');
        int close = line.lastIndexOf(')');
        if (open < 0 || close < open) {
            throw new IllegalArgumentException("Could not read a process's stat: no name in '" + line + "'");
        }
        String[] rest = line.substring(close + 1).strip().split(" ");
        return new ProcessStat(
                Long.parseLong(line.substring(0, open).strip()),
                line.substring(open + 1, close),
                field(rest, 3).charAt(0),
                number(rest, 4),
                number(rest, 5),
                number(rest, 6),
                number(rest, 14),
                number(rest, 15),
                number(rest, 16),
                number(rest, 17),
                number(rest, 22),
                number(rest, 24));
    }

    private static long number(String[] rest, int field) {
        return Long.parseLong(field(rest, field));
    }

    /** A field by its number in the manual page; the state, field 3, is the first after the name. */
    private static String field(String[] rest, int number) {
        return rest[number - 3];
    }

    /** Zombies and what is being removed do not live. */
    public boolean isAlive() {
        return state != 'Z' && state != 'X' && state != 'x';
    }

    /** Returns the same with the state and the resident pages of one of its threads. */
    ProcessStat withThread(ProcessStat thread) {
        return new ProcessStat(
                pid,
                name,
                thread.state,
                parentPid,
                group,
                session,
                userTicks,
                systemTicks,
                childrenUserTicks,
                childrenSystemTicks,
                startTicks,
                thread.residentPages);
    }

    /** What tells it from a later process with the same pid. */
    public ProcessIdentity identity() {
        return new ProcessIdentity(pid, startTicks);
    }
}
