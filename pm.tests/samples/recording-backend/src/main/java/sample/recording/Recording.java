package sample.recording;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Optional;
import pm.spi.SessionRequest;

/**
 * Lines about one session, in the file that {@code RECORDING_FILE} names, as system property or environment variable; without it nowhere. What
 * cannot be written is a warning, and the work goes on. Safe for use by any thread.
 */
final class Recording {
    private static final String FILE = "RECORDING_FILE";

    private final SessionRequest session;
    private final Optional<Path> file =
            Optional.ofNullable(System.getProperty(FILE, System.getenv(FILE))).map(Path::of);

    /** Begins. */
    Recording(SessionRequest session) {
        this.session = session;
    }

    /** Adds a line; lines of several JVMs do not mix, since each is written at once at the end of the file. */
    void write(String what) {
        file.ifPresent(path -> {
            try {
                Files.write(
                        path,
                        List.of(session.instanceId() + " " + what),
                        StandardOpenOption.CREATE,
                        StandardOpenOption.APPEND);
            } catch (IOException e) {
                session.observer().warned("Could not write to " + path + ": " + e + ", see " + FILE);
            }
        });
    }
}
