package pm.backend.linux.systemd;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import pm.spi.BackendException;

/**
 * The socket of a message bus.
 *
 * @param path where it is
 * @param manager whose systemd answers there, for a person
 */
record BusSocket(Path path, String manager) {
    private static final int ROOT = 0;
    // The D-Bus specification, "Well-known Message Bus Instances".
    private static final Path SYSTEM = Path.of("/run/dbus/system_bus_socket");

    /**
     * Looks for it.
     *
     * @param runtimeDirectory what XDG_RUNTIME_DIR says
     * @throws BackendException when it is not there
     */
    static BusSocket find(int user, Optional<String> runtimeDirectory) throws BackendException {
        List<Path> candidates = candidates(user, runtimeDirectory);
        String manager = user == ROOT ? "the system's systemd" : "the systemd of user " + user;
        for (Path candidate : candidates) {
            if (belongsTo(user, candidate)) {
                return new BusSocket(candidate, manager);
            }
        }
        throw new BackendException("Could not reach " + manager + ": there is no D-Bus socket at " + candidates
                + (user == ROOT
                        ? ", install dbus"
                        : ", install dbus-user-session and log in, or let the user linger (loginctl enable-linger)"));
    }

    /** Where systemd puts it: pam_systemd(8), and sd_bus_default(3). */
    static List<Path> candidates(int user, Optional<String> runtimeDirectory) {
        if (user == ROOT) {
            return List.of(SYSTEM);
        }
        return Stream.concat(
                        runtimeDirectory.filter(name -> name.startsWith("/")).map(Path::of).stream(),
                        Stream.of(Path.of("/run/user", Integer.toString(user))))
                .map(folder -> folder.resolve("bus").normalize())
                .distinct()
                .toList();
    }

    /** After su(1) the variable may still name the folder of somebody else, whose manager must not be asked. */
    private static boolean belongsTo(int user, Path socket) {
        try {
            return Files.getAttribute(socket, "unix:uid").equals(user);
        } catch (IOException absent) {
            return false;
        }
    }

    /** As D-Bus writes it. A comma or the like in the path would have to be escaped; systemd's paths have none. */
    String address() {
        return "unix:path=" + path;
    }
}
