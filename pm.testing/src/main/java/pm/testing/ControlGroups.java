package pm.testing;

import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;

/** Control groups with pm's names, except those of a living manager in another JVM, which that one keeps locked. */
final class ControlGroups implements Inventory {
    private final Path root;

    ControlGroups() {
        this(Path.of("/sys/fs/cgroup"));
    }

    ControlGroups(Path root) {
        this.root = root;
    }

    @Override
    public Map<String, String> take() {
        Map<String, String> found = new TreeMap<>();
        if (!Files.isDirectory(root)) {
            return found;
        }
        FolderLocks locks = FolderLocks.read();
        GroupFolders.visit(root, folder -> {
            if (!folder.getFileName().toString().startsWith("pm.")) {
                return FileVisitResult.CONTINUE;
            }
            if (!locks.isHeldElsewhere(folder)) {
                found.put(folder.toString(), "control group " + folder);
            }
            return FileVisitResult.SKIP_SUBTREE;
        });
        return found;
    }
}
