package pm.backend.linux.cgroup;

import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import pm.spi.BackendException;

/**
 * A tree of another manager that this JVM is a member of, found by the names that managers give to groups. Whatever this JVM starts belongs to that
 * tree too: a group beside it would be outside of the tree's limits, and outside of its end. Immutable.
 *
 * @param manager name of the manager's folder, or of the scope of systemd
 * @param group the tree's group of version 2
 */
record EnclosingTree(String manager, Path group) {
    /**
     * Returns the trees around a group, outermost first.
     *
     * @param own folder of the JVM's own group
     */
    static List<EnclosingTree> around(Path own) {
        List<EnclosingTree> found = new ArrayList<>();
        Path root = own.getRoot();
        for (int length = 2; length <= own.getNameCount(); length++) {
            Path folder = root.resolve(own.subpath(0, length));
            managerOf(folder).ifPresent(manager -> found.add(new EnclosingTree(manager, folder)));
        }
        return found;
    }

    /** Returns the tree that holds a group most closely. */
    static Optional<EnclosingTree> innermost(Path own) {
        List<EnclosingTree> trees = around(own);
        return trees.isEmpty() ? Optional.empty() : Optional.of(trees.get(trees.size() - 1));
    }

    /** Returns the name of the manager when the folder is the group of a tree: {@code pm.ID/run/TREE} or {@code pm-ID.scope/tree}. */
    private static Optional<String> managerOf(Path folder) {
        String parent = name(folder.getParent());
        if (folder.endsWith(ScopeFolders.TREE) && parent.startsWith(TreeScope.PREFIX) && parent.endsWith(".scope")) {
            return Optional.of(parent);
        }
        String grandparent = name(folder.getParent().getParent());
        return parent.equals(InstanceCgroup.RUN) && grandparent.startsWith(InstanceCgroup.PREFIX)
                ? Optional.of(grandparent)
                : Optional.empty();
    }

    private static String name(Path folder) {
        return folder == null || folder.getFileName() == null
                ? ""
                : folder.getFileName().toString();
    }

    /**
     * Returns the group below which a manager in such trees makes its folder in a hierarchy of version 1. A tree has no group there unless it has a
     * limit of that controller: then one of its name is made, below the folder of its manager, which removes it.
     *
     * @param own folder of the JVM's own group in that hierarchy
     * @param trees outermost first
     * @throws BackendException when it cannot be made
     */
    static Path inVersion1(Path own, List<EnclosingTree> trees) throws BackendException {
        Path folder = own;
        for (EnclosingTree tree : trees) {
            Path manager = folder.resolve(tree.manager());
            if (Files.isDirectory(manager)) {
                folder = manager.resolve(tree.group().getFileName());
                make(folder);
            }
        }
        return folder;
    }

    private static void make(Path folder) throws BackendException {
        try {
            Files.createDirectory(folder);
        } catch (FileAlreadyExistsException limited) {
            // By the tree's manager, for a limit, or by another manager in the tree.
        } catch (IOException e) {
            throw new BackendException("could not make the group " + folder + ": " + e, e);
        }
    }
}
