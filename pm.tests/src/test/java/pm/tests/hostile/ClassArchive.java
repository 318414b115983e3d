package pm.tests.hostile;

import java.nio.file.Path;
import java.util.Optional;

/**
 * Archives of classes as the JVM has them when it has loaded them (JEP 350): what tests start again and again starts in half the time.
 * Whoever starts the tests may make some, and name their folder in {@code pm.archives}.
 */
public final class ClassArchive {
    private ClassArchive() {}

    /** What a JVM has to be told to use the archive of this name that was made for this run. */
    public static Optional<String> option(String name) {
        return Optional.ofNullable(System.getProperty("pm.archives"))
                .map(folder -> option(Path.of(folder, name + ".jsa")));
    }

    /** What a JVM has to be told to use this archive. */
    public static String option(Path archive) {
        return "-XX:SharedArchiveFile=" + archive;
    }
}
