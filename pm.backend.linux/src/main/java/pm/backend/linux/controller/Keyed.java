package pm.backend.linux.controller;

import java.util.OptionalLong;

/** Texts of files with a line {@code key value} each (cgroup-v2.rst, Flat keyed), and with a number alone. */
public final class Keyed {
    private Keyed() {}

    /** The value of a key, empty when it is not there. */
    public static OptionalLong value(String text, String key) {
        return text.lines()
                .filter(line -> line.startsWith(key + " "))
                .map(line -> line.substring(key.length() + 1))
                .mapToLong(Long::parseLong)
                .findFirst();
    }

    /** The only number of a text, empty when there is none. */
    static OptionalLong number(String text) {
        String stripped = text.strip();
        return stripped.isEmpty() || !Character.isDigit(stripped.charAt(0))
                ? OptionalLong.empty()
                : OptionalLong.of(Long.parseLong(stripped));
    }
}
