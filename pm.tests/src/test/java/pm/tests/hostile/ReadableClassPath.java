package pm.tests.hostile;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.spi.ToolProvider;

/** A copy of what a scenario needs of this JVM's class path, readable for every user, and an archive of its classes. */
final class ReadableClassPath implements AutoCloseable {
    private static final Pattern NEEDED = Pattern.compile(
            ".*/(pm\\.(api|core|backend\\.posix|backend\\.linux|tests)/target/.*|(jna-jpms|slf4j-api|awaitility|hamcrest)-.*\\.jar)");
    private static final Set<PosixFilePermission> READABLE = PosixFilePermissions.fromString("rw-r--r--");

    private final Path folder;
    private final List<String> entries = new ArrayList<>();

    ReadableClassPath() {
        try {
            folder = Files.createTempDirectory("pm-" + ProcessHandle.current().pid() + "-scenario");
            Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwxr-xr-x"));
            for (String entry :
                    Arrays.asList(System.getProperty("java.class.path").split(File.pathSeparator, -1))) {
                if (NEEDED.matcher(entry).matches() && Files.exists(Path.of(entry))) {
                    add(Path.of(entry));
                }
            }
            archive();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** As jars, since the JVM archives no classes of folders. */
    private void add(Path entry) throws IOException {
        Path copy = folder.resolve(entries.size() + "-" + entry.getFileName() + ".jar");
        if (Files.isDirectory(entry)) {
            ToolProvider jar = ToolProvider.findFirst("jar").orElseThrow();
            int code = jar.run(System.out, System.err, "-c", "-f", copy.toString(), "-C", entry.toString(), ".");
            assertThat(code).as("jar of " + entry).isZero();
        } else {
            Files.copy(entry, copy);
        }
        Files.setPosixFilePermissions(copy, READABLE);
        entries.add(copy.toString());
    }

    /** Hundreds of scenarios start: most of their time would be the loading of the same classes. */
    private void archive() throws IOException {
        Path archive = folder.resolve("scenario.jsa");
        try (ScenarioJvm jvm = ScenarioJvm.start(
                List.of("-XX:ArchiveClassesAtExit=" + archive, "-cp", text()),
                ScenarioMain.class,
                Program.EXECS.name(),
                Ending.SCOPE_ENDS.name(),
                Marks.fresh())) {
            jvm.awaitReady();
            assertThat(jvm.awaitExit()).as(jvm::said).isZero();
            assertThat(archive).as(jvm::said).exists();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
        Files.setPosixFilePermissions(archive, READABLE);
    }

    /** What a JVM has to be told to use it. */
    List<String> options() {
        return List.of(ClassArchive.option(folder.resolve("scenario.jsa")), "-cp", text());
    }

    /** A folder that every user can read, removed at the end. */
    Path folder() {
        return folder;
    }

    private String text() {
        return String.join(File.pathSeparator, entries);
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
