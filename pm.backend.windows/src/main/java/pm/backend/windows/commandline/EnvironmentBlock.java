package pm.backend.windows.commandline;

import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/**
 * The environment of a child. Names are the same whatever their case, as for Windows; they keep the spelling of whoever set them first.
 * Immutable.
 */
public final class EnvironmentBlock {
    /** Without it much of Windows does not work: sockets, cryptography, .NET. The JDK adds it, too. */
    private static final String NEEDED = "SystemRoot";

    private final Map<String, String> variables;

    private EnvironmentBlock(Map<String, String> variables) {
        this.variables = variables;
    }

    /**
     * Puts it together.
     *
     * @param own the JVM's environment
     * @param inherit whether that is its base; if not, {@code SystemRoot} is still taken from it, unless it is removed
     * @param removed variables that are not handed on
     * @param set variables on top
     * @throws RefusedCommandException when a name or value cannot be written down
     */
    public static EnvironmentBlock of(
            Map<String, String> own, boolean inherit, Set<String> removed, Map<String, String> set)
            throws RefusedCommandException {
        // Windows sorts by upper case, code unit by code unit; so does this order, but for a few letters that change
        // their length.
        TreeMap<String, String> variables = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        TreeMap<String, String> base = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        base.putAll(own);
        if (inherit) {
            variables.putAll(base);
        } else if (base.containsKey(NEEDED)) {
            variables.put(NEEDED, base.get(NEEDED));
        }
        removed.forEach(variables::remove);
        for (Map.Entry<String, String> variable : set.entrySet()) {
            check(variable.getKey(), variable.getValue());
            variables.put(variable.getKey(), variable.getValue());
        }
        return new EnvironmentBlock(variables);
    }

    private static void check(String name, String value) throws RefusedCommandException {
        CommandLine.requireText(name);
        CommandLine.requireText(value);
        // Windows itself has names that begin with an equals sign: the current directories of drives.
        if (name.isEmpty() || name.indexOf('=', 1) >= 0) {
            throw new RefusedCommandException("the environment variable '" + name
                    + "' cannot be set: a name is not empty and has no '=' in it, choose another");
        }
    }

    /** A variable's value. */
    public Optional<String> get(String name) {
        return Optional.ofNullable(variables.get(name));
    }

    /** As CreateProcessW takes it: sorted, each with a NUL behind it, and one more at the end. */
    public String text() {
        if (variables.isEmpty()) {
            return "\0\0";
        }
        StringBuilder block = new StringBuilder();
        variables.forEach(
                (name, value) -> block.append(name).append('=').append(value).append('\0'));
        return block.append('\0').toString();
    }
}
