package pm.backend.linux.proc;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/**
 * The clock that {@code /proc} counts by.
 *
 * @param boot when the host booted, to the second
 * @param ticksPerSecond length of a tick
 */
public record BootClock(Instant boot, long ticksPerSecond) {
    /** The one of this host. */
    public static final BootClock HOST = read();

    // getauxval(3), linux/auxvec.h: frequency at which times() increments.
    private static final long AT_CLKTCK = 17;

    private static BootClock read() {
        try {
            // A word has eight bytes on both processors that the launcher is built for.
            ByteBuffer auxiliary = ByteBuffer.wrap(Files.readAllBytes(Path.of("/proc/self/auxv")))
                    .order(ByteOrder.nativeOrder());
            return new BootClock(bootTime(Files.readAllLines(Path.of("/proc/stat"))), ticks(auxiliary));
        } catch (IOException e) {
            throw new IllegalStateException("Could not read the boot time: " + e + ", mount /proc", e);
        }
    }

    /** The line {@code btime <seconds since the epoch>} of proc_stat(5). */
    static Instant bootTime(List<String> lines) {
        return lines.stream()
                .filter(line -> line.startsWith("btime "))
                .map(line -> Instant.ofEpochSecond(
                        Long.parseLong(line.substring("btime ".length()).strip())))
                .findFirst()
                .orElseThrow(() -> new IllegalStateException("Could not read the boot time: no btime in /proc/stat"));
    }

    /** Pairs of words, a key and a value. */
    static long ticks(ByteBuffer auxiliary) {
        while (auxiliary.remaining() >= 2 * Long.BYTES) {
            long key = auxiliary.getLong();
            long value = auxiliary.getLong();
            if (key == AT_CLKTCK) {
                return value;
            }
        }
        throw new IllegalStateException("Could not read the length of a clock tick: not in /proc/self/auxv");
    }

    /** The point in time so many ticks after boot. */
    public Instant time(long ticksSinceBoot) {
        return boot.plus(duration(ticksSinceBoot));
    }

    /** The time that so many ticks take. */
    public Duration duration(long ticks) {
        return Duration.ofNanos(ticks * (1_000_000_000L / ticksPerSecond));
    }
}
