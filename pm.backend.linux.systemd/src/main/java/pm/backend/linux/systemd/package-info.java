/** Scopes of systemd, asked for by D-Bus: org.freedesktop.systemd1(5). */
package pm.backend.linux.systemd;
