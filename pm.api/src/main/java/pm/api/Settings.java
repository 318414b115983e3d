package pm.api;

import java.nio.file.Path;
import java.time.Duration;
import java.util.EnumMap;
import java.util.Map;

/**
 * Settings made in code: they go before every other origin. Immutable; values are kept as text and checked together when a manager opens,
 * so that one exception can tell all faults. Safe for use by any thread.
 */
public final class Settings {
    private static final Settings NONE = new Settings(Map.of());

    private final Map<Setting, String> values;

    private Settings(Map<Setting, String> values) {
        this.values = Map.copyOf(values);
    }

    /** Nothing set in code. */
    public static Settings none() {
        return NONE;
    }

    /** Sets the text of one value. */
    public Settings with(Setting setting, String text) {
        Map<Setting, String> changed = new EnumMap<>(Setting.class);
        changed.putAll(values);
        changed.put(setting, text);
        return new Settings(changed);
    }

    /** Sets a count. */
    public Settings with(Setting setting, int count) {
        return with(setting, Integer.toString(count));
    }

    /** Sets a duration. */
    public Settings with(Setting setting, Duration duration) {
        return with(setting, duration.isNegative() ? duration.toString() : Durations.format(duration));
    }

    /** Sets a flag. */
    public Settings with(Setting setting, boolean flag) {
        return with(setting, Boolean.toString(flag));
    }

    /** Sets a path. */
    public Settings with(Setting setting, Path path) {
        return with(setting, path.toString());
    }

    /** What was set. */
    public Map<Setting, String> values() {
        return values;
    }
}
