package pm.core.version;

import java.util.Arrays;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A version of the API as its compatibility goes by: qualifiers such as {@code -SNAPSHOT} do not count.
 *
 * @param major changes when callers must change
 * @param minor changes when something is added for callers, and backends must change
 * @param micro changes when nothing of the contracts does
 */
public record ApiVersion(int major, int minor, int micro) implements Comparable<ApiVersion> {
    private static final Pattern TEXT = Pattern.compile("(\\d{1,9})(?:\\.(\\d{1,9}))?(?:\\.(\\d{1,9}))?(?:[.+-].*)?");

    /** Reads {@code major[.minor[.micro]]} and an optional qualifier; empty when the text is null or of another form. */
    public static Optional<ApiVersion> parse(String text) {
        Matcher matcher = TEXT.matcher(text == null ? "" : text);
        return matcher.matches()
                ? Optional.of(new ApiVersion(part(matcher, 1), part(matcher, 2), part(matcher, 3)))
                : Optional.empty();
    }

    private static int part(Matcher matcher, int group) {
        return matcher.group(group) == null ? 0 : Integer.parseInt(matcher.group(group));
    }

    @Override
    public int compareTo(ApiVersion other) {
        return Arrays.compare(parts(), other.parts());
    }

    private int[] parts() {
        return new int[] {major, minor, micro};
    }

    @Override
    public String toString() {
        return major + "." + minor + "." + micro;
    }
}
