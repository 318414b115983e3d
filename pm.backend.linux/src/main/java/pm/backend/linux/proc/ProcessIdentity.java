package pm.backend.linux.proc;

/**
 * A process, told from others that get its pid later. Thread-safe.
 *
 * @param pid its id
 * @param startTicks when it started, in clock ticks since boot
 */
public record ProcessIdentity(long pid, long startTicks) {
    /** Whether that very process still lives. */
    public boolean isAlive() {
        return ProcFiles.stat(pid)
                .filter(stat -> stat.startTicks() == startTicks && stat.isAlive())
                .isPresent();
    }
}
