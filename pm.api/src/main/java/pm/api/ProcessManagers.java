package pm.api;

import java.util.Iterator;
import java.util.Optional;
import java.util.ServiceConfigurationError;
import java.util.ServiceLoader;
import pm.spi.ManagerProvider;

/**
 * The entry: opens managers on the class path and the module path, where the core is found by {@link ServiceLoader}. In an OSGi container
 * use the {@link ProcessManager} service. Safe for use by any thread.
 */
public final class ProcessManagers {
    private static final StackWalker CALLER = StackWalker.getInstance(StackWalker.Option.RETAIN_CLASS_REFERENCE);

    private ProcessManagers() {}

    /**
     * Opens a manager with the settings of environment and system properties.
     *
     * @param apiVersion always {@link PmApi#VERSION}: the version that the caller was compiled against
     * @throws IncompatibleApiException when that version is not served by this one
     * @throws InvalidSettingsException when a setting is wrong; it lists all that are
     * @throws NoBackendException when no backend can be used; it says why each was refused
     */
    public static ProcessManager open(String apiVersion) {
        return provider().open(new ManagerProvider.OpenRequest(apiVersion, CALLER.getCallerClass(), Settings.none()));
    }

    /** As {@link #open(String)}, with settings that go before all others. */
    public static ProcessManager open(String apiVersion, Settings settings) {
        return provider().open(new ManagerProvider.OpenRequest(apiVersion, CALLER.getCallerClass(), settings));
    }

    /**
     * The JVM's one default manager, opened at the first call. {@code close()} on it is refused: the shutdown hook ends it.
     *
     * @see #open(String)
     */
    public static ProcessManager shared(String apiVersion) {
        return provider().shared(new ManagerProvider.OpenRequest(apiVersion, CALLER.getCallerClass(), Settings.none()));
    }

    private static ManagerProvider provider() {
        return find(Thread.currentThread().getContextClassLoader())
                .or(() -> find(ProcessManagers.class.getClassLoader()))
                .orElseThrow(() -> new NoBackendException(
                        "Could not open a process manager: pm.core is neither on the class path nor on the module path;"
                                + " add it, or in OSGi use the ProcessManager service",
                        ErrorContext.NONE));
    }

    private static Optional<ManagerProvider> find(ClassLoader loader) {
        try {
            Iterator<ManagerProvider> found =
                    ServiceLoader.load(ManagerProvider.class, loader).iterator();
            return found.hasNext() ? Optional.of(found.next()) : Optional.empty();
        } catch (ServiceConfigurationError e) {
            throw new NoBackendException("Could not open a process manager: " + e.getMessage(), ErrorContext.NONE, e);
        }
    }
}
