package pm.core.osgi;

import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.BundleEvent;
import org.osgi.framework.Version;
import org.osgi.framework.namespace.PackageNamespace;
import org.osgi.framework.wiring.BundleCapability;
import org.osgi.framework.wiring.BundleRevision;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.util.tracker.BundleTracker;
import org.osgi.util.tracker.BundleTrackerCustomizer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Says which bundles the framework refuses because they were compiled against another version of the API: once each in the log, with both
 * versions, and at any time to whoever asks. It refuses nothing by itself. Safe for use by any thread.
 */
@Component(service = RefusedBundles.class, immediate = true)
public final class RefusedBundles implements BundleTrackerCustomizer<Bundle> {
    private static final Logger LOG = LoggerFactory.getLogger(RefusedBundles.class);
    private static final String API = "pm.api";

    private final BundleContext context;
    private final BundleTracker<Bundle> unresolved;
    /** What was said of which bundle. */
    private final Map<Long, String> told = new ConcurrentHashMap<>();

    /** Looks at the bundles that are there, and from now on at each that comes. */
    @Activate
    public RefusedBundles(BundleContext context) {
        this.context = context;
        this.unresolved = new BundleTracker<>(context, Bundle.INSTALLED, this);
        unresolved.open();
    }

    /** Watches no longer. */
    @Deactivate
    public void close() {
        unresolved.close();
    }

    /** One message for each bundle that is refused now, in the order in which they were installed. */
    public List<String> messages() {
        return Stream.ofNullable(unresolved.getBundles())
                .flatMap(Arrays::stream)
                .sorted(Comparator.comparingLong(Bundle::getBundleId))
                .map(this::refusal)
                .flatMap(Optional::stream)
                .toList();
    }

    @Override
    public Bundle addingBundle(Bundle bundle, BundleEvent event) {
        tell(bundle);
        return bundle;
    }

    /** It was updated. */
    @Override
    public void modifiedBundle(Bundle bundle, BundleEvent event, Bundle tracked) {
        tell(bundle);
    }

    /** It was resolved or uninstalled. */
    @Override
    public void removedBundle(Bundle bundle, BundleEvent event, Bundle tracked) {
        told.remove(bundle.getBundleId());
    }

    private void tell(Bundle bundle) {
        refusal(bundle).ifPresent(message -> {
            if (!message.equals(told.put(bundle.getBundleId(), message))) {
                LOG.error(message);
            }
        });
    }

    private Optional<String> refusal(Bundle bundle) {
        // Without a locale: the header as it stands in the manifest.
        ImportedApi imported = ImportedApi.of(bundle.getHeaders("").get("Import-Package"));
        return imported.ranges().isEmpty()
                ? Optional.empty()
                : imported.refusal(
                        bundle.getSymbolicName() + " " + bundle.getVersion() + " (" + bundle.getLocation() + ")",
                        installed());
    }

    /** Several versions of the API may be there side by side, each with its own core. */
    private List<Version> installed() {
        return Stream.of(context.getBundles())
                .map(bundle -> bundle.adapt(BundleRevision.class))
                .filter(Objects::nonNull)
                .flatMap(revision -> revision.getDeclaredCapabilities(PackageNamespace.PACKAGE_NAMESPACE).stream())
                .map(BundleCapability::getAttributes)
                .filter(attributes -> API.equals(attributes.get(PackageNamespace.PACKAGE_NAMESPACE)))
                .map(attributes -> (Version) attributes.get(PackageNamespace.CAPABILITY_VERSION_ATTRIBUTE))
                .distinct()
                .sorted()
                .toList();
    }
}
