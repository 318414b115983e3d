/** The macOS backend: sessions, unique ids, kqueue and libproc. */
module pm.backend.macos {
    requires pm.api;
    requires pm.backend.posix;
    requires com.sun.jna;
    requires static org.osgi.annotation.bundle;
    requires static org.osgi.annotation.versioning;
    requires static org.osgi.service.component.annotations;

    // JNA reads the fields of structures.
    opens pm.backend.macos.darwin to
            com.sun.jna;

    provides pm.spi.BackendProvider with
            pm.backend.macos.MacosBackendProvider;
}
