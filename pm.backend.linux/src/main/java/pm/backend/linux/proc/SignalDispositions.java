package pm.backend.linux.proc;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * What a process does with signals, from {@code /proc/<pid>/status}.
 *
 * @param ignored bit n - 1 stands for signal n
 */
public record SignalDispositions(long ignored) {
    private static final String IGNORED = "SigIgn:";

    /** Those of this JVM. */
    public static SignalDispositions ofThisJvm() {
        try {
            return parse(Files.readAllLines(Path.of("/proc/self/status")));
        } catch (IOException e) {
            throw new IllegalStateException("Could not read which signals are ignored: " + e + ", mount /proc", e);
        }
    }

    static SignalDispositions parse(List<String> lines) {
        return lines.stream()
                .filter(line -> line.startsWith(IGNORED))
                .map(line -> new SignalDispositions(
                        Long.parseUnsignedLong(line.substring(IGNORED.length()).strip(), 16)))
                .findFirst()
                .orElseThrow(
                        () -> new IllegalStateException("Could not read which signals are ignored: no " + IGNORED));
    }

    /** Whether a signal, by its number, is ignored. */
    public boolean ignores(int signal) {
        return (ignored >>> (signal - 1) & 1) != 0;
    }
}
