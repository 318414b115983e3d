package pm.cli.run;

import java.math.BigDecimal;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import pm.api.ByteSizes;
import pm.api.Durations;
import pm.api.LimitKind;
import pm.api.Limits;

/** Reads the values of options. What cannot be read is refused with a message that says what is allowed. */
final class OptionValues {
    private static final Pattern COMMA = Pattern.compile(",");
    /** Two digits: the numbers end at 62. */
    private static final Pattern RANGE = Pattern.compile("([0-9]{1,2})(?:-([0-9]{1,2}))?");

    private OptionValues() {}

    static Duration positiveDuration(String text) {
        Duration duration = Durations.parse(text);
        if (duration.isZero()) {
            throw new IllegalArgumentException("Could not use duration '" + text + "': use one above zero");
        }
        return duration;
    }

    /** Empty for {@code none}. */
    static Optional<Duration> timeout(String text) {
        return text.equalsIgnoreCase("none") ? Optional.empty() : Optional.of(positiveDuration(text));
    }

    static Double cpus(String text) {
        try {
            double cpus = new BigDecimal(text).doubleValue();
            Limits.none().cpus(cpus);
            return cpus;
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(
                    "Could not read number of CPUs '" + text + "': use a number from 0.001, such as 1.5", e);
        }
    }

    /** Numbers and ranges of them. */
    static int[] cpuList(String text) {
        try {
            int[] cpus = Arrays.stream(COMMA.split(text, -1))
                    .flatMapToInt(OptionValues::range)
                    .toArray();
            Limits.none().affinity(cpus);
            return cpus;
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(
                    "Could not read list of CPUs '" + text + "': use numbers from 0 to 62, such as 0,2-3", e);
        }
    }

    private static IntStream range(String text) {
        Matcher range = RANGE.matcher(text);
        if (!range.matches()) {
            throw new IllegalArgumentException("Could not read '" + text + "': use a number or a range, such as 2-3");
        }
        int first = Integer.parseInt(range.group(1));
        int last = range.group(2) == null ? first : Integer.parseInt(range.group(2));
        if (last < first) {
            throw new IllegalArgumentException("Could not read '" + text + "': use the smaller number first");
        }
        return IntStream.rangeClosed(first, last);
    }

    static Integer processes(String text) {
        try {
            int processes = Integer.parseInt(text);
            Limits.none().processes(processes);
            return processes;
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(
                    "Could not read number of processes '" + text + "': use a whole number from 1", e);
        }
    }

    static long number(String text) {
        try {
            return Long.parseLong(text);
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException("Could not read number '" + text + "': use a whole number", e);
        }
    }

    /** A size; also 0, where that makes sense. */
    static long size(LimitKind kind, String text) {
        return kind.least() == 0 && text.equals("0") ? 0 : ByteSizes.parse(text);
    }

    /** A name of something. */
    static String name(String text) {
        if (text.isBlank()) {
            throw new IllegalArgumentException("Could not use '" + text + "': use a name");
        }
        return text;
    }

    static Path file(String text) {
        if (text.isEmpty()) {
            throw new IllegalArgumentException("Could not use a path that is empty: name a file or folder");
        }
        try {
            return Path.of(text);
        } catch (InvalidPathException e) {
            throw new IllegalArgumentException(
                    "Could not use path '" + text + "' in this locale: set LC_ALL to one with UTF-8, such as C.UTF-8",
                    e);
        }
    }

    /** One of an enum's constants, in lower case. */
    static <E extends Enum<E>> E choice(Class<E> type, String text) {
        for (E constant : type.getEnumConstants()) {
            if (constant.name().toLowerCase(Locale.ROOT).equals(text)) {
                return constant;
            }
        }
        throw new IllegalArgumentException("Could not use '" + text + "': use "
                + Arrays.stream(type.getEnumConstants())
                        .map(constant -> constant.name().toLowerCase(Locale.ROOT))
                        .collect(Collectors.joining(" or ")));
    }

    static Map.Entry<String, String> assignment(String text) {
        int equals = text.indexOf('=');
        if (equals < 1) {
            throw new IllegalArgumentException("Could not read variable '" + text + "': use NAME=VALUE");
        }
        return Map.entry(text.substring(0, equals), text.substring(equals + 1));
    }
}
