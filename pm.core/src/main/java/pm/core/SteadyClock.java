package pm.core;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;

/**
 * A clock that is set by nobody: it begins at the system's time and goes on by {@link System#nanoTime}, for whatever is measured between two
 * of its instants. Times that are shown to users are the system's. Safe for use by any thread.
 */
final class SteadyClock implements InstantSource {
    private final Instant beginning = Instant.now();
    private final long beginningNanos = System.nanoTime();

    @Override
    public Instant instant() {
        return beginning.plus(Duration.ofNanos(System.nanoTime() - beginningNanos));
    }
}
