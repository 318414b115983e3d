/** The {@code pm} command. */
module pm.cli {
    requires pm.api;
    requires com.fasterxml.jackson.core;
    requires info.picocli;
    requires static org.osgi.annotation.bundle;
    requires static org.osgi.annotation.versioning;
}
