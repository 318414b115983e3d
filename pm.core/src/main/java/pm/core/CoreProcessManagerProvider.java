package pm.core;

import java.util.Map;
import pm.api.ProcessManager;
import pm.core.backend.BackendDiscovery;
import pm.core.settings.SettingsReader;
import pm.core.version.CallerCheck;
import pm.spi.ManagerProvider;

/** The way in for {@link pm.api.ProcessManagers}, which finds it as a service. Safe for use by any thread. */
public final class CoreProcessManagerProvider implements ManagerProvider {
    private static final Object SHARED_LOCK = new Object();
    /** The JVM's one: a manager belongs to the JVM whoever asked first, so it cannot be in an object. */
    private static CoreProcessManager shared;

    @Override
    public ProcessManager open(OpenRequest request) {
        return open(request, false);
    }

    @Override
    public ProcessManager shared(OpenRequest request) {
        new CallerCheck().check(request);
        synchronized (SHARED_LOCK) {
            if (shared == null) {
                shared = open(request, true);
            }
            return shared;
        }
    }

    private static CoreProcessManager open(OpenRequest request, boolean shared) {
        new CallerCheck().check(request);
        SettingsReader.Reading settings =
                SettingsReader.read(request.settings(), System.getenv(), System.getProperties(), Map.of());
        BackendDiscovery backends = BackendDiscovery.find(
                Thread.currentThread().getContextClassLoader(), CoreProcessManagerProvider.class.getClassLoader());
        return CoreProcessManager.open(settings, backends, shared);
    }
}
