/** Everything that is the same on every operating system: admission, registry, supervision, escalation, events. */
module pm.core {
    requires transitive pm.api;
    requires java.management;
    requires org.slf4j;
    requires static org.osgi.annotation.bundle;
    requires static org.osgi.annotation.versioning;
    requires static org.osgi.service.component.annotations;
    requires static org.osgi.service.metatype.annotations;
    requires static osgi.core;

    // The platform's MBean server calls the MXBean interfaces from a module of its own (sun.reflect.misc.Trampoline).
    exports pm.core.jmx;

    uses pm.spi.BackendProvider;

    provides pm.spi.ManagerProvider with
            pm.core.CoreProcessManagerProvider;
}
