package pm.tests.vm;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What the kernel tells of control groups. */
final class ControlGroups {
    static final Path ROOT = Path.of("/sys/fs/cgroup");

    private ControlGroups() {}

    /** The folder of a process's group. */
    static Path of(long pid) {
        String line = read(Path.of("/proc", Long.toString(pid), "cgroup")).strip();
        // cgroups(7): with one hierarchy there is one line, 0::/PATH.
        if (!line.startsWith("0::/")) {
            throw new AssertionError("not one hierarchy: " + line);
        }
        return ROOT.resolve(line.substring("0::/".length()));
    }

    static Path ofThisJvm() {
        return of(ProcessHandle.current().pid());
    }

    /** All groups of pm's managers. */
    static List<Path> ofManagers() {
        return folders().stream()
                .filter(folder -> folder.getFileName().toString().startsWith("pm.")
                        || folder.getFileName().toString().startsWith("pm-"))
                .toList();
    }

    /** Which controllers each group hands down, but not in groups of pm's. */
    static Map<Path, String> controllersHandedDown() {
        List<Path> managers = ofManagers();
        return folders().stream()
                .filter(folder -> managers.stream().noneMatch(folder::startsWith))
                .collect(Collectors.toMap(
                        folder -> folder,
                        folder -> read(folder.resolve("cgroup.subtree_control")).strip(),
                        (one, other) -> one,
                        TreeMap::new));
    }

    static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException("Could not read " + file + ": " + e, e);
        }
    }

    private static List<Path> folders() {
        try (Stream<Path> all = Files.find(ROOT, 20, (path, attributes) -> attributes.isDirectory())) {
            return all.toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
