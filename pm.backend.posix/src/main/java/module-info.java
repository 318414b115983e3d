/** libc through JNA: what the Unix backends have in common. */
module pm.backend.posix {
    requires transitive pm.api;
    requires com.sun.jna;
    requires static org.osgi.annotation.bundle;
    requires static org.osgi.annotation.versioning;
}
