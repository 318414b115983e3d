package pm.backend.posix.process;

import java.time.Duration;

/** How long to wait before the next start: not at all at first, then twice as long each time. Not thread-safe. */
public final class Backoff {
    private static final Duration SHORTEST = Duration.ofMillis(10);
    private static final Duration LONGEST = Duration.ofSeconds(5);
    // Who stood so long did not fail for the reason of its start.
    private static final Duration STEADY = Duration.ofSeconds(10);

    private Duration next = Duration.ZERO;

    /**
     * The wait after a failure.
     *
     * @param stood how long it had stood before it failed
     */
    public Duration afterFailure(Duration stood) {
        Duration wait = stood.compareTo(STEADY) >= 0 ? Duration.ZERO : next;
        Duration doubled = wait.isZero() ? SHORTEST : wait.multipliedBy(2);
        next = doubled.compareTo(LONGEST) > 0 ? LONGEST : doubled;
        return wait;
    }
}
