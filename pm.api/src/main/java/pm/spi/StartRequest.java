package pm.spi;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What to start. Immutable; safe for use by any thread.
 *
 * @param command program and arguments
 * @param shownCommand the same for other eyes, masked words as {@code ***}
 * @param directory to start in, empty for the JVM's
 * @param inheritEnvironment whether the JVM's environment is the base
 * @param environment variables set on top of it; pm's own are among them
 * @param removed variables of the JVM's environment that are not handed on
 * @param stdin descriptor 0
 * @param stdout descriptor 1
 * @param stderr descriptor 2
 * @param noNewPrivileges whether set-user-id programs gain nothing
 * @param breakaway whether processes of the tree may leave it; a backend that cannot let them does not start the command: {@link
 *     StartException.Kind#OTHER}, "Could not let processes leave …: reason"
 */
public record StartRequest(
        List<String> command,
        List<String> shownCommand,
        Optional<Path> directory,
        boolean inheritEnvironment,
        Map<String, String> environment,
        Set<String> removed,
        Stream stdin,
        Stream stdout,
        Stream stderr,
        boolean noNewPrivileges,
        boolean breakaway) {

    /** Where a standard stream leads. */
    public sealed interface Stream {
        /** To a pipe whose other end is ours. */
        record Piped() implements Stream {}

        /** To where the JVM's own stream leads. */
        record Inherited() implements Stream {}

        /** To the null device. */
        record Discarded() implements Stream {}

        /** Standard error only: to where standard output leads. */
        record Merged() implements Stream {}

        /** From a file, which must exist. */
        record Read(Path file) implements Stream {}

        /** To a file, created when missing (mode 0666 less umask), truncated unless appended to. */
        record Written(Path file, boolean append) implements Stream {}
    }
}
