package pm.osgi.events;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.osgi.service.event.Event;
import org.osgi.service.event.EventConstants;
import pm.api.ErrorContext;
import pm.api.ProcessEvent;

/** A process event as Event Admin carries it: what handlers filter by as properties, and the event itself for the rest. */
final class PostedEvent {
    /** Topics are this and the kind of the event, for instance {@code pm/Spawned}. */
    static final String TOPIC = "pm/";

    private PostedEvent() {}

    static Event of(ProcessEvent event) {
        ErrorContext context = event.context();
        Map<String, Object> properties = new HashMap<>();
        properties.put(EventConstants.EVENT, event);
        properties.put(EventConstants.TIMESTAMP, event.time().toEpochMilli());
        properties.put("severity", event.severity().name());
        properties.put("instance", context.instanceId());
        if (!context.processId().isEmpty()) {
            properties.put("process", context.processId());
            properties.put("pid", context.pid());
            properties.put("command", List.copyOf(context.command()));
        }
        context.label().ifPresent(label -> properties.put("label", label));
        context.owner().ifPresent(owner -> properties.put("owner", owner));
        return new Event(TOPIC + event.getClass().getSimpleName(), properties);
    }
}
