package pm.tests.osgi;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What the system says of a process's control groups. */
final class ControlGroup {
    private ControlGroup() {}

    /** The name of the manager's group that it is in. */
    static String ofManager(long pid) {
        Matcher folder = Pattern.compile("pm\\.[^/]+").matcher(of(pid));
        if (!folder.find()) {
            throw new AssertionError("in no group of a manager: " + of(pid));
        }
        return folder.group();
    }

    /** The lines of cgroups(7), one for each hierarchy. */
    static String of(long pid) {
        try {
            return Files.readString(Path.of("/proc", Long.toString(pid), "cgroup"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
