package pm.backend.linux.cgroup;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import pm.spi.BackendException;

/** The folders of this JVM's own groups. */
final class OwnGroup {
    // cgroups(7): the line of the unified hierarchy has number 0 and no controllers.
    static final String UNIFIED = "0::";

    private OwnGroup() {}

    /**
     * Looks for it.
     *
     * @throws BackendException when there is no unified hierarchy, or it is mounted so that our group does not show
     */
    static Path find() throws BackendException {
        return find(ProcessHandle.current().pid());
    }

    /** The same for another process. */
    static Path find(long pid) throws BackendException {
        List<String> groups = read("/proc/" + pid + "/cgroup");
        List<CgroupMount> mounts = CgroupMount.parse(read("/proc/self/mountinfo"));
        for (Path folder : candidates(groups, mounts)) {
            if (holds(folder, pid)) {
                return folder;
            }
        }
        throw new BackendException("the group of process " + pid + " does not show in any of them, mount it");
    }

    /**
     * The folder of a group that is named by its path from the root of the hierarchy.
     *
     * @throws BackendException when no mount shows it
     */
    static Path folder(String group) throws BackendException {
        return candidates(List.of(UNIFIED + group), CgroupMount.parse(read("/proc/self/mountinfo"))).stream()
                .filter(Files::isDirectory)
                .findFirst()
                .orElseThrow(() -> new BackendException("Could not find the control group " + group
                        + ": it does not show in any mounted cgroup2 file system"));
    }

    /** Where the whole unified hierarchy is shown, if it is. */
    static Optional<Path> top() throws BackendException {
        return CgroupMount.parse(read("/proc/self/mountinfo")).stream()
                .filter(mount -> mount.root().equals("/"))
                .map(CgroupMount::point)
                .filter(Files::isDirectory)
                .findFirst();
    }

    /** Whether nothing of the hierarchy is shown above a folder. */
    static boolean isTop(Path folder) throws BackendException {
        return CgroupMount.parse(read("/proc/self/mountinfo")).stream()
                .anyMatch(mount -> mount.point().equals(folder));
    }

    /** Its folders in the v1 hierarchies of controllers, as far as there are such and they show. */
    static Map<String, Path> find(Collection<String> controllers) throws BackendException {
        List<String> groups = read("/proc/self/cgroup");
        List<String> mounts = read("/proc/self/mountinfo");
        Map<String, Path> found = new HashMap<>();
        long us = ProcessHandle.current().pid();
        for (String controller : controllers) {
            for (Path folder : candidates(groups, controller, mounts)) {
                if (found.containsValue(folder) || holds(folder, us)) {
                    found.putIfAbsent(controller, folder);
                }
            }
        }
        return found;
    }

    /** Folders that may be it. */
    static List<Path> candidates(List<String> groups, String controller, List<String> mounts) {
        List<CgroupMount> shown = CgroupMount.parse(mounts, controller);
        // cgroups(7): number of the hierarchy, its controllers, the group
        return groups.stream()
                .map(line -> line.split(":", 3))
                .filter(fields ->
                        fields.length == 3 && List.of(fields[1].split(",", -1)).contains(controller))
                .flatMap(fields -> shown.stream().map(mount -> mount.folder(fields[2])))
                .flatMap(Optional::stream)
                .toList();
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
    private static boolean holds(Path folder, long pid) {
        try {
            return new CgroupFolder(folder).ownPids().contains(pid);
        } catch (IOException notShown) {
            return false;
        }
    }
}
