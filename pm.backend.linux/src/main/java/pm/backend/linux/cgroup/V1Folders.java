package pm.backend.linux.cgroup;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import pm.backend.linux.kernel.KernelException;
import pm.spi.BackendException;

/**
 * A manager's folders in hierarchies of version 1, below the JVM's own group in each, or below that of the tree that it is a member of. They are locked like the one of version 2, and for the
 * same reason. Nothing is ever killed by them: what lives in a tree is known by version 2.
 */
final class V1Folders {
    private final Map<String, LockedFolder> folders;
    private final Map<String, String> refusals;
    /** Controllers may share a hierarchy, then it is the same folder. */
    private final Set<LockedFolder> distinct;

    private V1Folders(Map<String, LockedFolder> folders, Map<String, String> refusals) {
        this.folders = folders;
        this.refusals = refusals;
        this.distinct = Set.copyOf(folders.values());
    }

    /**
     * Makes them where that can be done.
     *
     * @param controllers that are wanted
     * @param name of the folder in each
     * @param around trees of other managers that this JVM is a member of, outermost first
     */
    static V1Folders make(Collection<String> controllers, String name, List<EnclosingTree> around) {
        Map<String, LockedFolder> folders = new LinkedHashMap<>();
        Map<String, String> refusals = new LinkedHashMap<>();
        Map<String, Path> own = own(controllers);
        for (String controller : controllers) {
            try {
                Path folder = base(own.get(controller), around).resolve(name);
                Optional<LockedFolder> shared = folders.values().stream()
                        .filter(made -> made.path().equals(folder))
                        .findFirst();
                folders.put(controller, shared.isPresent() ? shared.get() : make(folder));
            } catch (BackendException e) {
                refusals.put(controller, e.getMessage());
            }
        }
        return new V1Folders(folders, refusals);
    }

    private static Map<String, Path> own(Collection<String> controllers) {
        try {
            return controllers.isEmpty() ? Map.of() : OwnGroup.find(controllers);
        } catch (BackendException notShown) {
            return Map.of();
        }
    }

    /**
     * Returns the JVM's own group, or where it is a member of another manager's tree: a group of that tree.
     *
     * @throws BackendException with the reason, when it is not ours
     */
    private static Path base(Path own, List<EnclosingTree> around) throws BackendException {
        if (own == null) {
            throw new BackendException("no hierarchy of version 1 has it");
        }
        Delegation.ofThisHost().requireNoManager(own);
        Path base = EnclosingTree.inVersion1(own, around);
        if (!Files.isWritable(base)) {
            throw new BackendException("we may not make groups in " + base);
        }
        return base;
    }

    private static LockedFolder make(Path folder) throws BackendException {
        try {
            LockedFolder made = LockedFolder.make(folder);
            try {
                countBelow(made.path());
                return made;
            } catch (KernelException e) {
                made.abandon(e);
                throw e;
            }
        } catch (IOException | KernelException | BackendException e) {
            throw new BackendException("could not make the group " + folder + ": " + e.getMessage(), e);
        }
    }

    /** Before Linux 5.11 a group of the memory controller counts what is in groups below it only when asked to. */
    private static void countBelow(Path folder) throws KernelException {
        CgroupFolder made = new CgroupFolder(folder);
        if (made.text("memory.use_hierarchy").strip().equals("0")) {
            made.set("memory.use_hierarchy", "1");
        }
    }

    /** The manager's folder in the hierarchy of a controller, empty when there is none. */
    Optional<CgroupFolder> of(String controller) {
        return Optional.ofNullable(folders.get(controller)).map(folder -> new CgroupFolder(folder.path()));
    }

    /** Why there is none. */
    String refusal(String controller) {
        return refusals.getOrDefault(controller, "it is not used");
    }

    /** All of them. */
    List<CgroupFolder> all() {
        return distinct.stream().map(folder -> new CgroupFolder(folder.path())).toList();
    }

    /** The groups in which they are. */
    Set<Path> bases() {
        return distinct.stream().map(folder -> folder.path().getParent()).collect(Collectors.toSet());
    }

    /** Open descriptors, which hold the locks. */
    List<Integer> descriptors() {
        return distinct.stream().map(LockedFolder::descriptor).toList();
    }

    /** Removes them. What stays is a leftover, once its lock is free. */
    void close() throws IOException {
        for (CgroupFolder folder : all()) {
            folder.remove();
        }
        distinct.forEach(LockedFolder::release);
    }
}
