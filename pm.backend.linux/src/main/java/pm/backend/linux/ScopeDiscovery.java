package pm.backend.linux;

import java.util.Optional;
import java.util.ServiceConfigurationError;
import java.util.ServiceLoader;
import java.util.function.Consumer;
import pm.backend.linux.scope.ScopeProvider;

/** Finds who makes scopes, on the class path or module path; in OSGi it is given to us. */
final class ScopeDiscovery {
    private ScopeDiscovery() {}

    /**
     * The first that there is.
     *
     * @param warned hears why one that is there cannot be loaded
     */
    static Optional<ScopeProvider> find(Consumer<String> warned) {
        try {
            return ServiceLoader.load(ScopeProvider.class, ScopeProvider.class.getClassLoader())
                    .findFirst();
        } catch (ServiceConfigurationError | LinkageError e) {
            warned.accept("Could not load the bundle pm.backend.linux.systemd: " + e.getMessage());
            return Optional.empty();
        }
    }
}
