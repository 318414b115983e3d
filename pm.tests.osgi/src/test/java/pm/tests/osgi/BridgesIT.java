package pm.tests.osgi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.ops4j.pax.exam.CoreOptions.options;

import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.apache.felix.hc.api.HealthCheck;
import org.apache.felix.hc.api.Result;
import org.junit.Test;
import org.ops4j.pax.exam.Option;
import org.osgi.framework.Bundle;
import org.osgi.framework.FrameworkUtil;
import org.osgi.framework.ServiceReference;
import org.osgi.framework.ServiceRegistration;
import org.osgi.service.event.Event;
import org.osgi.service.event.EventConstants;
import org.osgi.service.event.EventHandler;
import pm.api.ProcessEvent;
import pm.api.ProcessManager;
import pm.api.ProcessSpec;

/** Event Admin and health checks, where there are any. */
public class BridgesIT extends InFramework {
    @Override
    Option[] further() {
        return options(
                installed("org.apache.felix.eventadmin"),
                installed("org.apache.felix.healthcheck.api"),
                installed("pm.osgi"));
    }

    @Test
    public void eventsGoThroughEventAdmin() throws Exception {
        List<Event> events = new CopyOnWriteArrayList<>();
        ServiceRegistration<EventHandler> handler = context.registerService(
                EventHandler.class,
                events::add,
                FrameworkUtil.asDictionary(Map.of(
                        EventConstants.EVENT_TOPIC,
                        "pm/*",
                        EventConstants.EVENT_FILTER,
                        "(owner=" + context.getBundle().getSymbolicName() + ")")));
        ProcessManager manager = manager();

        assertThat(manager.run(ProcessSpec.of("true").label("nightly")).isSuccess())
                .isTrue();

        await().atMost(SOON).untilAsserted(() -> assertThat(events)
                .extracting(Event::getTopic)
                .contains("pm/Spawned", "pm/Exited", "pm/CleanedUp"));
        assertThat(events).allSatisfy(event -> {
            assertThat(event.getProperty("instance")).isEqualTo(manager.instanceId());
            assertThat(event.getProperty("label")).isEqualTo("nightly");
            assertThat(event.getProperty(EventConstants.EVENT)).isInstanceOf(ProcessEvent.class);
        });
        handler.unregister();
    }

    @Test
    public void theHealthIsAFelixHealthCheck() throws Exception {
        assertThat(manager().backend().name()).isEqualTo("linux");
        HealthCheck check = check();
        Result healthy = check.execute();
        assertThat(healthy.getStatus()).isEqualTo(Result.Status.OK);
        assertThat(healthy.toString()).contains("guard");

        Bundle linux = ownBundle("pm.backend.linux");
        linux.stop();
        try {
            Result without = check.execute();
            assertThat(without.getStatus()).isEqualTo(Result.Status.CRITICAL);
            assertThat(without.toString()).contains("There is no process manager");
        } finally {
            linux.start();
        }
    }

    private HealthCheck check() throws Exception {
        ServiceReference<HealthCheck> reference = context.getServiceReferences(HealthCheck.class, "(hc.tags=pm)")
                .iterator()
                .next();
        return context.getService(reference);
    }
}
