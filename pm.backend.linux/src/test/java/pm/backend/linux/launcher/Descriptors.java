package pm.backend.linux.launcher;

import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.equalTo;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** The descriptors of this JVM that are no files: pipes, sockets, memory files, and what the kernel makes for us. */
public final class Descriptors {
    private Descriptors() {}

    /** Kinds only, since a pipe of one process has another number than that of the next. */
    public static List<String> ofOurs() {
        try (var links = Files.list(Path.of("/proc/self/fd"))) {
            return links.map(Descriptors::target)
                    .flatMap(Optional::stream)
                    .filter(target -> !target.startsWith("/") || target.startsWith("/memfd:"))
                    .map(target -> target.replaceAll("\\[[0-9]+]", ""))
                    .sorted()
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** What was just closed by another thread may take a moment. */
    public static void awaitOurs(List<String> expected) {
        await().until(Descriptors::ofOurs, equalTo(expected));
    }

    private static Optional<String> target(Path link) {
        try {
            return Optional.of(Files.readSymbolicLink(link).toString());
        } catch (IOException closedMeanwhile) {
            return Optional.empty();
        }
    }
}
