package sample.recording;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Optional;

/** Lines in the file that {@code RECORDING_FILE} names, as system property or environment variable; without it nowhere. */
final class Record {
    private static final String FILE = "RECORDING_FILE";

    private final String instanceId;
    private final Optional<Path> file;

    private Record(String instanceId, Optional<Path> file) {
        this.instanceId = instanceId;
        this.file = file;
    }

    /** Begins the record of a session. */
    static Record of(String instanceId, String recorded) {
        Record record = new Record(
                instanceId,
                Optional.ofNullable(System.getProperty(FILE, System.getenv(FILE)))
                        .map(Path::of));
        record.write("records " + recorded);
        return record;
    }

    /** Adds a line; lines of several JVMs do not mix, since each is written at once at the end of the file. */
    void write(String what) {
        file.ifPresent(path -> {
            try {
                Files.write(
                        path, List.of(instanceId + " " + what), StandardOpenOption.CREATE, StandardOpenOption.APPEND);
            } catch (IOException e) {
                throw new UncheckedIOException("Could not write to " + path + ": see " + FILE, e);
            }
        });
    }
}
