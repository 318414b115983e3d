package pm.core.metrics;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import pm.core.events.SampleEvents;

/** A clock that a test moves. */
final class SettableClock implements InstantSource {
    private volatile Instant now = SampleEvents.TIME;

    @Override
    public Instant instant() {
        return now;
    }

    Instant forward(Duration duration) {
        now = now.plus(duration);
        return now;
    }
}
