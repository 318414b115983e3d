/** pm's events and health in the terms of OSGi. Of use in an OSGi container only. */
module pm.osgi {
    requires pm.api;
    requires static org.osgi.service.event;
    requires static org.apache.felix.healthcheck.api;
    requires static org.osgi.annotation.bundle;
    requires static org.osgi.annotation.versioning;
    requires static org.osgi.service.component.annotations;
}
