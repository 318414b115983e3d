/** The Linux backend: cgroups, pidfds, {@code /proc} and the launcher. */
module pm.backend.linux {
    requires pm.api;
    requires pm.backend.posix;
    requires com.sun.jna;
    requires static org.osgi.annotation.bundle;
    requires static org.osgi.annotation.versioning;
    requires static org.osgi.service.component.annotations;

    exports pm.backend.linux.scope;

    uses pm.backend.linux.scope.ScopeProvider;

    provides pm.spi.BackendProvider with
            pm.backend.linux.LinuxBackendProvider;
}
