package pm.core.osgi;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.BundleEvent;
import org.osgi.framework.ServiceFactory;
import org.osgi.framework.ServiceRegistration;
import org.osgi.framework.SynchronousBundleListener;
import pm.api.ProcessManager;
import pm.api.Setting;
import pm.core.CoreProcessManager;
import pm.core.OwnedProcessManager;
import pm.core.process.Owner;

/**
 * Gives each bundle the manager with its own name on it. What a bundle has started ends when it has stopped, before whoever stopped it goes on;
 * after its own activator or components, so that they can end their processes in their own way. Safe for use by any thread.
 */
final class BundleScope implements ServiceFactory<ProcessManager>, SynchronousBundleListener, AutoCloseable {
    private final CoreProcessManager manager;
    private final BundleContext context;
    private final Map<Bundle, OwnedProcessManager> owned = new ConcurrentHashMap<>();

    BundleScope(CoreProcessManager manager, BundleContext context) {
        this.manager = manager;
        this.context = context;
        context.addBundleListener(this);
    }

    @Override
    public ProcessManager getService(Bundle bundle, ServiceRegistration<ProcessManager> registration) {
        return owned.computeIfAbsent(bundle, it -> manager.ownedBy(Owner.named(it.getSymbolicName())));
    }

    /** A bundle that gives the service back may have it again: its processes go on until it stops. */
    @Override
    public void ungetService(
            Bundle bundle, ServiceRegistration<ProcessManager> registration, ProcessManager itsManager) {}

    /** The framework tells of the end of a bundle when its activator and components are through. */
    @Override
    public void bundleChanged(BundleEvent event) {
        if (event.getType() == BundleEvent.STOPPED) {
            OwnedProcessManager stopped = owned.remove(event.getBundle());
            if (stopped != null && manager.settings().flag(Setting.END_WITH_BUNDLE)) {
                stopped.endAll();
            }
        }
    }

    /** Follows bundles no longer: the manager itself ends. */
    @Override
    public void close() {
        context.removeBundleListener(this);
        owned.clear();
    }
}
