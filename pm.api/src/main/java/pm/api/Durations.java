package pm.api;

import java.math.BigDecimal;
import java.time.Duration;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Durations as people write them: {@code 500ms}, {@code 10s}, {@code 2m}, {@code 1.5h}, {@code 1d}; a bare number is seconds.
 * Safe for use by any thread.
 */
public final class Durations {
    private static final Pattern TEXT = Pattern.compile("(\\d{1,12}(?:\\.\\d{1,9})?)(ms|s|m|h|d)?");
    private static final Map<String, Long> MILLIS =
            Map.of("ms", 1L, "s", 1_000L, "m", 60_000L, "h", 3_600_000L, "d", 86_400_000L);
    /** A hundred years: beyond it a deadline in nanoseconds overflows a long. */
    private static final Duration LONGEST = Duration.ofDays(36_500);

    private Durations() {}

    /**
     * Reads a duration.
     *
     * @param text for instance {@code 1.5h}; no sign, no blanks inside
     * @return the duration, exact to the nanosecond
     * @throws IllegalArgumentException when the text is not of that form, or longer than a hundred years
     */
    public static Duration parse(String text) {
        Matcher matcher = TEXT.matcher(text.strip());
        if (matcher.matches()) {
            String unit = matcher.group(2) == null ? "s" : matcher.group(2);
            BigDecimal nanos =
                    new BigDecimal(matcher.group(1)).multiply(BigDecimal.valueOf(MILLIS.get(unit) * 1_000_000L));
            if (nanos.compareTo(BigDecimal.valueOf(LONGEST.toNanos())) <= 0) {
                return Duration.ofNanos(nanos.longValue());
            }
        }
        throw new IllegalArgumentException(
                "Could not read duration '" + text + "': use a number with ms, s, m, h or d, such as 500ms or 1.5h");
    }

    /**
     * Writes a duration so that {@link #parse} reads it back.
     *
     * @param duration not negative
     * @return for instance {@code 1.5s} or {@code 300s}
     */
    public static String format(Duration duration) {
        if (duration.toNanosPart() == 0) {
            return duration.toSeconds() + "s";
        }
        BigDecimal millis = BigDecimal.valueOf(duration.toNanos()).movePointLeft(6);
        return millis.stripTrailingZeros().toPlainString() + "ms";
    }

    static Duration requirePositive(String name, Duration duration) {
        if (duration.isZero()) {
            throw new IllegalArgumentException("Could not accept " + name + " of zero: use a positive duration");
        }
        return requireNotNegative(name, duration);
    }

    static Duration requireNotNegative(String name, Duration duration) {
        if (duration.isNegative() || duration.compareTo(LONGEST) > 0) {
            throw new IllegalArgumentException(
                    "Could not accept " + name + " of " + duration + ": use a duration from zero to a hundred years");
        }
        return duration;
    }
}
