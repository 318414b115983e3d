package pm.spi;

import org.osgi.annotation.versioning.ProviderType;
import pm.api.ProcessManager;
import pm.api.Settings;

/** Implemented by the core and found by {@link pm.api.ProcessManagers}. Implementations must be safe for use by any thread. */
@ProviderType
public interface ManagerProvider {
    /**
     * Who wants a manager.
     *
     * @param apiVersion the version that the caller was compiled against, as it says
     * @param caller the class that called, for the module's recorded version and for messages
     * @param settings made in code
     */
    record OpenRequest(String apiVersion, Class<?> caller, Settings settings) {}

    /** Opens a new manager. */
    ProcessManager open(OpenRequest request);

    /** The JVM's one default manager. */
    ProcessManager shared(OpenRequest request);
}
