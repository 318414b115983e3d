/** libc through JNA: what the Unix backends have in common. */
@SuppressWarnings("module") // It is compiled before the modules that it exports to, so they are not known yet.
module pm.backend.posix {
    requires transitive pm.api;
    requires com.sun.jna;
    requires static org.osgi.annotation.bundle;
    requires static org.osgi.annotation.versioning;

    exports pm.backend.posix.events to
            pm.backend.linux,
            pm.backend.macos;
    exports pm.backend.posix.libc to
            pm.backend.linux,
            pm.backend.macos;
    exports pm.backend.posix.process to
            pm.backend.linux,
            pm.backend.macos;
}
