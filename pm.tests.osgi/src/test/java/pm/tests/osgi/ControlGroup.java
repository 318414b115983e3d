package pm.tests.osgi;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** What the system says of a process's control groups. */
final class ControlGroup {
    private ControlGroup() {}

    /** The lines of cgroups(7), one for each hierarchy. */
    static String of(long pid) {
        try {
            return Files.readString(Path.of("/proc", Long.toString(pid), "cgroup"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
