package pm.core.osgi;

import java.util.Map;
import java.util.Optional;
import org.osgi.framework.BundleContext;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.ConfigurationPolicy;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Modified;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;
import org.osgi.service.metatype.annotations.Designate;
import pm.spi.BackendProvider;

/** A further manager for each configuration of the factory {@code pm.manager}. Safe for use by any thread. */
@Component(
        service = ServiceStatus.class,
        immediate = true,
        configurationPid = Configuration.FACTORY_PID,
        configurationPolicy = ConfigurationPolicy.REQUIRE)
@Designate(ocd = SettingsMetatype.class, factory = true)
public final class FurtherComponent implements ServiceStatus {
    private final ServiceLife served = new ServiceLife();

    /** A backend came; also before the activation. */
    @Reference(cardinality = ReferenceCardinality.MULTIPLE, policy = ReferencePolicy.DYNAMIC)
    void addBackend(BackendProvider backend) {
        served.add(backend);
    }

    /** A backend goes. */
    void removeBackend(BackendProvider backend) {
        served.remove(backend);
    }

    @Activate
    void activate(BundleContext context, Map<String, Object> properties) {
        served.activate(context, properties);
    }

    @Modified
    void modify(Map<String, Object> properties) {
        served.modify(properties);
    }

    @Deactivate
    void deactivate() {
        served.deactivate();
    }

    @Override
    public Optional<String> reason() {
        return served.reason();
    }
}
