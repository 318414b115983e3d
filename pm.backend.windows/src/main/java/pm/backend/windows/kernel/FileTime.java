package pm.backend.windows.kernel;

import java.time.Duration;
import java.time.Instant;

/** FILETIME (minwinbase.h): units of 100 nanoseconds; as a point in time since 1601. */
final class FileTime {
    private static final int NANOS = 100;
    private static final long UNITS_PER_SECOND = 10_000_000;
    private static final Instant EPOCH = Instant.parse("1601-01-01T00:00:00Z");

    private FileTime() {}

    static Duration duration(long units) {
        return Duration.ofSeconds(units / UNITS_PER_SECOND, units % UNITS_PER_SECOND * NANOS);
    }

    static Instant instant(long units) {
        return EPOCH.plus(duration(units));
    }
}
