/** The Windows backend: Job Objects, a completion port and consoles. */
module pm.backend.windows {
    requires pm.api;
    requires com.sun.jna;
    requires static org.osgi.annotation.bundle;
    requires static org.osgi.service.component.annotations;

    provides pm.spi.BackendProvider with
            pm.backend.windows.WindowsBackendProvider;
}
