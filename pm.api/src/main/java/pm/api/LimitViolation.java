package pm.api;

import java.util.Optional;

/**
 * A limit that a tree has met. Immutable; safe for use by any thread.
 *
 * @param kind which limit
 * @param times how often so far: processes killed for want of memory, forks refused, periods in which the CPU was withheld
 * @param detail what happened, for a person
 * @param victim which process was killed for it, where the system tells
 */
public record LimitViolation(LimitKind kind, long times, String detail, Optional<Victim> victim) {
    /**
     * A process that the system killed.
     *
     * @param pid its id
     * @param command its name or command line, as far as it is known
     */
    public record Victim(long pid, String command) {}
}
