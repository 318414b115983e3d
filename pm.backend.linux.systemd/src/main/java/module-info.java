/**
 * Scopes of systemd for the Linux backend. Holds the classes of dbus-java, which it shows to nobody: therefore it uses and provides that
 * library's own services.
 */
module pm.backend.linux.systemd {
    requires pm.api;
    requires pm.backend.linux;
    requires org.slf4j;
    // dbus-java asks it for the user's id.
    requires jdk.security.auth;
    // dbus-java needs these for listening sockets and for introspection, which are not used here.
    requires static jdk.net;
    requires static java.xml;
    requires static org.osgi.service.component.annotations;

    uses org.freedesktop.dbus.spi.message.ISocketProvider;
    uses org.freedesktop.dbus.spi.transport.ITransportProvider;

    provides org.freedesktop.dbus.spi.transport.ITransportProvider with
            org.freedesktop.dbus.transport.jre.NativeTransportProvider;
    provides pm.backend.linux.scope.ScopeProvider with
            pm.backend.linux.systemd.SystemdScopeProvider;
}
