package pm.backend.linux.cgroup;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import pm.spi.BackendException;

/** The folder of this JVM's own group in the unified hierarchy. */
final class OwnGroup {
    // cgroups(7): the line of the unified hierarchy has number 0 and no controllers.
    private static final String UNIFIED = "0::";

    private OwnGroup() {}

    /**
     * Looks for it.
     *
     * @throws BackendException when there is no unified hierarchy, or it is mounted so that our group does not show
     */
    static Path find() throws BackendException {
        List<String> groups = read("/proc/self/cgroup");
        List<CgroupMount> mounts = CgroupMount.parse(read("/proc/self/mountinfo"));
        for (Path folder : candidates(groups, mounts)) {
            if (holdsUs(folder)) {
                return folder;
            }
        }
        throw new BackendException("our own group does not show in any of them, mount it");
    }

    /** Folders that may be it. */
    static List<Path> candidates(List<String> groups, List<CgroupMount> mounts) throws BackendException {
        if (mounts.isEmpty()) {
            throw new BackendException("no cgroup2 file system is mounted, mount one");
        }
        String group = groups.stream()
                .filter(line -> line.startsWith(UNIFIED))
                .map(line -> line.substring(UNIFIED.length()))
                .findFirst()
                .orElseThrow(
                        () -> new BackendException("the kernel puts us in no group of cgroup v2, use a newer one"));
        return mounts.stream()
                .map(mount -> mount.folder(group))
                .flatMap(Optional::stream)
                .toList();
    }

    private static List<String> read(String file) throws BackendException {
        try {
            return Files.readAllLines(Path.of(file));
        } catch (IOException e) {
            throw new BackendException("could not read " + e.getMessage(), e);
        }
    }

    /** Another mount namespace's paths may lead to a folder of the same name. */
    private static boolean holdsUs(Path folder) {
        try {
            return new CgroupFolder(folder)
                    .ownPids()
                    .contains(ProcessHandle.current().pid());
        } catch (IOException notShown) {
            return false;
        }
    }
}
