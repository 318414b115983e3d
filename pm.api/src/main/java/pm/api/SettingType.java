package pm.api;

import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Set;

/** The form of a setting's value. Immutable; safe for use by any thread. */
public enum SettingType {
    /** An {@link Integer} from 1 to a million. */
    COUNT("a whole number from 1 to 1000000") {
        @Override
        Object read(String text) {
            int count = Integer.parseInt(text);
            if (count < 1 || count > 1_000_000) {
                throw new IllegalArgumentException();
            }
            return count;
        }
    },
    /** A {@link java.time.Duration}, zero allowed. */
    DURATION("a duration such as 500ms, 10s or 2m") {
        @Override
        Object read(String text) {
            return Durations.parse(text);
        }
    },
    /** A {@link java.time.Duration} above zero. */
    POSITIVE_DURATION("a duration above zero such as 500ms, 10s or 2m") {
        @Override
        Object read(String text) {
            return Durations.requirePositive("value", Durations.parse(text));
        }
    },
    /** A {@link Boolean}. */
    FLAG("true or false") {
        @Override
        Object read(String text) {
            if (text.equalsIgnoreCase("true") || text.equalsIgnoreCase("false")) {
                return Boolean.valueOf(text);
            }
            throw new IllegalArgumentException();
        }
    },
    /** A {@link String} that is not blank. */
    TEXT("a name") {
        @Override
        Object read(String text) {
            if (text.isBlank()) {
                throw new IllegalArgumentException();
            }
            return text;
        }
    },
    /** A {@link String}, one of the ways to hold a tree, or {@code auto}. */
    CONTAINMENT("auto, cgroup, systemd or supervision") {
        @Override
        Object read(String text) {
            if (Set.of("auto", "cgroup", "systemd", "supervision").contains(text)) {
                return text;
            }
            throw new IllegalArgumentException();
        }
    },
    /** A {@link String}, {@code hook} or {@code caller}. */
    SHUTDOWN("hook or caller") {
        @Override
        Object read(String text) {
            if (Set.of("hook", "caller").contains(text)) {
                return text;
            }
            throw new IllegalArgumentException();
        }
    },
    /** An absolute {@link Path}. */
    ABSOLUTE_PATH("an absolute path") {
        @Override
        Object read(String text) {
            try {
                Path path = Path.of(text);
                if (path.isAbsolute()) {
                    return path;
                }
            } catch (InvalidPathException e) {
                throw new IllegalArgumentException(e);
            }
            throw new IllegalArgumentException();
        }
    };

    private final String allowed;

    SettingType(String allowed) {
        this.allowed = allowed;
    }

    abstract Object read(String text);

    /** What is allowed, in words. */
    public String allowed() {
        return allowed;
    }

    /**
     * Reads a value.
     *
     * @return an object of the type's class
     * @throws IllegalArgumentException when the text is not of this form; the message says what is allowed
     */
    public Object parse(String text) {
        try {
            return read(text.strip());
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException("Could not accept '" + text + "': use " + allowed, e);
        }
    }
}
