package pm.core;

import java.time.Instant;
import java.util.List;
import pm.api.ErrorContext;
import pm.api.ProcessEvent;
import pm.api.ProcessTree;
import pm.core.events.EventSink;
import pm.core.metrics.Alerts;
import pm.spi.SessionObserver;

/** What a backend tells of its session, as events and alerts. */
final class SessionEvents implements SessionObserver {
    private final ErrorContext context;
    private final EventSink events;
    private final Alerts alerts;

    SessionEvents(String instanceId, EventSink events, Alerts alerts) {
        this.context = ErrorContext.ofManager(instanceId);
        this.events = events;
        this.alerts = alerts;
    }

    @Override
    public void guardLost(String reason) {
        alerts.guardLost(reason);
    }

    @Override
    public void guardRestored() {
        alerts.guardRestored();
    }

    @Override
    public void leftoversRemoved(String container, List<ProcessTree.Node> orphans) {
        events.publish(new ProcessEvent.OrphansFound(context, Instant.now(), container, orphans));
    }

    @Override
    public void warned(String message) {
        events.publish(new ProcessEvent.Warned(context, Instant.now(), message));
    }
}
