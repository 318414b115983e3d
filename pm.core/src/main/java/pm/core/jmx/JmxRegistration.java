package pm.core.jmx;

import java.lang.management.ManagementFactory;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicBoolean;
import javax.management.InstanceNotFoundException;
import javax.management.JMException;
import javax.management.MBeanServer;
import javax.management.MalformedObjectNameException;
import javax.management.ObjectName;
import javax.management.StandardMBean;
import pm.api.ErrorContext;
import pm.api.ProcessEvent;
import pm.api.ProcessManager;
import pm.api.Setting;
import pm.core.events.EventSink;

/**
 * A manager's place in the platform's MBean server, from open until close. A failure is a warning event: it takes nothing from the
 * guarantees. Without {@link Setting#JMX_CONTROL} the bean has no operations at all. Safe for use by any thread.
 */
public final class JmxRegistration implements AutoCloseable {
    private final ErrorContext context;
    private final EventSink out;
    private final ObjectName name;
    private final AtomicBoolean registered = new AtomicBoolean();

    private JmxRegistration(ErrorContext context, EventSink out, ObjectName name) {
        this.context = context;
        this.out = out;
        this.name = name;
    }

    /** Registers a manager, unless {@link Setting#JMX} is off. */
    public static JmxRegistration of(ProcessManager manager, JmxSources sources, EventSink out) {
        JmxRegistration registration =
                new JmxRegistration(ErrorContext.ofManager(manager.instanceId()), out, nameOf(manager.instanceId()));
        if (manager.settings().flag(Setting.JMX)) {
            registration.register(
                    new ProcessManagerBean(manager, sources), manager.settings().flag(Setting.JMX_CONTROL));
        }
        return registration;
    }

    /** The name of a manager's bean. */
    public static ObjectName nameOf(String instanceId) {
        try {
            return new ObjectName("pm:type=ProcessManager,instance=" + instanceId);
        } catch (MalformedObjectNameException e) {
            // Instance ids are letters, digits and hyphens (pm.spi.SessionRequest).
            throw new IllegalArgumentException("Could not make an object name of '" + instanceId + "'", e);
        }
    }

    private void register(ProcessManagerBean bean, boolean control) {
        try {
            platformServer()
                    .registerMBean(
                            control
                                    ? new StandardMBean(bean, ProcessManagerControlMXBean.class, true)
                                    : new StandardMBean(bean, ProcessManagerMXBean.class, true),
                            name);
            registered.set(true);
        } catch (JMException | RuntimeException e) {
            warn("Could not register " + name + ": " + e + "; metrics and health are not visible through JMX");
        }
    }

    /** Asked for only when there is something to register: it takes longer to start than all of pm. */
    private static MBeanServer platformServer() {
        return ManagementFactory.getPlatformMBeanServer();
    }

    /** Takes the bean away, if it is there. Idempotent. */
    @Override
    public void close() {
        try {
            if (registered.getAndSet(false)) {
                platformServer().unregisterMBean(name);
            }
        } catch (InstanceNotFoundException e) {
            // Somebody else was quicker: it is gone, as it should be.
        } catch (JMException | RuntimeException e) {
            warn("Could not unregister " + name + ": " + e);
        }
    }

    private void warn(String message) {
        out.publish(new ProcessEvent.Warned(context, Instant.now(), message));
    }
}
