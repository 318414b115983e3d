package pm.api;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
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
     * Returns the JVM's one default manager, opened at the first call. {@code close()} on it is refused, for the shutdown hook ends it; with
     * {@link Setting#SHUTDOWN} {@code caller} it is allowed, and final: no other shared manager is opened after it.
     *
     * @see #open(String)
     */
    public static ProcessManager shared(String apiVersion) {
        return provider().shared(new ManagerProvider.OpenRequest(apiVersion, CALLER.getCallerClass(), Settings.none()));
    }

    private static ManagerProvider provider() {
        List<ServiceConfigurationError> faults = new ArrayList<>();
        return find(Thread.currentThread().getContextClassLoader(), faults)
                .or(() -> find(ProcessManagers.class.getClassLoader(), faults))
                .orElseThrow(() -> notFound(faults));
    }

    /** A core that cannot be loaded is no reason against another: the thread's class loader may see one that is not ours at all. */
    private static Optional<ManagerProvider> find(ClassLoader loader, List<ServiceConfigurationError> faults) {
        try {
            Iterator<ManagerProvider> found =
                    ServiceLoader.load(ManagerProvider.class, loader).iterator();
            return found.hasNext() ? Optional.of(found.next()) : Optional.empty();
        } catch (ServiceConfigurationError e) {
            faults.add(e);
            return Optional.empty();
        }
    }

    private static NoBackendException notFound(List<ServiceConfigurationError> faults) {
        String reason = faults.isEmpty()
                ? "pm.core is neither on the class path nor on the module path; add it"
                : "pm.core cannot be loaded (" + faults.get(0).getMessage() + "); put fitting jars of pm together";
        NoBackendException exception = new NoBackendException(
                "Could not open a process manager: " + reason + ", or in OSGi use the ProcessManager service",
                ErrorContext.NONE);
        faults.forEach(exception::addSuppressed);
        return exception;
    }
}
