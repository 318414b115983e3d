package pm.core.events;

import java.util.ArrayList;
import java.util.List;
import pm.api.ProcessEvent;
import pm.api.ProcessListener;

/** Keeps what it gets. Safe for use by any thread. */
public final class RecordingSink implements EventSink, ProcessListener {
    private final List<ProcessEvent> events = new ArrayList<>();

    @Override
    public synchronized void publish(ProcessEvent event) {
        events.add(event);
    }

    @Override
    public void onEvent(ProcessEvent event) {
        publish(event);
    }

    public synchronized List<ProcessEvent> events() {
        return List.copyOf(events);
    }

    public <T extends ProcessEvent> List<T> of(Class<T> kind) {
        return events().stream().filter(kind::isInstance).map(kind::cast).toList();
    }
}
