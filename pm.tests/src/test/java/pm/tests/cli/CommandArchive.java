package pm.tests.cli;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import pm.tests.hostile.ClassArchive;

/** The archive of the command's classes: the one that was made for this run of tests, else made when the first test starts the command. */
final class CommandArchive {
    private static final String USE = ClassArchive.option("command").orElseGet(() -> ClassArchive.option(make()));

    private CommandArchive() {}

    /** What a JVM has to be told to use it. It would print that a module path does not fit the JVM's own archive (JDK 25 does). */
    static List<String> options() {
        return List.of(USE, "-Xlog:disable");
    }

    /** Where the JVM could not write one, it starts without and says nothing. */
    private static Path make() {
        try {
            Path folder =
                    Files.createDirectories(Path.of(System.getProperty("pm.root"), "pm.tests", "target", "archives"));
            // Each JVM of tests has its own: another one may be another Java, and the jars may have changed since.
            Path archive = folder.resolve("command-" + ProcessHandle.current().pid() + ".jsa");
            archive.toFile().deleteOnExit();
            PmProcess.runAndArchive(archive);
            return archive;
        } catch (Exception e) {
            throw new IllegalStateException("Could not archive the classes of pm's command: " + e, e);
        }
    }
}
