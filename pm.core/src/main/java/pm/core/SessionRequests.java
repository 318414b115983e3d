package pm.core;

import java.util.concurrent.atomic.AtomicInteger;
import pm.api.EffectiveSettings;
import pm.spi.SessionObserver;
import pm.spi.SessionRequest;

/** Numbers the sessions that one manager asks for. Safe for use by any thread. */
final class SessionRequests {
    private final String instanceId;
    private final SessionObserver observer;
    private final AtomicInteger number = new AtomicInteger();

    SessionRequests(String instanceId, SessionObserver observer) {
        this.instanceId = instanceId;
        this.observer = observer;
    }

    SessionRequest next(EffectiveSettings settings) {
        return new SessionRequest(instanceId, number.incrementAndGet(), settings, observer);
    }
}
