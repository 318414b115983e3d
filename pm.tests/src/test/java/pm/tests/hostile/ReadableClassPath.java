package pm.tests.hostile;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Pattern;

/** A copy of what a scenario needs of this JVM's class path, readable for every user. */
final class ReadableClassPath implements AutoCloseable {
    private static final Pattern NEEDED = Pattern.compile(
            ".*/(pm\\.(api|core|backend\\.posix|backend\\.linux|tests)/target/.*|(jna-jpms|slf4j-api|awaitility|hamcrest)-.*\\.jar)");

    private final Path folder;
    private final List<String> entries = new ArrayList<>();

    ReadableClassPath() {
        try {
            folder = Files.createTempDirectory("pm-scenario-");
            Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwxr-xr-x"));
            int number = 0;
            for (String entry :
                    Arrays.asList(System.getProperty("java.class.path").split(File.pathSeparator, -1))) {
                if (NEEDED.matcher(entry).matches() && Files.exists(Path.of(entry))) {
                    Path copy = folder.resolve(number++ + "-" + Path.of(entry).getFileName());
                    copy(Path.of(entry), copy);
                    entries.add(copy.toString());
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A folder that every user can read, removed at the end. */
    Path folder() {
        return folder;
    }

    String text() {
        return String.join(File.pathSeparator, entries);
    }

    private static void copy(Path from, Path to) throws IOException {
        Files.walkFileTree(from, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult preVisitDirectory(Path dir, BasicFileAttributes attributes) throws IOException {
                Files.createDirectories(to.resolve(from.relativize(dir).toString()));
                return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
                Path target = to.resolve(from.relativize(file).toString());
                Files.copy(file, target);
                Files.setPosixFilePermissions(target, PosixFilePermissions.fromString("rw-r--r--"));
                return FileVisitResult.CONTINUE;
            }
        });
    }

    @Override
    public void close() throws IOException {
        Files.walkFileTree(folder, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
                Files.delete(file);
                return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult postVisitDirectory(Path dir, IOException problem) throws IOException {
                Files.delete(dir);
                return FileVisitResult.CONTINUE;
            }
        });
    }
}
