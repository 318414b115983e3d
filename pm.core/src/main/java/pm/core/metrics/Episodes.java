package pm.core.metrics;

import java.time.Duration;
import java.time.Instant;
import java.util.EnumMap;
import java.util.Map;
import java.util.Set;
import pm.api.AlertKind;
import pm.api.ErrorContext;
import pm.api.ProcessEvent.AlertEnded;
import pm.api.ProcessEvent.AlertStarted;
import pm.core.events.EventSink;

/** Turns "is it so now?" into one event at the beginning and one at the end. Guarded by its owner's lock. */
final class Episodes {
    private final ErrorContext context;
    private final EventSink out;
    private final Map<AlertKind, Instant> begun = new EnumMap<>(AlertKind.class);

    Episodes(String instanceId, EventSink out) {
        this.context = ErrorContext.ofManager(instanceId);
        this.out = out;
    }

    void set(AlertKind kind, boolean high, Instant now, String detail) {
        Instant since = begun.get(kind);
        if (high && since == null) {
            begun.put(kind, now);
            out.publish(new AlertStarted(context, Instant.now(), kind, detail));
        } else if (!high && since != null) {
            begun.remove(kind);
            out.publish(new AlertEnded(context, Instant.now(), kind, Duration.between(since, now)));
        }
    }

    Set<AlertKind> current() {
        return Set.copyOf(begun.keySet());
    }
}
