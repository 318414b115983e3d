package pm.api;

import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;

/**
 * How a child's environment differs from the JVM's. Immutable.
 *
 * @param inherit whether the JVM's is handed on
 * @param set variables on top of it
 * @param unset variables of the JVM's that are not handed on
 */
record EnvironmentChanges(boolean inherit, Map<String, String> set, Set<String> unset) {
    static final EnvironmentChanges NONE = new EnvironmentChanges(true, Map.of(), Set.of());

    EnvironmentChanges with(String name, String value) {
        requireNoNul("environment variable", name);
        requireNoNul("value of " + name, value);
        if (name.isEmpty() || name.indexOf('=') >= 0) {
            throw new IllegalArgumentException(
                    "Could not set environment variable '" + name + "': use a name without '='");
        }
        Map<String, String> changed = new LinkedHashMap<>(set);
        changed.put(name, value);
        return new EnvironmentChanges(inherit, Map.copyOf(changed), unset);
    }

    EnvironmentChanges without(String name) {
        Set<String> changed = new LinkedHashSet<>(unset);
        changed.add(name);
        return new EnvironmentChanges(inherit, set, Set.copyOf(changed));
    }

    EnvironmentChanges cleared() {
        return new EnvironmentChanges(false, set, unset);
    }

    static void requireNoNul(String what, String text) {
        if (text.indexOf('\0') >= 0) {
            throw new IllegalArgumentException(
                    "Could not use a " + what + " with a NUL character: no system call can carry it");
        }
    }
}
