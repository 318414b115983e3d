package pm.tests.cli;

import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;

/** Processes that carry a unique word in their command lines, however far they went from home. */
public final class Marked {
    private final String mark = "mark-" + UUID.randomUUID();

    /** The word; put it behind {@code :} in a shell command. */
    public String word() {
        return mark;
    }

    /** Those that live, without the pm that was given the word too. */
    public List<Long> alive() {
        try (Stream<Path> processes = Files.list(Path.of("/proc"))) {
            return processes
                    .filter(folder -> folder.getFileName().toString().matches("\\d+"))
                    .filter(this::isOurs)
                    .map(folder -> Long.valueOf(folder.getFileName().toString()))
                    .toList();
        } catch (IOException e) {
            throw new IllegalStateException("Could not list /proc: " + e, e);
        }
    }

    /** Waits for so many. */
    public void awaitAlive(int count) {
        await().atMost(Duration.ofSeconds(20)).until(() -> alive().size() >= count);
    }

    /** Fails when one lives longer. */
    public void awaitGone(Duration limit) {
        await("end of all processes marked " + mark)
                .atMost(limit)
                .pollDelay(Duration.ZERO)
                .pollInterval(Duration.ofMillis(5))
                .until(() -> alive().isEmpty());
    }

    private boolean isOurs(Path folder) {
        String command = read(folder.resolve("cmdline"));
        if (!command.contains(mark) || command.contains("pm.cli.Main")) {
            return false;
        }
        String stat = read(folder.resolve("stat"));
        // proc(5): pid (comm) state …; comm may hold parentheses. A zombie lives no more.
        return stat.length() > 2 && stat.charAt(stat.lastIndexOf(')') + 2) != 'Z';
    }

    private static String read(Path file) {
        try {
            return Files.readString(file, StandardCharsets.ISO_8859_1);
        } catch (IOException goneMeanwhile) {
            return "";
        }
    }
}
