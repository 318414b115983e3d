package pm.backend.posix.process;

import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** The environment of a child: raw entries, some taken out, others set. Immutable. */
public final class ChildEnvironment {
    /** Each byte is one character and comes back unchanged. */
    private static final Charset BYTES = StandardCharsets.ISO_8859_1;

    private final Map<String, byte[]> entries;

    private ChildEnvironment(Map<String, byte[]> entries) {
        this.entries = entries;
    }

    /** Nothing. */
    public static ChildEnvironment empty() {
        return new ChildEnvironment(Map.of());
    }

    /** As a process was given it; of a name that comes twice the first counts, as for getenv(3). */
    public static ChildEnvironment of(List<byte[]> raw) {
        Map<String, byte[]> entries = new LinkedHashMap<>();
        for (byte[] entry : raw) {
            entries.putIfAbsent(name(entry), entry);
        }
        return new ChildEnvironment(entries);
    }

    /** Without some variables. */
    public ChildEnvironment without(Set<String> names) {
        Map<String, byte[]> rest = new LinkedHashMap<>(entries);
        names.forEach(name -> rest.remove(key(name)));
        return new ChildEnvironment(rest);
    }

    /**
     * With variables set.
     *
     * @throws IllegalArgumentException when a name is empty, or has an equals sign or NUL in it, or a value NUL
     */
    public ChildEnvironment with(Map<String, String> variables) {
        Map<String, byte[]> all = new LinkedHashMap<>(entries);
        variables.forEach((name, value) -> {
            if (name.isEmpty() || name.indexOf('=') >= 0) {
                throw new IllegalArgumentException("Could not set the environment variable '" + name
                        + "': a name is not empty and has no '=' in it, choose another");
            }
            all.put(key(name), NativeText.bytes(name + "=" + value));
        });
        return new ChildEnvironment(all);
    }

    /** A variable's bytes. */
    public Optional<byte[]> get(String name) {
        byte[] entry = entries.get(key(name));
        int start = key(name).length() + 1;
        return entry == null || entry.length < start
                ? Optional.empty()
                : Optional.of(Arrays.copyOfRange(entry, start, entry.length));
    }

    /** Each as {@code name=value}, without NUL. */
    public List<byte[]> entries() {
        return new ArrayList<>(entries.values());
    }

    private static String key(String name) {
        return new String(name.getBytes(NativeText.CHARSET), BYTES);
    }

    private static String name(byte[] entry) {
        String text = new String(entry, BYTES);
        int equals = text.indexOf('=');
        return equals < 0 ? text : text.substring(0, equals);
    }
}
