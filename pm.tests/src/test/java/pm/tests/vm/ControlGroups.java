package pm.tests.vm;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import pm.testing.GroupFolders;

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
        return GroupFolders.all(ROOT).stream()
                .filter(folder -> folder.getFileName().toString().startsWith("pm.")
                        || folder.getFileName().toString().startsWith("pm-"))
                .toList();
    }

    /** All groups of pm's managers with their groups and processes: for the message of an assertion that there are none. */
    static List<String> ofManagersWithContent() {
        return ofManagers().stream().map(ControlGroups::described).toList();
    }

    private static String described(Path folder) {
        StringBuilder text = new StringBuilder(folder.toString());
        for (Path group : GroupFolders.all(folder)) {
            try {
                text.append("; ").append(group.getFileName()).append(": ");
                text.append(
                        Files.readString(group.resolve("cgroup.events")).strip().replace('\n', ','));
                for (String pid : Files.readAllLines(group.resolve("cgroup.procs"))) {
                    text.append(", ")
                            .append(Files.readString(Path.of("/proc", pid, "stat"))
                                    .strip());
                }
            } catch (IOException goneMeanwhile) {
                text.append(goneMeanwhile);
            }
        }
        return text.toString();
    }

    /** Which controllers each group hands down, but not in groups of pm's. */
    static Map<Path, String> controllersHandedDown() {
        List<Path> managers = ofManagers();
        Map<Path, String> found = new TreeMap<>();
        for (Path folder : GroupFolders.all(ROOT)) {
            if (managers.stream().noneMatch(folder::startsWith)) {
                try {
                    found.put(
                            folder,
                            Files.readString(folder.resolve("cgroup.subtree_control"))
                                    .strip());
                } catch (IOException removedMeanwhile) {
                    // cgroups(7): reading a file of a removed group gives ENODEV, opening it ENOENT.
                }
            }
        }
        return found;
    }

    static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException("Could not read " + file + ": " + e, e);
        }
    }
}
