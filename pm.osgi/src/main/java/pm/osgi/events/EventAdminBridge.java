package pm.osgi.events;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;
import org.osgi.service.event.EventAdmin;
import pm.api.ProcessManager;
import pm.api.ProcessManager.Registration;

/** Posts the events of every manager. Safe for use by any thread. */
@Component(
        service = {},
        immediate = true)
public final class EventAdminBridge {
    private final Map<ProcessManager, Registration> registrations = new ConcurrentHashMap<>();

    @Reference
    private EventAdmin admin;

    @Reference(cardinality = ReferenceCardinality.MULTIPLE, policy = ReferencePolicy.DYNAMIC)
    void addManager(ProcessManager manager) {
        registrations.put(manager, manager.listen(event -> admin.postEvent(PostedEvent.of(event))));
    }

    void removeManager(ProcessManager manager) {
        Registration registration = registrations.remove(manager);
        if (registration != null) {
            registration.close();
        }
    }

    @Deactivate
    void close() {
        registrations.keySet().forEach(this::removeManager);
    }
}
