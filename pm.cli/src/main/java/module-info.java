/** The {@code pm} command. */
module pm.cli {
    // Exports make it a root module: the JVM then takes the graph of modules from its archive (docs/decisions/0010).
    exports pm.cli;

    requires pm.api;
    requires com.fasterxml.jackson.core;
    requires info.picocli;
    // sun.misc.Signal, by reflection.
    requires jdk.unsupported;
    requires static org.osgi.annotation.bundle;
    requires static org.osgi.annotation.versioning;
}
