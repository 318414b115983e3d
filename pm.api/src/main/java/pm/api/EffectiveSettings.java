package pm.api;

import java.nio.file.Path;
import java.time.Duration;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** The settings in force for a manager, each with its origin. Immutable; safe for use by any thread. */
public final class EffectiveSettings {
    /** Where a value came from, in rising order of precedence. */
    public enum Origin {
        /** The default. */
        DEFAULT,
        /** An environment variable. */
        ENVIRONMENT,
        /** A system property. */
        SYSTEM_PROPERTY,
        /** OSGi Configuration Admin. */
        CONFIGURATION_ADMIN,
        /** {@link Settings}. */
        CODE
    }

    /**
     * One value.
     *
     * @param value an object as {@link SettingType} says
     * @param text as it was written
     * @param origin where it came from
     */
    public record Value(Object value, String text, Origin origin) {}

    private final Map<Setting, Value> values;

    /** Settings that were read and checked. */
    public EffectiveSettings(Map<Setting, Value> values) {
        this.values = Map.copyOf(values);
    }

    /** The value with its origin; empty when it is not set and has no default. */
    public Optional<Value> value(Setting setting) {
        return Optional.ofNullable(values.get(setting));
    }

    /** The value of a {@link SettingType#COUNT}. */
    public int count(Setting setting) {
        return (Integer) values.get(setting).value();
    }

    /** The value of a duration. */
    public Duration duration(Setting setting) {
        return (Duration) values.get(setting).value();
    }

    /** The value of a {@link SettingType#FLAG}. */
    public boolean flag(Setting setting) {
        return (Boolean) values.get(setting).value();
    }

    /** The value of a {@link SettingType#TEXT}, {@link SettingType#CONTAINMENT} or {@link SettingType#SHUTDOWN}. */
    public Optional<String> text(Setting setting) {
        return value(setting).map(value -> (String) value.value());
    }

    /** The value of a {@link SettingType#ABSOLUTE_PATH}. */
    public Optional<Path> path(Setting setting) {
        return value(setting).map(value -> (Path) value.value());
    }

    @Override
    public String toString() {
        Map<Setting, Value> sorted = new EnumMap<>(Setting.class);
        sorted.putAll(values);
        return sorted.entrySet().stream()
                .map(entry -> entry.getKey().key() + "=" + entry.getValue().text() + " ("
                        + entry.getValue().origin() + ")")
                .collect(Collectors.joining(", "));
    }
}
