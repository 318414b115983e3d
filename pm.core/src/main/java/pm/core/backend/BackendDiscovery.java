package pm.core.backend;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.ServiceConfigurationError;
import java.util.ServiceLoader;
import pm.api.BackendReport.Refusal;
import pm.spi.BackendProvider;

/**
 * The backends on the class path or module path, as {@link ServiceLoader} finds them. One that cannot be loaded does not hide the others: it
 * is a refusal.
 *
 * @param providers that could be loaded
 * @param broken that could not
 */
public record BackendDiscovery(List<BackendProvider> providers, List<Refusal> broken) {
    /** Each loader that differs may see others; {@code null} loaders are those of the system. */
    private static final int MOST_FAULTS_PER_LOADER = 100;

    /** Copies the lists. */
    public BackendDiscovery {
        providers = List.copyOf(providers);
        broken = List.copyOf(broken);
    }

    /** What the given loaders see; a provider that several of them see is taken once. */
    public static BackendDiscovery find(ClassLoader... loaders) {
        Map<Class<?>, BackendProvider> providers = new LinkedHashMap<>();
        List<Refusal> broken = new ArrayList<>();
        for (ClassLoader loader : loaders) {
            var found = ServiceLoader.load(BackendProvider.class, loader).iterator();
            // An iterator may fail at the same place for ever when the list of services itself cannot be read.
            for (int faults = 0; faults < MOST_FAULTS_PER_LOADER; ) {
                try {
                    if (!found.hasNext()) {
                        break;
                    }
                    BackendProvider provider = found.next();
                    providers.putIfAbsent(provider.getClass(), provider);
                } catch (ServiceConfigurationError | LinkageError e) {
                    faults++;
                    Refusal refusal = new Refusal("(not loaded)", List.of(String.valueOf(e.getMessage())));
                    if (!broken.contains(refusal)) {
                        broken.add(refusal);
                    }
                }
            }
        }
        return new BackendDiscovery(List.copyOf(providers.values()), broken);
    }
}
