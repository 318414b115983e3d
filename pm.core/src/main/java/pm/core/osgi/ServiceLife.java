package pm.core.osgi;

import java.util.Dictionary;
import java.util.Hashtable;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.osgi.framework.BundleContext;
import org.osgi.framework.Constants;
import org.osgi.framework.ServiceRegistration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import pm.api.Cause;
import pm.api.InvalidSettingsException;
import pm.api.ManagerClosedException;
import pm.api.NoBackendException;
import pm.api.PmApi;
import pm.api.ProcessManager;
import pm.core.CoreProcessManager;
import pm.core.backend.BackendDiscovery;
import pm.core.settings.SettingsReader;
import pm.spi.BackendProvider;

/**
 * A manager that is a service for as long as there is a backend for it. Follows backends as they come and go, and its configuration. Safe for
 * use by any thread; nothing is locked while processes end.
 */
final class ServiceLife {
    private static final Logger LOG = LoggerFactory.getLogger(ServiceLife.class);

    private final Set<BackendProvider> backends = new LinkedHashSet<>();
    private BundleContext context;
    private Configuration configuration;
    /** Null as long as the configuration is wrong. */
    private SettingsReader.Reading settings;
    /** The manager with its service; null while there is none. */
    private Service service;
    /** Why there is none. */
    private String reason = "it was not activated yet";

    private record Service(
            CoreProcessManager manager, BundleScope scope, ServiceRegistration<ProcessManager> registration) {}

    /**
     * Begins. Wrong settings stop the start: there is no manager until they are mended. That is no exception, since a component that failed to
     * activate is not tried again when its configuration changes.
     */
    synchronized void activate(BundleContext where, Map<String, ?> properties) {
        configuration = new Configuration(properties);
        context = where;
        try {
            settings = configuration.read();
            open();
        } catch (InvalidSettingsException e) {
            reason = e.getMessage();
            LOG.error("{}: {}", configuration.pid(), reason);
        }
    }

    /** A backend came. */
    void add(BackendProvider backend) {
        CoreProcessManager manager;
        synchronized (this) {
            backends.add(backend);
            if (context == null) {
                return;
            }
            if (service == null) {
                open();
                return;
            }
            manager = service.manager();
        }
        try {
            manager.backendsChanged(found());
            describe();
        } catch (NoBackendException e) {
            // Even the one in use refuses by now; what runs on it goes on.
            LOG.error(e.getMessage());
        }
    }

    /** A backend goes: returns when the processes that it holds have ended. */
    void remove(BackendProvider backend) {
        CoreProcessManager manager;
        synchronized (this) {
            backends.remove(backend);
            if (service == null) {
                return;
            }
            manager = service.manager();
        }
        try {
            manager.withdraw(backend, found());
            describe();
        } catch (NoBackendException e) {
            close(Cause.BACKEND_STOPPED, e.getMessage());
        }
    }

    /** The configuration was changed: all of it is put in force, or nothing. */
    void modify(Map<String, ?> properties) {
        Configuration changed = new Configuration(properties);
        try {
            SettingsReader.Reading reading = changed.read();
            Optional<CoreProcessManager> manager = manager();
            if (manager.isPresent()) {
                manager.get().changeSettings(reading, found());
            }
            synchronized (this) {
                configuration = changed;
                settings = reading;
                if (service == null && context != null) {
                    open();
                }
            }
            describe();
        } catch (InvalidSettingsException | NoBackendException e) {
            refuse(changed, e.getMessage());
        }
    }

    private synchronized void refuse(Configuration changed, String why) {
        if (service == null) {
            reason = why;
        }
        LOG.error(
                "Could not change the settings of the process manager of {}: {}; {}",
                changed.pid(),
                why,
                service == null
                        ? "there is none until they are mended"
                        : "it goes on with those that it has, mend them or take the change back");
    }

    /** Ends everything: returns when its processes have ended. */
    void deactivate() {
        synchronized (this) {
            context = null;
        }
        close(Cause.MANAGER_CLOSED, "it was deactivated");
    }

    /** Why there is no manager; empty when there is one. */
    synchronized Optional<String> reason() {
        return service == null
                ? Optional.of(configuration == null ? reason : configuration.pid() + ": " + reason)
                : Optional.empty();
    }

    private synchronized Optional<CoreProcessManager> manager() {
        return Optional.ofNullable(service).map(Service::manager);
    }

    private synchronized BackendDiscovery found() {
        return new BackendDiscovery(List.copyOf(backends), List.of());
    }

    /** Called with the lock: opening a session waits for no process. */
    private void open() {
        if (settings == null) {
            return;
        }
        try {
            service = register(CoreProcessManager.open(settings, found(), false));
        } catch (ManagerClosedException e) {
            reason = e.getMessage();
            LOG.info("There is no process manager of {}: {}", configuration.pid(), reason);
        } catch (NoBackendException e) {
            reason = e.getMessage();
            if (backends.isEmpty()) {
                LOG.info("There is no process manager of {} yet: {}", configuration.pid(), reason);
            } else {
                LOG.error(reason);
            }
        }
    }

    /** A manager that cannot be registered, since the bundle stops, is closed. */
    private Service register(CoreProcessManager manager) {
        try {
            BundleScope scope = new BundleScope(manager, context);
            try {
                return new Service(
                        manager, scope, context.registerService(ProcessManager.class, scope, description(manager)));
            } catch (RuntimeException | Error e) {
                scope.close();
                throw e;
            }
        } catch (RuntimeException | Error e) {
            manager.close(Cause.MANAGER_CLOSED);
            throw e;
        }
    }

    private void close(Cause cause, String why) {
        Service closing;
        synchronized (this) {
            closing = service;
            service = null;
            reason = why;
        }
        if (closing != null) {
            try {
                // First, so that those who use it can end what they have started.
                closing.registration().unregister();
                closing.scope().close();
            } catch (IllegalStateException e) {
                LOG.debug(
                        "{}: the framework has unregistered the service, or the bundle, before", closing.manager(), e);
            } finally {
                closing.manager().close(cause);
            }
        }
    }

    private synchronized void describe() {
        if (service != null) {
            service.registration().setProperties(description(service.manager()));
        }
    }

    // The framework's API has kept its type since Java 1.0.
    @SuppressWarnings("JdkObsolete")
    private Dictionary<String, Object> description(ProcessManager manager) {
        Dictionary<String, Object> description = new Hashtable<>();
        description.put("pm.pid", configuration.pid());
        description.put("pm.instance", manager.instanceId());
        description.put("pm.backend", manager.backend().name());
        description.put("pm.containment", manager.backend().containment());
        description.put("pm.api.version", PmApi.installedVersion());
        description.put(Constants.SERVICE_RANKING, configuration.ranking());
        return description;
    }
}
