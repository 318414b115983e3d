package pm.tests.versions;

import java.io.File;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The jars that this build made, and the libraries that they need; no jar of OSGi is among them. */
final class ReactorJars {
    private static final Path FOLDER = Path.of(System.getProperty("pm.root"), "pm.cli", "target", "pm", "lib");

    private ReactorJars() {}

    /** What a program needs on Linux. */
    static List<Path> all() {
        return Stream.of(
                        "pm.api",
                        "pm.core",
                        "slf4j-api",
                        "slf4j-nop",
                        "pm.backend.posix",
                        "pm.backend.linux",
                        "jna-jpms")
                .map(ReactorJars::named)
                .toList();
    }

    /** The same, but nothing that starts processes. */
    static List<Path> withoutBackend() {
        return all().subList(0, 4);
    }

    /** One of them. */
    static Path named(String name) {
        return FOLDER.resolve(name + ".jar");
    }

    /** For {@code -cp} or {@code -p}. */
    static String path(List<Path> jars, Path... more) {
        return Stream.concat(jars.stream(), Stream.of(more))
                .map(Path::toString)
                .collect(Collectors.joining(File.pathSeparator));
    }
}
