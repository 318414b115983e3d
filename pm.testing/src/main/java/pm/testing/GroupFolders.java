package pm.testing;

import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.List;

/** Looks for folders of control groups. Groups come and go meanwhile: what is removed during the look is passed over. */
public final class GroupFolders {
    private static final Path ROOT = Path.of("/sys/fs/cgroup");

    private GroupFolders() {}

    /** All below a folder, with itself. */
    public static List<Path> all(Path root) {
        List<Path> found = new ArrayList<>();
        visit(root, folder -> {
            found.add(folder);
            return FileVisitResult.CONTINUE;
        });
        return found;
    }

    /** Those of a name, in every hierarchy. */
    public static List<Path> named(String name) {
        List<Path> found = new ArrayList<>();
        visit(ROOT, folder -> {
            if (folder.endsWith(name)) {
                found.add(folder);
                return FileVisitResult.SKIP_SUBTREE;
            }
            return FileVisitResult.CONTINUE;
        });
        return found;
    }

    /** Groups right below a folder. */
    public static List<Path> below(Path folder) {
        try (var entries = Files.list(folder)) {
            return entries.filter(Files::isDirectory).toList();
        } catch (IOException gone) {
            return List.of();
        }
    }

    /** Shows each folder, parents first, and goes on as it is told. */
    static void visit(Path root, Look look) {
        try {
            Files.walkFileTree(root, new SimpleFileVisitor<>() {
                @Override
                public FileVisitResult preVisitDirectory(Path folder, BasicFileAttributes attributes)
                        throws IOException {
                    return look.at(folder);
                }

                @Override
                public FileVisitResult visitFileFailed(Path file, IOException removedMeanwhile) {
                    return FileVisitResult.CONTINUE;
                }

                @Override
                public FileVisitResult postVisitDirectory(Path folder, IOException removedMeanwhile) {
                    return FileVisitResult.CONTINUE;
                }
            });
        } catch (IOException e) {
            throw new IllegalStateException("Could not look for control groups below " + root + ": " + e, e);
        }
    }

    /** What is done with a folder. */
    @FunctionalInterface
    interface Look {
        /** Says how to go on. */
        FileVisitResult at(Path folder) throws IOException;
    }
}
