package pm.core.events;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;

/** A clock that a test moves. */
public final class SettableClock implements InstantSource {
    private volatile Instant now = SampleEvents.TIME;

    @Override
    public Instant instant() {
        return now;
    }

    public Instant forward(Duration duration) {
        now = now.plus(duration);
        return now;
    }
}
