package pm.api;

import java.time.Instant;
import java.util.List;

/**
 * The outcome of a health check. Immutable; safe for use by any thread.
 *
 * @param time when it was made
 * @param checks each check with its outcome
 */
public record Health(Instant time, List<Check> checks) {
    /** Copies the list. */
    public Health {
        checks = List.copyOf(checks);
    }

    /** How well. */
    public enum Status {
        /** As it should be. */
        OK,
        /** Something to look at; the guarantees hold. */
        WARNING,
        /** The guarantees are weakened. */
        CRITICAL
    }

    /**
     * One check.
     *
     * @param name for instance {@code guard}
     * @param status its outcome
     * @param detail what was seen
     */
    public record Check(String name, Status status, String detail) {}

    /**
     * The worst status of all checks.
     *
     * @return {@link Status#OK} when every check is
     */
    public Status status() {
        return checks.stream().map(Check::status).max(Status::compareTo).orElse(Status.OK);
    }
}
